import { HeartlineError } from '../base/errors.ts';

/** Candle intervals, shortest first. `1w` starts on Monday, `1M` on the 1st, both 00:00 UTC. */
export const INTERVALS = [
  '1s',
  '1m',
  '3m',
  '5m',
  '10m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
] as const;
export type Interval = (typeof INTERVALS)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIXED: Readonly<Record<Exclude<Interval, '1M'>, number>> = {
  '1s': 1000,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '10m': 10 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
};
// The epoch was a Thursday; the first Monday after it is day 4.
const FIRST_MONDAY = 4 * DAY;

export function isInterval(text: string): text is Interval {
  return (INTERVALS as readonly string[]).includes(text);
}

/** Throws `interval.unknown`. */
export function interval(text: string): Interval {
  if (isInterval(text)) return text;
  throw new HeartlineError('interval.unknown', `not a candle interval: ${text}`, {
    details: { interval: text, known: INTERVALS.join(' ') },
  });
}

/** Open time (ms epoch) of the candle that holds `time`. */
export function openTimeAt(of: Interval, time: number): number {
  if (of === '1M') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const width = FIXED[of];
  const origin = of === '1w' ? FIRST_MONDAY : 0;
  return Math.floor((time - origin) / width) * width + origin;
}

/** Open time of the candle after the one that opens at `openTime`. */
export function nextOpenTime(of: Interval, openTime: number): number {
  if (of === '1M') {
    const date = new Date(openTime);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return openTime + FIXED[of];
}

/** Nominal width in ms (a month counts 30 days): for sizing requests, never for arithmetic on open times. */
export function nominalWidthMs(of: Interval): number {
  return of === '1M' ? 30 * DAY : FIXED[of];
}
