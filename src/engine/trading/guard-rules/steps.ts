import Big from 'big.js';
import type { Denial, GuardRule } from '#shared/domain/order-check.ts';
import { floorToStep, larger } from '../exact-decimal.ts';
import { isOnTick, nearestTicks, tickOf } from '../nearest-ticks.ts';
import type { Rule } from './judged-order.ts';

/** Prices and triggers on the venue's steps, those of their own band where steps depend on the price. */
export const tick: Rule = ({ price, trigger }, { market: { instrument } }) =>
  [price, trigger].flatMap((value): Denial[] => {
    if (value === undefined || isOnTick(instrument, value)) return [];
    const { below, above } = nearestTicks(instrument, value);
    return [
      {
        rule: 'tick',
        limit: tickOf(instrument, value).toFixed(),
        value: value.toFixed(),
        passes: below === undefined ? above : `${below} / ${above}`,
        unit: instrument.quote,
      },
    ];
  });

/** All of a position by the venue's flag names no quantity. */
export const lot: Rule = ({ request, quantity }, { market: { instrument } }) => {
  const step = new Big(instrument.quantityStep);
  if (request.closePosition || quantity.mod(step).eq(0)) return [];
  const floor = larger(floorToStep(quantity, step), new Big(instrument.minQuantity));
  return [denial('lot', instrument.quantityStep, quantity, instrument.base, floor)];
};

export const minQuantity: Rule = ({ request, quantity }, { market: { instrument } }) => {
  const least = new Big(instrument.minQuantity);
  if (request.closePosition || quantity.gte(least)) return [];
  return [denial('min-quantity', instrument.minQuantity, quantity, instrument.base, least)];
};

/** What takes whatever price it finds has a bound of its own at some venues. */
export const maxQuantity: Rule = ({ request, quantity, price }, { market: { instrument } }) => {
  const most =
    price === undefined ? (instrument.maxMarketQuantity ?? instrument.maxQuantity) : instrument.maxQuantity;
  if (request.closePosition || most === undefined || quantity.lte(most)) return [];
  const passes = floorToStep(new Big(most), new Big(instrument.quantityStep));
  return [denial('max-quantity', most, quantity, instrument.base, passes)];
};

function denial(rule: GuardRule, limit: string, value: Big, unit: string, passes: Big): Denial {
  return { rule, limit, value: value.toFixed(), passes: passes.toFixed(), unit };
}
