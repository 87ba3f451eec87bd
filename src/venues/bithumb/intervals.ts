import type { Interval } from '#shared/domain/interval.ts';

/**
 * Candles Bithumb answers for over REST, with the path below `/v1/candles`; it streams none. Four hours, days, weeks
 * and months it has too, but where they begin (at midnight in Seoul or in UTC) is not written down: those are made of
 * hours here, which begin together in both.
 */
export const UNITS: ReadonlyMap<Interval, string> = new Map<Interval, string>([
  ['1m', 'minutes/1'],
  ['3m', 'minutes/3'],
  ['5m', 'minutes/5'],
  ['10m', 'minutes/10'],
  ['15m', 'minutes/15'],
  ['30m', 'minutes/30'],
  ['1h', 'minutes/60'],
]);

/** What can be charted, shortest first. Those without a unit of the venue are made of shorter ones. */
export const BITHUMB_INTERVALS: readonly Interval[] = [
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
];
