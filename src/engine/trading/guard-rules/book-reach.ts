import Big from 'big.js';
import type { OrderSide } from '#shared/domain/order.ts';
import type { MarketFacts } from '../facts.ts';

/** The levels an order of that side would take from, best first; none while the book is not valid. */
function oppositeLevels({ asks, bids, isBookValid }: MarketFacts, side: OrderSide): MarketFacts['asks'] {
  if (!isBookValid) return [];
  return side === 'buy' ? asks : bids;
}

export function bestOf(market: MarketFacts, side: OrderSide): Big | undefined {
  const [best] = oppositeLevels(market, side);
  return best && new Big(best[0]);
}

/** What is to be seen of the other side, in base; `within`: up to and with that price. */
export function visibleDepth(market: MarketFacts, side: OrderSide, within?: Big): Big {
  let sum = new Big(0);
  for (const [price, quantity] of oppositeLevels(market, side)) {
    if (within && (side === 'buy' ? within.lt(price) : within.gt(price))) break;
    sum = sum.plus(quantity);
  }
  return sum;
}

/** What an order would take from the visible book going no further than `limit`: the quantity, and what it is worth. */
export function takenFrom(
  market: MarketFacts,
  side: OrderSide,
  quantity: Big,
  limit?: Big,
): { readonly quantity: Big; readonly notional: Big } {
  let left = quantity;
  let notional = new Big(0);
  for (const [price, depth] of oppositeLevels(market, side)) {
    if (left.lte(0) || (limit && (side === 'buy' ? limit.lt(price) : limit.gt(price)))) break;
    const taken = left.lt(depth) ? left : new Big(depth);
    notional = notional.plus(taken.times(price));
    left = left.minus(taken);
  }
  return { quantity: quantity.minus(left), notional };
}
