import { decimalPlaces, toScaled, trimDecimal } from './decimal.ts';
import { isDecimal, Misshapen, show } from './wire.ts';

export interface Scales {
  readonly priceScale: number;
  readonly quantityScale: number;
}

export interface ScaledLevels extends Scales {
  readonly bids: Float64Array;
  readonly asks: Float64Array;
}

/** More digits after the point than any venue prints: such a level is garbage, not precision. */
const MAX_SCALE = 15;

/**
 * The wire's two lists of `[price, quantity]` texts → exact integers at scales no smaller than `least`.
 * Trailing zeros do not count as digits: `61800.20` has one. Where the integers would not be exact at
 * `least` (it was learned from a corrupt frame), the lists' own scales are used.
 * Throws {@link Misshapen} for anything but plain decimals, a price of 0, or digits beyond 2^53.
 */
export function scaleLevels(bids: unknown, asks: unknown, least: Scales): ScaledLevels {
  const bidTexts = levelTexts(bids, 'bids');
  const askTexts = levelTexts(asks, 'asks');
  const own = scalesOf(bidTexts, askTexts);
  const wide = {
    priceScale: Math.max(least.priceScale, own.priceScale),
    quantityScale: Math.max(least.quantityScale, own.quantityScale),
  };
  for (const scales of [wide, own]) {
    const scaledBids = scaleSide(bidTexts, scales);
    const scaledAsks = scaleSide(askTexts, scales);
    if (scaledBids && scaledAsks) return { ...scales, bids: scaledBids, asks: scaledAsks };
  }
  throw new Misshapen('a level has more digits than an exact integer holds');
}

/** Flat list of texts: price, quantity, price, … */
function levelTexts(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw new Misshapen(`${name} is no list: ${show(value)}`);
  const texts: string[] = [];
  for (const level of value) {
    if (!Array.isArray(level) || level.length !== 2) {
      throw new Misshapen(`${name} holds no [price, quantity]: ${show(level)}`);
    }
    const [price, quantity] = level as readonly unknown[];
    if (!isDecimal(price) || !isDecimal(quantity)) {
      throw new Misshapen(`${name} holds no decimal texts: ${show(price)} ${show(quantity)}`);
    }
    if (!/[1-9]/.test(price)) throw new Misshapen(`${name} holds a price of 0`);
    texts.push(price, quantity);
  }
  return texts;
}

function scalesOf(...sides: readonly (readonly string[])[]): Scales {
  let priceScale = 0;
  let quantityScale = 0;
  for (const texts of sides) {
    for (const [index, text] of texts.entries()) {
      const places = decimalPlaces(trimDecimal(text));
      if (index % 2 === 0) priceScale = Math.max(priceScale, places);
      else quantityScale = Math.max(quantityScale, places);
    }
  }
  if (priceScale > MAX_SCALE || quantityScale > MAX_SCALE) throw new Misshapen('a level has too many digits');
  return { priceScale, quantityScale };
}

function scaleSide(texts: readonly string[], scales: Scales): Float64Array | undefined {
  const levels = new Float64Array(texts.length);
  for (const [index, text] of texts.entries()) {
    const value = toScaled(text, index % 2 === 0 ? scales.priceScale : scales.quantityScale);
    if (value === undefined) return undefined;
    levels[index] = value;
  }
  return levels;
}

/** True when prices fall (bids) or rise (asks) strictly from the first level on. */
export function isBestFirst(levels: Float64Array, falling: boolean): boolean {
  for (let index = 2; index < levels.length; index += 2) {
    const step = (levels[index] ?? 0) - (levels[index - 2] ?? 0);
    if (falling ? step >= 0 : step <= 0) return false;
  }
  return true;
}
