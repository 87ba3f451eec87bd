import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import { flatCandle } from './candle-aggregate.ts';
import type { CandleSeries } from './candle-series.ts';

/** A venue's last word on a candle comes within this time after its end. */
export const CLOSE_GRACE_MS = 2500;
/** Flat candles made at once; a longer silence is left to the venue's own answer. */
const MOST_FLAT = 500;

/**
 * Ends what the clock says is over: the open candle once `start + interval + grace` has passed, and with `silences` each
 * period after it in which nothing was traded, as a flat candle. `now` is the venue's time. Returns the open times that changed.
 */
export function closeByClock(
  series: CandleSeries,
  interval: Interval,
  now: number,
  silences: boolean,
): readonly number[] {
  const { newest } = series;
  if (!newest) return [];
  const isOver = (openTime: number) => nextOpenTime(interval, openTime) + CLOSE_GRACE_MS <= now;
  const closed = isOver(newest.openTime) && series.close(newest.openTime) ? [newest.openTime] : [];
  if (!silences || series.newest?.closed !== true) return closed;
  let end = nextOpenTime(interval, newest.openTime);
  for (let count = 0; isOver(end) && count <= MOST_FLAT; count += 1) end = nextOpenTime(interval, end);
  return [...closed, ...fillTo(series, interval, end)];
}

/** Flat candles from the newest one held, which must be closed, up to `end` (exclusive); the open times. */
export function fillTo(series: CandleSeries, interval: Interval, end: number): readonly number[] {
  const { newest } = series;
  if (!newest?.closed) return [];
  const silent: number[] = [];
  for (let at = nextOpenTime(interval, newest.openTime); at < end; at = nextOpenTime(interval, at)) {
    silent.push(at);
    if (silent.length > MOST_FLAT) return [];
  }
  for (const at of silent) series.applyLive(flatCandle(at, newest.close), 'built');
  return silent;
}
