import { Misshapen, show } from './wire.ts';

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
/** 40 characters hold anything a market can print, and keep a hostile text from costing time. */
const LONGEST_TEXT = 40;
const NO_DECIMAL = -1;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * The wire's two lists of `[price, quantity]` texts → exact integers at scales no smaller than `least`.
 * Trailing zeros do not count as digits: `61800.20` has one. Where the integers would not be exact at
 * `least` (it was learned from a corrupt frame), the lists' own scales are used.
 * Throws {@link Misshapen} for anything but plain decimals, a price of 0, or digits beyond 2^53.
 */
export function scaleLevels(bids: unknown, asks: unknown, least: Scales): ScaledLevels {
  const bidSide = textSide(bids, 'bids');
  const askSide = textSide(asks, 'asks');
  const own = {
    priceScale: Math.max(bidSide.priceScale, askSide.priceScale),
    quantityScale: Math.max(bidSide.quantityScale, askSide.quantityScale),
  };
  const wide = {
    priceScale: Math.max(least.priceScale, own.priceScale),
    quantityScale: Math.max(least.quantityScale, own.quantityScale),
  };
  for (const scales of [wide, own]) {
    const scaledBids = scaleSide(bidSide, 'bids', scales);
    const scaledAsks = scaleSide(askSide, 'asks', scales);
    if (scaledBids && scaledAsks) return { ...scales, bids: scaledBids, asks: scaledAsks };
  }
  throw new Misshapen('a level has more digits than an exact integer holds');
}

/** One side as it came, checked. */
interface TextSide {
  /** Price, quantity, price, … */
  readonly texts: readonly string[];
  readonly priceScale: number;
  readonly quantityScale: number;
}

function textSide(value: unknown, name: string): TextSide {
  if (!Array.isArray(value)) throw new Misshapen(`${name} is no list: ${show(value)}`);
  const texts: string[] = [];
  let priceScale = 0;
  let quantityScale = 0;
  for (const level of value) {
    if (!Array.isArray(level) || level.length !== 2) {
      throw new Misshapen(`${name} holds no [price, quantity]: ${show(level)}`);
    }
    const [price, quantity] = level as readonly unknown[];
    const pricePlaces = placesOf(price);
    const quantityPlaces = placesOf(quantity);
    if (pricePlaces === NO_DECIMAL || quantityPlaces === NO_DECIMAL) {
      throw new Misshapen(`${name} holds no decimal texts: ${show(price)} ${show(quantity)}`);
    }
    if (pricePlaces > priceScale) priceScale = pricePlaces;
    if (quantityPlaces > quantityScale) quantityScale = quantityPlaces;
    texts.push(price as string, quantity as string);
  }
  if (priceScale > MAX_SCALE || quantityScale > MAX_SCALE) throw new Misshapen('a level has too many digits');
  return { texts, priceScale, quantityScale };
}

/** Digits after the point, trailing zeros not counted; `NO_DECIMAL` for what is no plain decimal text ≥ 0. */
function placesOf(value: unknown): number {
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) return NO_DECIMAL;
  let point = -1;
  let last = -1;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      if (code !== ZERO) last = at;
    } else if (code === POINT && point < 0 && at > 0) point = at;
    else return NO_DECIMAL;
  }
  if (value === '' || point === value.length - 1) return NO_DECIMAL;
  return point < 0 || last < point ? 0 : last - point;
}

/** `undefined` where the integers would not be exact. Throws {@link Misshapen} for a price of 0. */
function scaleSide({ texts }: TextSide, name: string, scales: Scales): Float64Array | undefined {
  const levels = new Float64Array(texts.length);
  for (let index = 0; index < texts.length; index++) {
    const isPrice = index % 2 === 0;
    const value = scaled(texts[index] as string, isPrice ? scales.priceScale : scales.quantityScale);
    if (value > Number.MAX_SAFE_INTEGER) return undefined;
    if (isPrice && value === 0) throw new Misshapen(`${name} holds a price of 0`);
    levels[index] = value;
  }
  return levels;
}

/** The digits of plain decimal text as an integer at `scale`, which it does not exceed; beyond 2^53 − 1 it is inexact. */
function scaled(text: string, scale: number): number {
  let value = 0;
  let places = -1;
  for (let at = 0; at < text.length && places < scale; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT) places = 0;
    else {
      value = value * 10 + (code - ZERO);
      if (places >= 0) places++;
    }
  }
  for (let place = Math.max(places, 0); place < scale; place++) value *= 10;
  return value;
}

/** True when prices fall (bids) or rise (asks) strictly from the first level on. */
export function isBestFirst(levels: Float64Array, falling: boolean): boolean {
  for (let index = 2; index < levels.length; index += 2) {
    const step = (levels[index] ?? 0) - (levels[index - 2] ?? 0);
    if (falling ? step >= 0 : step <= 0) return false;
  }
  return true;
}
