import type { DrawingPoint } from '#shared/domain/drawing.ts';
import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import { countBetween } from '../../../stores/candle-series.ts';

/** What lies between two points. */
export interface Measured {
  /** Candles from the one to the other, negative towards the past. */
  readonly candles: number;
  readonly ms: number;
  readonly price: number;
  /** Of the first point's price; NaN where that is 0. */
  readonly percent: number;
}

export function measure(from: DrawingPoint, to: DrawingPoint, interval: Interval): Measured {
  const ms = to.time - from.time;
  const count = countBetween(interval, Math.min(from.time, to.time), Math.max(from.time, to.time));
  const price = to.price - from.price;
  return {
    candles: ms < 0 ? -count : count,
    ms,
    price,
    percent: from.price === 0 ? Number.NaN : (price / from.price) * 100,
  };
}

/** Moves a point by so many candles. */
export function stepTime(interval: Interval, time: number, candles: number): number {
  const width = nextOpenTime(interval, time) - time;
  return Math.max(0, time + candles * width);
}
