import type { OrderRef } from '#shared/domain/order-draft.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';

/** An order of ours as a cancel names it. */
export function orderRef({ account, request, venueOrderId, isConditional }: OwnOrder): OrderRef {
  const waits = request.type !== 'limit' && request.type !== 'market';
  return {
    account,
    instrument: request.instrument,
    clientOrderId: request.clientOrderId,
    ...(venueOrderId === undefined ? {} : { venueOrderId }),
    // Once its trigger was reached it stands as an order like any other, as it does from the beginning at most venues.
    isConditional: isConditional ?? waits,
  };
}
