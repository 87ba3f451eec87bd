import type { DrawingPoint } from '#shared/domain/drawing.ts';
import type { ShownPrices } from '../heikin-ashi.ts';

/** How near a price must be to be taken for one of the candle's, px. */
const REACH = 14;

/**
 * The point that is meant by a place on the chart: with the magnet one of the candle's four prices where one is near, else
 * what `onStep` makes of the price (the nearest the venue takes).
 */
export function snapPoint(
  point: DrawingPoint,
  candle: ShownPrices | undefined,
  heightOf: (price: number) => number | null | undefined,
  onStep: (price: number) => number,
): DrawingPoint {
  const height = heightOf(point.price);
  if (candle !== undefined && height !== null && height !== undefined) {
    let nearest: { readonly price: number; readonly away: number } | undefined;
    for (const price of [candle.close, candle.open, candle.high, candle.low]) {
      const own = heightOf(price);
      if (own === null || own === undefined) continue;
      const away = Math.abs(own - height);
      if (away <= REACH && (nearest === undefined || away < nearest.away)) nearest = { price, away };
    }
    if (nearest !== undefined) return { time: point.time, price: nearest.price };
  }
  return { time: point.time, price: onStep(point.price) };
}
