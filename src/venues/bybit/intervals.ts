import type { Interval } from '#shared/domain/interval.ts';

/** The venue's names of its candle intervals: minutes, or a letter. */
const NAMES: ReadonlyMap<Interval, string> = new Map([
  ['1m', '1'],
  ['3m', '3'],
  ['5m', '5'],
  ['15m', '15'],
  ['30m', '30'],
  ['1h', '60'],
  ['2h', '120'],
  ['4h', '240'],
  ['6h', '360'],
  ['12h', '720'],
  ['1d', 'D'],
  ['1w', 'W'],
  ['1M', 'M'],
]);
const BY_NAME: ReadonlyMap<string, Interval> = new Map(
  [...NAMES].map(([interval, name]) => [name, interval]),
);

/** What the venue streams and answers, shortest first. */
export const BYBIT_INTERVALS: readonly Interval[] = [...NAMES.keys()];

/** `'4h'` → `'240'`; `undefined` where the venue has no such candles. */
export function intervalName(interval: Interval): string | undefined {
  return NAMES.get(interval);
}

/** `'240'` → `'4h'`. */
export function intervalOf(name: string): Interval | undefined {
  return BY_NAME.get(name);
}
