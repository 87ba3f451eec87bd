import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { HeldCandle, SeriesChange } from '../../stores/candle-series.ts';

/**
 * The chart library's update costs O(candles of that series), so a chart is a frozen history and a short live
 * series: 86 µs at 10,000 candles in one series against a few µs in the live one (docs: performance, renderer).
 */
export const LIVE_KEPT = 200;
const LIVE_MOST = 500;

/** Where the live series begins (an index into the candles), and what must be drawn again. */
export type SplitPlan =
  | { readonly kind: 'nothing'; readonly liveFrom: number }
  /** Only `update()` calls for the candles from `index` on. */
  | { readonly kind: 'append'; readonly liveFrom: number; readonly index: number }
  | { readonly kind: 'live'; readonly liveFrom: number }
  | { readonly kind: 'both'; readonly liveFrom: number };

/** `lastDrawn`: open time of the last candle the chart shows already; `-Infinity` while it shows none. */
export function planSplit(
  change: SeriesChange,
  candles: readonly HeldCandle[],
  interval: Interval,
  liveFrom: number,
  lastDrawn: number,
): SplitPlan {
  if (change.kind === 'none') return { kind: 'nothing', liveFrom };
  const again = { kind: 'both', liveFrom: Math.max(0, candles.length - LIVE_KEPT) } as const;
  if (change.kind === 'all' || change.index < liveFrom || candles.length - liveFrom > LIVE_MOST) return again;
  // `update()` only takes what is at or after the last drawn candle, and cannot draw a hole before it.
  const first = candles[change.index]?.openTime ?? -Infinity;
  const inOrder = first >= lastDrawn && !holeFrom(candles, interval, Math.max(1, change.index));
  return inOrder ? { kind: 'append', liveFrom, index: change.index } : { kind: 'live', liveFrom };
}

function holeFrom(candles: readonly HeldCandle[], interval: Interval, index: number): boolean {
  for (let at = index; at < candles.length; at += 1) {
    const before = candles[at - 1];
    const candle = candles[at];
    if (before && candle && nextOpenTime(interval, before.openTime) !== candle.openTime) return true;
  }
  return false;
}
