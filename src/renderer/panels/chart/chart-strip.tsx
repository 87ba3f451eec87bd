import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { currentLanguage } from '../../i18n/i18n.ts';
import { errorText } from '../../i18n/text-for.ts';
import type { Desk } from '../../stores/desk.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatClock, formatMoment, formatSeconds } from '../../ui/format-time.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { streamReason } from '../stream-reason.ts';
import { candleFreshness } from './chart-legend.ts';

/** Says over the chart that it is not live, since when, and why. */
export function StaleStrip() {
  const { t } = useTranslation();
  const desk = useDesk();
  const stale = useStore(desk.pulse, () => candleFreshness(desk) === 'stale');
  const seconds = useStore(desk.pulse, ({ now }) => (stale ? Math.floor((now - since(desk)) / 1_000) : 0));
  if (!stale) return null;
  const at = since(desk);
  return (
    <p className="chart-strip" data-testid="chart-stale">
      <HealthGlyph kind="stale" />
      <span title={formatMoment(at)}>
        {t('chart.stale', { time: formatClock(at), age: formatSeconds(seconds, currentLanguage()) })}
      </span>
      <span className="text-dim">{reason(desk)}</span>
    </p>
  );
}

function since(desk: Desk): number {
  const { receivedAt, series } = desk.candles.store.getState();
  return Number.isNaN(receivedAt) ? (series.candles.at(-1)?.openTime ?? 0) : receivedAt;
}

function reason(desk: Desk): string {
  const { instrument, series } = desk.candles.store.getState();
  if (instrument === undefined) return '';
  return streamReason(desk, { kind: 'candle', instrument, interval: series.interval });
}

/** What the chart waits for, or why there is none. */
export function ChartLoading() {
  const { t } = useTranslation();
  const desk = useDesk();
  const history = useStore(desk.candles.store, (state) => state.history);
  const instrument = useStore(desk.candles.store, (state) => state.instrument?.split(':')[1] ?? '');
  // The series is filled in place; each live candle wakes the store.
  const empty = useStore(desk.candles.store, ({ series }) => series.candles.length === 0);
  if (history.kind === 'loading') {
    return (
      <p className="chart-cover" role="status" data-testid="chart-loading">
        {t('chart.loading', { instrument })}
      </p>
    );
  }
  if (history.kind === 'failed') {
    return (
      <div className="chart-cover" role="alert" data-testid="chart-failed">
        <p>{errorText(history.error)}</p>
        <button type="button" className="button" onClick={() => desk.candles.retry()}>
          {t('chart.retry')}
        </button>
      </div>
    );
  }
  if (empty) return <p className="chart-cover">{t('chart.empty')}</p>;
  return null;
}

/** At the left edge: older candles on their way, none there, or why they did not come. */
export function OlderStrip({ atEdge }: { readonly atEdge: boolean }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const older = useStore(desk.candles.store, (state) => state.older);
  if (older.kind === 'loading') {
    return (
      <p className="chart-older" role="status" data-testid="chart-older">
        {t('chart.older')}
      </p>
    );
  }
  if (older.kind === 'failed') {
    return (
      <p className="chart-older" role="alert" data-testid="chart-older">
        {errorText(older.error)}{' '}
        <button type="button" className="button" onClick={() => desk.candles.retry()}>
          {t('chart.retry')}
        </button>
      </p>
    );
  }
  if (older.kind === 'exhausted' && atEdge) {
    return (
      <p className="chart-older" data-testid="chart-older">
        {t('chart.oldest')}
      </p>
    );
  }
  return null;
}
