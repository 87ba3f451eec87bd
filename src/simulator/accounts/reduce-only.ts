import type Big from 'big.js';
import type { Listing } from './account-desk.ts';
import type { EndsOrders } from './execution.ts';
import type { Ledger } from './ledger.ts';
import { reducible } from './order-check.ts';
import type { OwnOrder } from './own-order.ts';

export interface ShrinksOrders extends EndsOrders {
  /** Makes an open order smaller by `less`; the rest keeps its place. */
  shrink(order: OwnOrder, less: Big): void;
}

/**
 * Sees to it that resting reduce-only orders never close more than there is: those first in line stay, one that is too
 * large is cut, and the rest end.
 */
export function cutReduceOnly(desk: ShrinksOrders, account: Ledger, at: Listing): void {
  for (const side of ['buy', 'sell'] as const) {
    const orders = desk.openOf(account).filter(({ view, resting }) => {
      const isHere = view.symbol === at.symbol && view.category === at.category;
      return resting !== undefined && isHere && view.reduceOnly && view.side === side;
    });
    if (orders.length > 0) cutSide(desk, orders.sort(byPriority), reducible(account, at, side));
  }
}

function byPriority(a: OwnOrder, b: OwnOrder): number {
  const sign = a.bookSide === 'bid' ? -1 : 1;
  const [left, right] = [a.resting?.level.price ?? 0, b.resting?.level.price ?? 0];
  return (left - right) * sign || a.number - b.number;
}

function cutSide(desk: ShrinksOrders, orders: readonly OwnOrder[], most: Big): void {
  let left = most;
  for (const order of orders) {
    if (left.lte(0)) {
      desk.end(order, 'expired', 'reduce-only');
      continue;
    }
    const excess = order.remaining.minus(left);
    if (excess.gt(0)) desk.shrink(order, excess);
    left = left.minus(order.remaining);
  }
}
