import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { activeAlarms } from '../../../stores/alarms.ts';
import { incidentsSince } from '../../../stores/incidents.ts';
import { type Range, rangeMs } from '../../../stores/range.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { DrillDialog } from '../../cockpit/drill/drill-dialog.tsx';
import { AlarmList } from '../alarms/alarm-list.tsx';
import { useCockpit } from '../cockpit-context.ts';
import { IncidentItem } from './incident-item.tsx';
import { useOlderIncidents } from './use-older-incidents.ts';

const AT_ONCE = 30;
/** However short the range looked at, what happened today is listed. */
const LEAST: Range = '24h';

/** What went wrong and how it went; and the alarms it raised. */
export function IncidentsPanel() {
  const { t } = useTranslation();
  const { alarms } = useDesk();
  const { incidents } = useCockpit();
  const [tab, setTab] = useState<'incidents' | 'alarms'>('incidents');
  const id = useId();
  const going = useStore(
    incidents.store,
    ({ view }) => view?.filter(({ endedAt }) => endedAt === undefined).length ?? 0,
  );
  const active = useStore(alarms.store, ({ view }) => activeAlarms(view).length);
  return (
    <Panel
      name="incidents"
      title={t('incidents.title')}
      titleHidden
      head={
        <Tabs
          label={t('incidents.tabs')}
          controls={id}
          tabs={[
            { id: 'incidents', label: t('incidents.tab', { count: going }) },
            { id: 'alarms', label: t('alarms.tab', { count: active }) },
          ]}
          current={tab}
          onChoose={setTab}
        />
      }
    >
      <div
        id={id}
        role="tabpanel"
        aria-label={t(tab === 'alarms' ? 'alarms.title' : 'incidents.title')}
        className="tab-body"
      >
        {tab === 'alarms' ? <AlarmList /> : <Incidents />}
      </div>
    </Panel>
  );
}

function Incidents() {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const { incidents, range: ranges } = useCockpit();
  const range = useStore(ranges, (state) => (rangeMs(state.range) > rangeMs(LEAST) ? state.range : LEAST));
  const { view, error } = useStore(incidents.store);
  const older = useOlderIncidents(range);
  const [shown, setShown] = useState(AT_ONCE);
  const [isDrill, setDrill] = useState(false);
  if (view === undefined) {
    return <Pending error={error} waiting={t('incidents.loading')} onRetry={incidents.retry} />;
  }
  const listed = incidentsSince(older(view), pulse.getState().now - rangeMs(range));
  if (listed.length === 0) {
    return (
      <>
        <Empty
          what={t('empty.incidents')}
          why={t('empty.incidents-why')}
          next={{ label: t('drill.open'), onDo: () => setDrill(true) }}
        />
        {isDrill && <DrillDialog onClose={() => setDrill(false)} />}
      </>
    );
  }
  return (
    <>
      <ol className="incidents" data-testid="incidents">
        {listed.slice(0, shown).map((incident) => (
          <IncidentItem key={incident.id} incident={incident} />
        ))}
      </ol>
      {listed.length > shown && (
        <button type="button" className="button incidents-more" onClick={() => setShown(shown + AT_ONCE)}>
          {t('incidents.more', { count: listed.length - shown })}
        </button>
      )}
    </>
  );
}
