import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { HEAT_MEASURES, type HeatMeasure } from '#shared/domain/metrics.ts';
import { createHeat, type Heat } from '../../../stores/heat.ts';
import { heatRange } from '../../../stores/range.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatClock, formatMoment } from '../../../ui/format-time.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useCockpit } from '../cockpit-context.ts';
import { HeatGrid } from './heat-grid.tsx';
import { HeatLegend } from './heat-legend.tsx';

/** Streams × time: how late, how silent, how busy. */
export function HeatPanel() {
  const { t } = useTranslation();
  const { range: ranges } = useCockpit();
  const range = useStore(ranges, (state) => state.range);
  const [measure, setMeasure] = useState<HeatMeasure>('latency');
  const id = useId();
  return (
    <Panel
      name="heat"
      title={t('heat.title')}
      titleHidden
      head={
        <>
          <Tabs
            label={t('heat.title')}
            controls={id}
            tabs={HEAT_MEASURES.map((one) => ({ id: one, label: t(`heat.${one}`) }))}
            current={measure}
            onChoose={setMeasure}
          />
          <span className="ml-auto text-dim truncate">
            {t(`heat.${measure}-explained`)} · {t('heat.last', { age: t(`range.${heatRange(range)}`) })}
          </span>
        </>
      }
    >
      <div id={id} role="tabpanel" aria-label={t(`heat.${measure}`)} className="heat-body">
        <Measured key={measure} measure={measure} />
      </div>
    </Panel>
  );
}

function Measured({ measure }: { readonly measure: HeatMeasure }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { latency, range } = useCockpit();
  const [other, setOther] = useState<Heat>();
  useEffect(() => {
    if (measure === 'latency') return undefined;
    const heat = createHeat(desk.client, desk.clock, desk.pulse, measure, range.getState().range);
    setOther(heat);
    const undo = range.subscribe((state) => heat.follow(state.range));
    return () => {
      undo();
      heat.dispose();
    };
  }, [desk, measure, range]);
  const heat = measure === 'latency' ? latency : other;
  return heat ? (
    <Cells heat={heat} measure={measure} />
  ) : (
    <p className="panel-empty" role="status">
      {t('heat.loading')}
    </p>
  );
}

function Cells({ heat, measure }: { readonly heat: Heat; readonly measure: HeatMeasure }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const { value, error } = useStore(heat.store);
  const answering = useStore(pulse, (state) => state.answering);
  const isMeasured = useMemo(() => value?.values.some((one) => !Number.isNaN(one)) ?? false, [value]);
  if (value === undefined) return <Pending error={error} waiting={t('heat.loading')} onRetry={heat.retry} />;
  if (!isMeasured) return <p className="panel-empty">{t('heat.empty')}</p>;
  const old = error !== undefined || !answering;
  return (
    <div className="heat" data-fresh={old ? 'stale' : 'fresh'}>
      {old && (
        <p className="text-bad" role="status" title={formatMoment(value.to)}>
          {t('timeline.old', { time: formatClock(Math.min(value.to, pulse.getState().now)) })}
        </p>
      )}
      <HeatGrid view={value} />
      <HeatLegend measure={measure} />
    </div>
  );
}
