import { fromScaled } from '#shared/base/decimal.ts';
import type { Coin } from './coins.ts';

/** Decimal texts as the venue writes them: fixed digits per instrument. */

/** Ticks → `'83860.20'`. */
export function priceText(coin: Coin, ticks: number): string {
  return fromScaled(ticks * coin.tickUnits, coin.priceDecimals);
}

/** Steps → `'1.204'`. */
export function quantityText(coin: Coin, steps: number): string {
  return fromScaled(steps * coin.stepUnits, coin.quantityDecimals);
}

/** Ticks times steps → quote value. The tick's trailing zeros are written behind, so that no digit is lost. */
export function notionalText(coin: Coin, notional: number): string {
  const zeros = Math.round(Math.log10(coin.tickUnits));
  return (
    fromScaled(notional * coin.stepUnits, coin.priceDecimals - zeros + coin.quantityDecimals) +
    '0'.repeat(zeros)
  );
}

/** Ticks that need not be whole → price with eight digits. */
export function finePriceText(coin: Coin, ticks: number): string {
  return (ticks * coin.tick).toFixed(8);
}

/** Whole ticks or steps as JSON level pairs: `[["83860.10","1.204"],…]`. */
export function levelsText(coin: Coin, levels: readonly (readonly [number, number])[]): string {
  let text = '[';
  for (const [index, [price, quantity]] of levels.entries()) {
    if (index > 0) text += ',';
    text += `["${priceText(coin, price)}","${quantityText(coin, quantity)}"]`;
  }
  return `${text}]`;
}

/** The average price of a window, or the last price when nothing traded. */
export function averagePriceText(coin: Coin, notional: number, volume: number, last: number): string {
  return ((volume === 0 ? last : notional / volume) * coin.tick).toFixed(coin.priceDecimals);
}

/** Change over a window in percent, three digits. */
export function percentText(open: number, close: number): string {
  return open === 0 ? '0.000' : (((close - open) / open) * 100).toFixed(3);
}

/** Units of 1e-8 → `'0.00010000'`. */
export function rateText(units: number): string {
  return fromScaled(units, 8);
}

/** Whole ticks and steps as pairs of texts. */
export function levelPairs(coin: Coin, levels: readonly (readonly [number, number])[]): [string, string][] {
  return levels.map(([price, quantity]) => [priceText(coin, price), quantityText(coin, quantity)]);
}
