import { createContext, useContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { Desk } from '../../stores/desk.ts';
import { createDrill, type Drill } from '../../stores/drill.ts';
import { createHeat, type Heat } from '../../stores/heat.ts';
import { createIncidents, type Incidents } from '../../stores/incidents.ts';
import { createMetrics, type Metrics } from '../../stores/metrics.ts';
import type { Range } from '../../stores/range.ts';
import { createTimeline, type Timeline } from '../../stores/timeline.ts';

/** What the connections view draws from, open only while it is shown. */
export interface CockpitStores {
  readonly range: StoreApi<{ readonly range: Range }>;
  readonly metrics: Metrics;
  readonly incidents: Incidents;
  readonly timeline: Timeline;
  /** The heat's other measures are opened by the panel that shows them; latency is what the plots draw, too. */
  readonly latency: Heat;
  readonly drill: Drill;
  readonly dispose: Undo;
}

const FIRST_RANGE: Range = '15m';

export function openCockpit({ client, clock, pulse }: Desk): CockpitStores {
  const range = createStore<{ readonly range: Range }>()(() => ({ range: FIRST_RANGE }));
  const metrics = createMetrics(client);
  const incidents = createIncidents(client);
  const timeline = createTimeline(client, clock, pulse, FIRST_RANGE);
  const latency = createHeat(client, clock, pulse, 'latency', FIRST_RANGE);
  const drill = createDrill(client);
  const undoRange = range.subscribe((state) => {
    timeline.follow(state.range);
    latency.follow(state.range);
  });
  return {
    range,
    metrics,
    incidents,
    timeline,
    latency,
    drill,
    dispose() {
      undoRange();
      for (const part of [drill, latency, timeline, incidents, metrics]) part.dispose();
    },
  };
}

const CockpitContext = createContext<CockpitStores | undefined>(undefined);

export const CockpitProvider = CockpitContext.Provider;

export function useCockpit(): CockpitStores {
  const cockpit = useContext(CockpitContext);
  if (cockpit === undefined) throw new Error('a part of the connections view was drawn outside it');
  return cockpit;
}
