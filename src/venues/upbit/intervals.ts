import type { Interval } from '#shared/domain/interval.ts';

interface Unit {
  /** As the stream's type says it, `candle.60m`; absent: the venue streams no such candles. */
  readonly stream?: string;
  /** Path of the REST call below `/v1/candles`. */
  readonly path: string;
}

/**
 * Candles Upbit makes itself. Days, weeks and months begin at 00:00 UTC (09:00 in Seoul), weeks on Monday, as ours do.
 * Its years have no counterpart here.
 */
export const UNITS: ReadonlyMap<Interval, Unit> = new Map<Interval, Unit>([
  ['1s', { stream: 'candle.1s', path: 'seconds' }],
  ['1m', { stream: 'candle.1m', path: 'minutes/1' }],
  ['3m', { stream: 'candle.3m', path: 'minutes/3' }],
  ['5m', { stream: 'candle.5m', path: 'minutes/5' }],
  ['10m', { stream: 'candle.10m', path: 'minutes/10' }],
  ['15m', { stream: 'candle.15m', path: 'minutes/15' }],
  ['30m', { stream: 'candle.30m', path: 'minutes/30' }],
  ['1h', { stream: 'candle.60m', path: 'minutes/60' }],
  ['4h', { stream: 'candle.240m', path: 'minutes/240' }],
  ['1d', { path: 'days' }],
  ['1w', { path: 'weeks' }],
  ['1M', { path: 'months' }],
]);

/** What can be charted, shortest first. Those without a unit of the venue are made of shorter ones. */
export const UPBIT_INTERVALS: readonly Interval[] = [
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
];

const BY_STREAM: ReadonlyMap<string, Interval> = new Map(
  [...UNITS].flatMap(([interval, { stream }]) => (stream === undefined ? [] : [[stream, interval] as const])),
);

/** `candle.60m` → `1h`. */
export function intervalOf(type: string): Interval | undefined {
  return BY_STREAM.get(type);
}
