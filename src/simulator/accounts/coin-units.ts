import Big from 'big.js';
import { toScaled } from '#shared/base/decimal.ts';
import type { Coin } from '../coins.ts';
import { finePriceText, priceText, quantityText } from '../wire-text.ts';

/** Between a book's whole ticks and steps and the decimals an account is kept in. */

export function priceOf(coin: Coin, ticks: number): Big {
  return new Big(priceText(coin, ticks));
}

export function quantityOf(coin: Coin, steps: number): Big {
  return new Big(quantityText(coin, steps));
}

/** Ticks that need not be whole, as the venue writes a mark price. */
export function markPriceOf(coin: Coin, ticks: number): Big {
  return new Big(finePriceText(coin, ticks));
}

/** Whole ticks; `undefined`: not a price of this instrument. */
export function ticksOf(coin: Coin, price: Big): number | undefined {
  const units = toScaled(price.toFixed(), coin.priceDecimals);
  if (units === undefined || units <= 0 || units % coin.tickUnits !== 0) return undefined;
  const ticks = units / coin.tickUnits;
  return ticks % (coin.grainAt?.(ticks) ?? 1) === 0 ? ticks : undefined;
}

/** Whole steps; `undefined`: not a quantity of this instrument. */
export function stepsOf(coin: Coin, quantity: Big): number | undefined {
  const units = toScaled(quantity.toFixed(), coin.quantityDecimals);
  if (units === undefined || units < 0 || units % coin.stepUnits !== 0) return undefined;
  return units / coin.stepUnits;
}
