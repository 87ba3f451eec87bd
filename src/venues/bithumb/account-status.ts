import Big from 'big.js';
import type { OrderSide, OrderStatus } from '#shared/domain/order.ts';

/** What decides an order's status besides the venue's word for it. */
interface StatusFacts {
  readonly state: string;
  /** `user`, `tif_cancel`, `stp_cancel`, …; with state `cancel` alone. */
  readonly cancelType?: string | undefined;
  /** In base. */
  readonly executed: string;
  /** In base; absent for an order by total. */
  readonly quantity?: string | undefined;
}

/**
 * The venue's word → the standard status; `undefined` for a word nobody knows. Fact sheet, section 4.3: an IOC that found
 * only a part ends in `done` as well, so what was executed decides.
 */
export function statusOf({ state, cancelType, executed, quantity }: StatusFacts): OrderStatus | undefined {
  const done = new Big(executed);
  const isWhole = quantity !== undefined && done.gt(0) && done.gte(quantity);
  switch (state) {
    case 'watch':
      return 'PENDING_TRIGGER';
    case 'wait':
      return done.gt(0) ? 'PARTIALLY_FILLED' : 'NEW';
    case 'trade':
      return isWhole ? 'FILLED' : 'PARTIALLY_FILLED';
    case 'done':
      // Of an order by total only the venue knows what was too little to go on with.
      if (quantity === undefined) return done.gt(0) ? 'FILLED' : 'EXPIRED';
      return isWhole ? 'FILLED' : 'EXPIRED';
    case 'cancel':
      if (isWhole) return 'FILLED';
      return cancelType === 'tif_cancel' || cancelType === 'stp_cancel' ? 'EXPIRED' : 'CANCELED';
    default:
      return undefined;
  }
}

/** Orders that name what they spend instead of what they buy: market buys, and the best price's. */
export function isByTotal(orderType: string, side: OrderSide): boolean {
  return orderType === 'price' || (orderType === 'best' && side === 'buy');
}
