import Big from 'big.js';
import { decimalPlaces } from '#shared/base/decimal.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { quotientUp } from '../exact-decimal.ts';
import type { GuardState, HeldFacts, MarketFacts } from '../facts.ts';
import type { Rule } from './judged-order.ts';
import { closable } from './position-left.ts';

/** A margin divided by its leverage may have digits without end. */
const SHOWN_PLACES = 8;

/** What an order takes away from what is free. */
export interface Cost {
  readonly quantity: Big;
  readonly currency: string;
}

/** What the order has to be paid with; `undefined`: not known. */
export function freeFor(
  side: OrderRequest['side'],
  held: HeldFacts,
  { instrument }: MarketFacts,
): HeldFacts['free'] {
  return instrument.kind === 'spot' && side === 'sell' ? held.freeBase : held.free;
}

/**
 * Spot: what is sold, or its total and the taker fee (none while the fee is not known). Derivatives: margin by leverage and
 * the taker fee, of what is left once the position on the other side is closed and as much opened again, which is margined
 * already. `undefined`: not known, or nothing.
 */
export function costOf(
  order: { readonly request: OrderRequest; readonly quantity: Big; readonly price: Big },
  { held, market }: Pick<GuardState, 'held' | 'market'>,
): Cost | undefined {
  const { request, quantity, price } = order;
  const { kind, base, quote } = market.instrument;
  const fee = held.fees?.taker ?? '0';
  if (kind === 'spot') {
    if (request.side === 'sell') return { quantity, currency: base };
    return { quantity: quantity.times(price).times(new Big(fee).plus(1)), currency: quote };
  }
  if (request.reduceOnly || held.leverage === undefined || !new Big(held.leverage).gt(0)) return undefined;
  const added = quantity.minus(closable(request, held).times(2));
  if (!added.gt(0)) return undefined;
  const notional = added.times(price);
  const margin = quotientUp(notional, new Big(held.leverage));
  return { quantity: margin.plus(notional.times(fee)), currency: quote };
}

/** Where it is not known what is free, the venue decides. */
export const funds: Rule = ({ request, quantity, price, trigger }, state) => {
  const reckoned = price ?? trigger;
  const cost = reckoned && costOf({ request, quantity, price: reckoned }, state);
  const free = freeFor(request.side, state.held, state.market);
  if (!cost || !free) return [];
  if (free.currency !== cost.currency) {
    return [{ rule: 'funds', limit: free.currency, value: cost.currency }];
  }
  if (cost.quantity.lte(free.quantity)) return [];
  return [
    {
      rule: 'funds',
      limit: new Big(free.quantity).toFixed(),
      value: cost.quantity.round(Math.max(SHOWN_PLACES, decimalPlaces(free.quantity)), Big.roundUp).toFixed(),
      ...(new Big(free.quantity).gt(0) && { passes: new Big(free.quantity).toFixed() }),
      unit: cost.currency,
    },
  ];
};
