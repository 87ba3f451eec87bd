import type { Print } from './print.ts';

/** A candle in whole ticks and steps. `notional`s are ticks times steps: exact below 2^53. */
export interface Candle {
  readonly openTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  notional: number;
  /** The part of it where the taker bought. */
  takerVolume: number;
  takerNotional: number;
  fills: number;
  /** −1 while there is none. */
  firstFill: number;
  lastFill: number;
}

/** A candle nothing has traded in: flat at the price before it. */
export function emptyCandle(openTime: number, price: number): Candle {
  return {
    openTime,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0,
    notional: 0,
    takerVolume: 0,
    takerNotional: 0,
    fills: 0,
    firstFill: -1,
    lastFill: -1,
  };
}

/** Adds one print, in order. */
export function addPrint(candle: Candle, print: Print): void {
  const { price, quantity } = print;
  if (candle.fills === 0) {
    candle.open = candle.high = candle.low = price;
    candle.firstFill = print.firstFill;
  } else {
    if (price > candle.high) candle.high = price;
    if (price < candle.low) candle.low = price;
  }
  candle.close = price;
  candle.volume += quantity;
  candle.notional += price * quantity;
  if (!print.buyerIsMaker) {
    candle.takerVolume += quantity;
    candle.takerNotional += price * quantity;
  }
  candle.fills += print.lastFill - print.firstFill + 1;
  candle.lastFill = print.lastFill;
}

/** Adds a later candle to an earlier one. Candles nothing traded in change nothing. */
export function addCandle(into: Candle, later: Candle): void {
  if (later.fills === 0) return;
  if (into.fills === 0) {
    into.open = later.open;
    into.high = later.high;
    into.low = later.low;
    into.firstFill = later.firstFill;
  } else {
    if (later.high > into.high) into.high = later.high;
    if (later.low < into.low) into.low = later.low;
  }
  into.close = later.close;
  into.volume += later.volume;
  into.notional += later.notional;
  into.takerVolume += later.takerVolume;
  into.takerNotional += later.takerNotional;
  into.fills += later.fills;
  into.lastFill = later.lastFill;
}
