import { decimalPlaces, toScaled, trimDecimal } from './decimal.ts';
import { Misshapen } from './wire.ts';
import { plainDecimal, type WireNumber } from './wire-number.ts';

interface Scales {
  readonly priceScale: number;
  readonly quantityScale: number;
}

/** Flat pairs price, quantity, …; empty slots already left out. */
export type NumberLevels = readonly WireNumber[];

export interface ScaledNumberLevels extends Scales {
  readonly bids: Float64Array;
  readonly asks: Float64Array;
}

/** More digits after the point than any venue prints: such a level is garbage, not precision. */
const MAX_SCALE = 15;
const POWERS = Float64Array.from({ length: MAX_SCALE + 1 }, (_, exponent) => Number(`1e${exponent}`));
/** Up to 15 digits are one decimal and one double each, both ways. */
const FIFTEEN_DIGITS = 1e15;

/**
 * A whole book's levels → integers at scales no smaller than `least`, or at the levels' own where those at `least`
 * (it may come from a corrupt frame) would not be exact. Exact, but for one case: quantities of coins worth next to
 * nothing, 10^11 with eight digits after the point, fit no exact integer. Then the quantities of this book keep as many
 * digits after the point as fit, the rest cut off, and never to 0. Throws {@link Misshapen} for prices that do not fit.
 */
export function scaleNumberLevels(bids: NumberLevels, asks: NumberLevels, least: Scales): ScaledNumberLevels {
  const known = scaleBoth(bids, asks, least);
  if (known) return known;
  const own = {
    priceScale: Math.max(placesOf(bids, 0), placesOf(asks, 0)),
    quantityScale: Math.max(placesOf(bids, 1), placesOf(asks, 1)),
  };
  if (own.priceScale > MAX_SCALE || own.quantityScale > MAX_SCALE) {
    throw new Misshapen('a level has too many digits');
  }
  const wide = {
    priceScale: Math.max(least.priceScale, own.priceScale),
    quantityScale: Math.max(least.quantityScale, own.quantityScale),
  };
  const exact = scaleBoth(bids, asks, wide) ?? scaleBoth(bids, asks, own);
  if (exact) return exact;
  for (let quantityScale = own.quantityScale - 1; quantityScale >= 0; quantityScale--) {
    const cut = scaleBoth(bids, asks, { ...own, quantityScale }, cutAt);
    if (cut) return cut;
  }
  throw new Misshapen('a level has more digits than an exact integer holds');
}

function scaleBoth(
  bids: NumberLevels,
  asks: NumberLevels,
  scales: Scales,
  scaleQuantity = exactAt,
): ScaledNumberLevels | undefined {
  const scaledBids = scaleSide(bids, scales, scaleQuantity);
  const scaledAsks = scaledBids && scaleSide(asks, scales, scaleQuantity);
  const { priceScale, quantityScale } = scales;
  return scaledAsks && { priceScale, quantityScale, bids: scaledBids, asks: scaledAsks };
}

function scaleSide(
  levels: NumberLevels,
  scales: Scales,
  scaleQuantity: typeof exactAt,
): Float64Array | undefined {
  const scaled = new Float64Array(levels.length);
  for (const [index, value] of levels.entries()) {
    const whole =
      index % 2 === 0 ? exactAt(value, scales.priceScale) : scaleQuantity(value, scales.quantityScale);
    if (whole === undefined) return undefined;
    scaled[index] = whole;
  }
  return scaled;
}

/** The value times 10^scale, or `undefined` where that is no exact integer. */
function exactAt(value: WireNumber, scale: number): number | undefined {
  if (typeof value === 'number' && scale <= MAX_SCALE) {
    const power = POWERS[scale] as number;
    const whole = Math.round(value * power);
    if (whole < FIFTEEN_DIGITS) return whole / power === value ? whole : undefined;
  }
  return toScaled(plainDecimal(value), scale);
}

function cutAt(value: WireNumber, scale: number): number | undefined {
  const text = plainDecimal(value);
  const point = text.indexOf('.');
  const whole = toScaled(
    point < 0 ? text : `${text.slice(0, point)}.${text.slice(point + 1, point + 1 + scale)}0`,
    scale,
  );
  return whole === undefined ? undefined : Math.max(1, whole);
}

function placesOf(levels: NumberLevels, from: 0 | 1): number {
  let places = 0;
  for (let index = from; index < levels.length; index += 2) {
    places = Math.max(places, decimalPlaces(trimDecimal(plainDecimal(levels[index] as WireNumber))));
  }
  return places;
}
