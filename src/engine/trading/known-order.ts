import Big from 'big.js';
import type { Order, OrderReport } from '#shared/domain/order.ts';
import type { OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { type AccountHoldings, orderName } from '../accounts/account-holdings.ts';
import type { HeldOrder } from '../accounts/order-merge.ts';
import { isHandedOver } from './own-order-word.ts';

/** The order that is meant, as the account holds it; `undefined`: it has not been seen. */
export function heldOrder({ orders }: AccountHoldings, ref: OrderRef): HeldOrder | undefined {
  const { venueOrderId, clientOrderId, instrument, isConditional } = ref;
  if (venueOrderId !== undefined) {
    const held = orders.get(orderName({ instrument, venueOrderId, isConditional }));
    if (held !== undefined || !isConditional) return held;
    // Most venues keep those that wait among all others. A number alone could be another order's where they do not.
    const other = orders.get(orderName({ instrument, venueOrderId, isConditional: false }));
    return clientOrderId !== undefined && other?.order.clientOrderId === clientOrderId ? other : undefined;
  }
  if (clientOrderId === undefined) return undefined;
  let found: HeldOrder | undefined;
  for (const held of orders.values()) {
    if (held.order.clientOrderId !== clientOrderId || held.order.instrument !== instrument) continue;
    // Ids of others may come again; the newest is meant, and what one that was triggered became rather than itself.
    if (found === undefined || isRather(held.order, found.order)) found = held;
  }
  return found;
}

function isRather(a: Order, b: Order): boolean {
  if (isHandedOver(a) !== isHandedOver(b)) return isHandedOver(b);
  return a.venueTime >= b.venueTime;
}

/** With whatever other id is known of it. */
export function completed(
  ref: OrderRef,
  holdings: AccountHoldings,
  own: ReadonlyMap<string, OwnOrder>,
): OrderRef {
  const held = heldOrder(holdings, ref)?.order;
  const clientOrderId = ref.clientOrderId ?? held?.clientOrderId;
  const ours = clientOrderId === undefined ? undefined : own.get(clientOrderId);
  // Which list it is in goes with the number it has there.
  const from = ref.venueOrderId === undefined ? [held, ours].find((one) => one?.venueOrderId) : (held ?? ref);
  const venueOrderId = ref.venueOrderId ?? from?.venueOrderId;
  return {
    account: ref.account,
    instrument: ref.instrument,
    isConditional: from?.isConditional ?? ref.isConditional,
    ...(venueOrderId !== undefined && { venueOrderId }),
    ...(clientOrderId !== undefined && { clientOrderId }),
  };
}

/** What a conditional order became once triggered, as far as is known: the order it stands as now, else itself. */
export function followed(ref: OrderRef, holdings: AccountHoldings): OrderRef {
  const held = heldOrder(holdings, ref)?.order;
  return { ...ref, ...(held && isHandedOver(held) && heirRef(held)) };
}

/** The order that a conditional one became; `undefined`: it stands or ended as itself. */
export function heirRef({ instrument, isConditional, becameOrderId }: OrderReport) {
  if (!isConditional || becameOrderId === undefined) return undefined;
  return { instrument, venueOrderId: becameOrderId, isConditional: false };
}

export function refOf(order: Order): OrderRef {
  const { account, instrument, venueOrderId, clientOrderId, isConditional } = order;
  return {
    account,
    instrument,
    venueOrderId,
    isConditional,
    ...(clientOrderId !== undefined && { clientOrderId }),
  };
}

export function ownRef({ request, venueOrderId, isConditional }: OwnOrder): OrderRef {
  const { account, instrument, clientOrderId } = request;
  return {
    account,
    instrument,
    clientOrderId,
    isConditional: isConditional ?? waitsForTrigger(request),
    ...(venueOrderId !== undefined && { venueOrderId }),
  };
}

function waitsForTrigger({ type }: OrderRequest): boolean {
  return type !== 'limit' && type !== 'market';
}

/** The most that anything says of it: fills may be told before the report that counts them. */
export function filledOf(
  holdings: AccountHoldings,
  { instrument, venueOrderId, filledQuantity }: OrderReport,
): Big {
  let sum = new Big(0);
  for (const fill of holdings.fills.values()) {
    if (fill.instrument === instrument && fill.venueOrderId === venueOrderId) sum = sum.plus(fill.quantity);
  }
  return sum.gt(filledQuantity) ? sum : new Big(filledQuantity);
}
