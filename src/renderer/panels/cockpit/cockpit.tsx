import '../../styles/cockpit.css';
import { useLayoutEffect, useState } from 'react';
import { useDesk } from '../../ui/desk-context.ts';
import { CockpitProvider, type CockpitStores, openCockpit } from './cockpit-context.ts';
import { CockpitTools } from './cockpit-tools.tsx';
import { EventLog } from './event-log/event-log.tsx';
import { HeatPanel } from './heat/heat-panel.tsx';
import { IncidentsPanel } from './incidents/incidents-panel.tsx';
import { LimitsPanel } from './limits-panel.tsx';
import { MapPanel } from './map/map-panel.tsx';
import { PlotsPanel } from './plots/plots-panel.tsx';
import { TimelinePanel } from './timeline/timeline-panel.tsx';

/** The connections view: opens its watches when it is shown and ends them when it is left. */
export function Cockpit() {
  const desk = useDesk();
  const [stores, setStores] = useState<CockpitStores>();
  useLayoutEffect(() => {
    const opened = openCockpit(desk);
    setStores(opened);
    return opened.dispose;
  }, [desk]);
  if (stores === undefined) return null;
  return (
    <CockpitProvider value={stores}>
      <CockpitTools />
      <TimelinePanel />
      <MapPanel />
      <HeatPanel />
      <IncidentsPanel />
      <EventLog />
      <PlotsPanel />
      <LimitsPanel />
    </CockpitProvider>
  );
}
