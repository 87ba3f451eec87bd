import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { RANGES } from '../../../stores/range.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Empty } from '../../../ui/empty.tsx';
import { formatClock, formatMoment } from '../../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { useCockpit } from '../cockpit-context.ts';
import { TimelineGrid } from './timeline-grid.tsx';

const EXPLAINED = ['live', 'degraded', 'stale', 'waiting', 'rotating', 'paused', 'failed'] as const;

/** Every connection's states over minutes to days. */
export function TimelinePanel() {
  const { t } = useTranslation();
  return (
    <Panel
      name="timeline"
      title={t('timeline.title')}
      head={
        <>
          <RangeSwitch />
          <Legend />
        </>
      }
    >
      <Strips />
    </Panel>
  );
}

function RangeSwitch() {
  const { t } = useTranslation();
  const { range: store } = useCockpit();
  const current = useStore(store, ({ range }) => range);
  return (
    <div className="interval-switch" role="group" aria-label={t('range.title')}>
      {RANGES.map((range) => (
        <button
          key={range}
          type="button"
          className={range === current ? 'interval interval-current' : 'interval'}
          aria-pressed={range === current}
          data-range={range}
          onClick={() => store.setState({ range })}
        >
          {t(`range.${range}`)}
        </button>
      ))}
    </div>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="strip-legend">
      {EXPLAINED.map((kind) => (
        <li key={kind}>
          <HealthGlyph kind={kind} />
          <span className={healthWordClass(kind)}>{t(`health.${kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function Strips() {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const { range: ranges, timeline } = useCockpit();
  const { value, error } = useStore(timeline.store);
  const answering = useStore(pulse, (state) => state.answering);
  if (value === undefined) {
    return <Pending error={error} waiting={t('timeline.loading')} onRetry={timeline.retry} />;
  }
  if (value.rows.length === 0) {
    const longest = RANGES.at(-1);
    return (
      <Empty
        what={t('empty.timeline')}
        why={t('empty.timeline-why')}
        next={longest && { label: t(`range.${longest}`), onDo: () => ranges.setState({ range: longest }) }}
      />
    );
  }
  const old = error !== undefined || !answering;
  return (
    <div className="strips" data-fresh={old ? 'stale' : 'fresh'}>
      {old && (
        <p className="text-bad" role="status" title={formatMoment(value.to)}>
          {t('timeline.old', { time: formatClock(value.to) })}
        </p>
      )}
      <TimelineGrid view={value} />
    </div>
  );
}
