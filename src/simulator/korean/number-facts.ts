import { fromScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { Coin } from '../coins.ts';
import { plain } from './json-number.ts';

/** Numbers of a coin as exact decimal text, from whole ticks and steps. */

/** Price in won, shortest: `'116539000'`, `'41.2'`. */
export function priceOf(coin: Coin, ticks: number): string {
  return plain(ticks * coin.tickUnits, coin.priceDecimals);
}

/** Quantity of coins, shortest. */
export function quantityOf(coin: Coin, steps: number): string {
  return plain(steps, coin.quantityDecimals);
}

/** Ticks times steps → won. */
export function notionalOf(coin: Coin, notional: number): string {
  const zeros = coin.tickUnits.toString().length - 1;
  const scale = coin.priceDecimals + coin.quantityDecimals - zeros;
  return scale >= 0 ? trimDecimal(fromScaled(notional, scale)) : String(notional) + '0'.repeat(-scale);
}

export interface Change {
  readonly word: 'RISE' | 'EVEN' | 'FALL';
  /** Shortest decimal text, without a sign. */
  readonly price: string;
  readonly signedPrice: string;
  readonly rate: number;
}

/** The move from the previous day's close to `last`, both in ticks. */
export function changeOf(coin: Coin, last: number, previousClose: number): Change {
  const moved = last - previousClose;
  return {
    word: moved > 0 ? 'RISE' : moved < 0 ? 'FALL' : 'EVEN',
    price: priceOf(coin, Math.abs(moved)),
    signedPrice: priceOf(coin, moved),
    rate: previousClose === 0 ? 0 : moved / previousClose,
  };
}
