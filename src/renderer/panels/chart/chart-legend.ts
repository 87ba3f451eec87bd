import i18next from 'i18next';
import { type Freshness, freshnessOf } from '#shared/domain/freshness.ts';
import { nextOpenTime } from '#shared/domain/interval.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { CandleSeries, HeldCandle } from '../../stores/candle-series.ts';
import type { Desk } from '../../stores/desk.ts';
import { changePercent, formatChange, formatCompact, UNKNOWN } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatCountdown, formatFull, formatMinute, formatUtc, zoneName } from '../../ui/format-time.ts';
import type { Reading } from '../../ui/live-text.tsx';
import { createLine, type Line, mark } from '../../ui/painter.ts';

/** The candle that opens at `openTime`, else the newest; with whether it is the one still forming. */
function candleUnder(candles: readonly HeldCandle[], openTime: number | undefined): HeldCandle | undefined {
  if (openTime === undefined) return candles.at(-1);
  let low = 0;
  let high = candles.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candle = candles[middle] as HeldCandle;
    if (candle.openTime === openTime) return candle;
    if (candle.openTime < openTime) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** The candle stream judged by its health alone: where nobody trades, no candle moves. */
export function candleFreshness(desk: Desk): Freshness {
  const { instrument, series, receivedAt } = desk.candles.store.getState();
  const { index, now, engineSilentMs } = desk.pulse.getState();
  if (instrument === undefined || series.candles.length === 0) return 'unknown';
  const key = streamKeyText({ kind: 'candle', instrument, interval: series.interval });
  return freshnessOf({
    // History alone, with a stream that has not spoken yet, is dated by the last candle it brought.
    receivedAt: Number.isNaN(receivedAt) ? series.candles.at(-1)?.openTime : receivedAt,
    now,
    engineSilentMs,
    stream: index.stream(key)?.state,
    lateAfterMs: Infinity,
    staleAfterMs: Infinity,
  });
}

export interface LegendPainter {
  paint(hovered: number | undefined): void;
}

/** `O 83,812.0 H … L … C … V … +0.12% 14:02`, of the candle under the crosshair or else the newest. */
export function createLegend(desk: Desk, root: HTMLElement): LegendPainter {
  root.replaceChildren();
  const parts = ['open', 'high', 'low', 'close', 'volume', 'change', 'time'] as const;
  const lines = Object.fromEntries(parts.map((part) => [part, makePart(root, part)])) as Record<
    (typeof parts)[number],
    { readonly element: HTMLElement; readonly label: Line; readonly value: Line }
  >;
  let labelled: string | undefined;
  let dated = Number.NaN;
  return {
    paint(hovered) {
      const { instrument, series } = desk.candles.store.getState();
      const candle = candleUnder(series.candles, hovered);
      const about = instrument && desk.instruments.get(instrument);
      const language = currentLanguage();
      const percent = candle ? changePercent(candle.close, candle.open) : Number.NaN;
      if (labelled !== language) {
        labelled = language;
        lines.open.label.set(i18next.t('legend.open'));
        lines.high.label.set(i18next.t('legend.high'));
        lines.low.label.set(i18next.t('legend.low'));
        lines.close.label.set(i18next.t('legend.close'));
        lines.volume.label.set(i18next.t('legend.volume'));
      }
      lines.open.value.set(formatPrice(about, candle?.open));
      lines.high.value.set(formatPrice(about, candle?.high));
      lines.low.value.set(formatPrice(about, candle?.low));
      lines.close.value.set(formatPrice(about, candle?.close));
      lines.volume.value.set(formatCompact(candle?.volume, language));
      lines.change.value.set(candle ? formatChange(candle.close, candle.open) : UNKNOWN);
      lines.time.value.set(timeOf(series, candle, hovered));
      mark(root, 'move', percent > 0 ? 'up' : percent < 0 ? 'down' : 'flat');
      mark(root, 'fresh', hovered === undefined ? candleFreshness(desk) : undefined);
      const openTime = candle?.openTime ?? Number.NaN;
      if (!Object.is(openTime, dated)) {
        dated = openTime;
        lines.time.element.title = candle ? formatUtc(openTime) : '';
      }
    },
  };
}

function timeOf(series: CandleSeries, candle: HeldCandle | undefined, hovered: number | undefined): string {
  if (hovered !== undefined && candle === undefined) {
    const missing = series.holes().some(({ from, to }) => from <= hovered && hovered < to);
    return i18next.t(missing ? 'legend.missing' : 'legend.none');
  }
  if (candle === undefined) return '';
  if (hovered === undefined) return formatMinute(candle.openTime);
  const zone = zoneName(candle.openTime);
  const local = `${formatFull(candle.openTime).slice(0, 16)} ${zone}`;
  const utc = zone === 'UTC' ? '' : ` · ${formatUtc(candle.openTime).slice(11, 16)} UTC`;
  const from = candle.provenance === 'history' ? '' : ` · ${i18next.t(`legend.${candle.provenance}`)}`;
  return `${local}${utc}${from}`;
}

function makePart(root: HTMLElement, part: string) {
  const element = document.createElement('span');
  element.className = 'legend-part';
  element.dataset['part'] = part;
  const label = document.createElement('span');
  label.className = 'legend-label';
  const value = document.createElement('span');
  // Volume and time have no direction.
  value.className = part === 'volume' || part === 'time' ? 'value' : 'value legend-moving';
  element.append(label, value);
  root.append(element);
  return { element, label: createLine(label), value: createLine(value) };
}

/** Time left until the candle now forming closes. */
export function readCountdown(desk: Desk): Reading {
  const { series } = desk.candles.store.getState();
  const { now, answering } = desk.pulse.getState();
  const last = series.candles.at(-1);
  if (!answering || last === undefined) return { text: '' };
  const closesAt = nextOpenTime(series.interval, last.openTime);
  // Past its end the next candle has only not been traded in yet.
  if (now > closesAt) return { text: '' };
  return { text: formatCountdown(closesAt - now), title: i18next.t('chart.countdown') };
}
