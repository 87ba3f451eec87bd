import { HeartlineError } from '#shared/base/errors.ts';
import { show } from '#shared/base/wire.ts';
import type { OrderStatus } from '#shared/domain/order.ts';
import { BYBIT } from './symbols.ts';

/** The venue's words: the fact sheet, section 4.5. */
const STATUSES: ReadonlyMap<unknown, OrderStatus> = new Map([
  ['New', 'NEW'],
  ['PartiallyFilled', 'PARTIALLY_FILLED'],
  ['Untriggered', 'PENDING_TRIGGER'],
  // Between waiting and working; it waits for nothing any more.
  ['Triggered', 'NEW'],
  ['Filled', 'FILLED'],
  ['Cancelled', 'CANCELED'],
  // Spot: a market or IOC order whose rest found nobody.
  ['PartiallyFilledCanceled', 'CANCELED'],
  ['Rejected', 'REJECTED'],
  // A conditional order that was taken back before its trigger.
  ['Deactivated', 'CANCELED'],
]);

/** The venue says "cancelled" of orders whose own terms ended them, and gives the reason apart. */
const BY_ITS_TERMS: ReadonlyMap<unknown, OrderStatus> = new Map([
  ['EC_NoImmediateQtyToFill', 'EXPIRED'],
  ['EC_CancelForNoFullFill', 'EXPIRED'],
  ['EC_NoEnoughQtyToFill', 'EXPIRED'],
  // Post only, and would have taken: as good as never accepted.
  ['EC_PostOnlyWillTakeLiquidity', 'REJECTED'],
]);

export interface StatusWords {
  readonly orderStatus?: unknown;
  readonly rejectReason?: unknown;
  readonly cancelType?: unknown;
}

/** Throws `order.status-unknown`. */
export function statusOf({ orderStatus, rejectReason, cancelType }: StatusWords): OrderStatus {
  const status = STATUSES.get(orderStatus);
  if (status === undefined) {
    throw new HeartlineError('order.status-unknown', `an order status nobody knows: ${show(orderStatus)}`, {
      details: {
        venue: BYBIT,
        status: typeof orderStatus === 'string' ? orderStatus.slice(0, 40) : show(orderStatus),
      },
    });
  }
  if (orderStatus !== 'Cancelled' || cancelType === 'CancelByUser') return status;
  return BY_ITS_TERMS.get(rejectReason) ?? status;
}

/** `Cancelled EC_PostOnlyWillTakeLiquidity`: with whatever says why. */
export function venueStatusOf({ orderStatus, rejectReason, cancelType }: StatusWords): string {
  const why = [rejectReason, cancelType].find(
    (word) => typeof word === 'string' && word !== '' && word !== 'EC_NoError' && word !== 'UNKNOWN',
  );
  return why === undefined ? String(orderStatus) : `${orderStatus} ${why}`;
}
