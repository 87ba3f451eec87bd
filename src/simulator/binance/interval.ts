import type { WholeMinutes } from '../candle-series.ts';

const INTERVALS = [
  '1m',
  '3m',
  '5m',
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
] as const satisfies readonly WholeMinutes[];

export type BinanceInterval = (typeof INTERVALS)[number];

/** Is this an interval the venue makes candles of? */
export function isBinanceInterval(text: string): text is BinanceInterval {
  return (INTERVALS as readonly string[]).includes(text);
}
