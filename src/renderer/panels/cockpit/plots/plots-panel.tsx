import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { currentLanguage } from '../../../i18n/i18n.ts';
import type { PlotColumns } from '../../../stores/metrics-history.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatAge } from '../../../ui/format-time.ts';
import { Panel } from '../../../ui/panel.tsx';
import { streamName } from '../../status-bar/connection-words.ts';
import { useCockpit } from '../cockpit-context.ts';
import { connectionName, splitStreamId } from '../names.ts';
import { useMetricsFreshness } from '../use-metrics-freshness.ts';
import { Plot } from './plot.tsx';
import { latencyColumns, plotStream } from './plot-stream.ts';

/** p50 and p99 of the selected stream on its way to the screen, and how busy the engine is. */
export function PlotsPanel() {
  const { t } = useTranslation();
  const { app, pulse, view } = useDesk();
  const subject = useStore(view.store, (state) => state.subject);
  const stream = useStore(pulse, ({ health }) => plotStream(health, subject));
  const name = () => {
    if (stream === undefined) return t('plots.none');
    const { connection, stream: key } = splitStreamId(stream);
    return `${connectionName(app, connection)} · ${streamName(key)}`;
  };
  return (
    <Panel
      name="plots"
      title={t('plots.title')}
      head={
        <span className="truncate text-dim" data-testid="plots-stream">
          {name()}
        </span>
      }
    >
      <div className="plots">
        <ReceivePlot key={`receive ${stream}`} stream={stream} />
        <PublishPlot key={`publish ${stream}`} stream={stream} />
        <EnginePlot />
      </div>
    </Panel>
  );
}

function ReceivePlot({ stream }: { readonly stream: string | undefined }) {
  const { latency } = useCockpit();
  const wake = useCallback((listener: () => void) => latency.store.subscribe(listener), [latency]);
  const { t } = useTranslation();
  return (
    <Figure
      title={t('plots.receive')}
      lines={['p50', 'p99']}
      wake={wake}
      current={useLastFigures(stream, 'venueToReceive')}
      read={() => latencyColumns(latency.store.getState().value, stream)}
    />
  );
}

function PublishPlot({ stream }: { readonly stream: string | undefined }) {
  const { metrics } = useCockpit();
  const wake = useCallback((listener: () => void) => metrics.store.subscribe(listener), [metrics]);
  const { t } = useTranslation();
  return (
    <Figure
      title={t('plots.publish')}
      lines={['p50', 'p99']}
      wake={wake}
      current={useLastFigures(stream, 'receiveToPublish')}
      read={() => metrics.history.publish(stream ?? '')}
    />
  );
}

function EnginePlot() {
  const { t } = useTranslation();
  const { metrics } = useCockpit();
  const wake = useCallback((listener: () => void) => metrics.store.subscribe(listener), [metrics]);
  const delay = useStore(metrics.store, ({ view }) => view?.view.engine.eventLoopDelayMs);
  const paint = useStore(metrics.store, ({ view }) => view?.view.publishToPaint.p99);
  return (
    <Figure
      title={t('plots.engine')}
      lines={[t('plots.delay'), t('plots.paint')]}
      wake={wake}
      current={[delay, paint]}
      read={() => metrics.history.engine()}
    />
  );
}

function useLastFigures(
  stream: string | undefined,
  leg: 'venueToReceive' | 'receiveToPublish',
): readonly (number | undefined)[] {
  const { metrics } = useCockpit();
  const figures = useStore(metrics.store, ({ view }) => view?.streams.get(stream ?? '')?.[leg]);
  return [figures?.p50, figures?.p99];
}

interface FigureProps {
  readonly title: string;
  readonly lines: readonly [string, string];
  readonly current: readonly (number | undefined)[];
  readonly read: () => PlotColumns;
  readonly wake: (listener: () => void) => () => void;
}

function Figure({ title, lines, current, read, wake }: FigureProps) {
  const { t } = useTranslation();
  const fresh = useMetricsFreshness();
  const figures = lines.map((line, index) => [line, formatAge(current[index], currentLanguage())] as const);
  return (
    <figure className="plot-figure" data-fresh={fresh}>
      <figcaption>
        <span className="truncate">{title}</span>
        {figures.map(([line, text], index) => (
          <span key={line} className="plot-key">
            <svg viewBox="0 0 14 4" aria-hidden="true" data-line={index}>
              <path d="M0 2h14" />
            </svg>
            {line} <span className="value">{text}</span>
          </span>
        ))}
      </figcaption>
      {current.every((value) => value === undefined || Number.isNaN(value)) && (
        <p className="plot-empty">{t('plots.empty')}</p>
      )}
      <Plot
        lines={lines}
        said={`${title}: ${figures.map((figure) => figure.join(' ')).join(', ')}`}
        read={read}
        wake={wake}
      />
    </figure>
  );
}
