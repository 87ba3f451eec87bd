import Big from 'big.js';
import { isTerminal, type OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { Resting } from './paper-match.ts';
import type { PaperOrder } from './paper-state.ts';

const AVERAGE_PLACES = 12;

export const leftOf = ({ quantity, filled }: PaperOrder): Big => new Big(quantity).minus(filled);
export const isOpen = ({ status }: PaperOrder): boolean => !isTerminal(status);
export const isWaiting = ({ status }: PaperOrder): boolean => status === 'PENDING_TRIGGER';

export function isConditional({ type }: Pick<PaperOrder, 'type'>): boolean {
  return type !== 'limit' && type !== 'market';
}

/** As matching sees an order that stands in the book; `undefined`: it does not. */
export function restingOf(order: PaperOrder): Resting | undefined {
  const { id, number, side, price, rest } = order;
  if (rest === undefined || price === undefined) return undefined;
  const ahead = rest.ahead === undefined ? undefined : new Big(rest.ahead);
  return { id, number, side, price: new Big(price), left: leftOf(order), ahead };
}

/** An order as it was asked for, before anything became of it. */
export function paperOrder(
  request: OrderRequest,
  made: { readonly id: string; readonly number: number; readonly at: number },
): PaperOrder {
  const { clientOrderId, instrument, side, type, timeInForce, price, triggerPrice } = request;
  return {
    id: made.id,
    number: made.number,
    clientOrderId,
    instrument,
    side,
    type,
    timeInForce,
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    triggerBy: request.triggerBy ?? 'last',
    quantity: request.quantity,
    filled: '0',
    paid: '0',
    reduceOnly: request.reduceOnly || request.closePosition,
    closePosition: request.closePosition,
    status: isConditional(request) ? 'PENDING_TRIGGER' : 'NEW',
    note: isConditional(request) ? 'waits for its trigger' : 'open',
    createdAt: made.at,
    updatedAt: made.at,
  };
}

/** An order as a venue would tell it. One that was triggered goes on under its own id, among the conditional ones. */
export function paperReport(order: PaperOrder): OrderReport {
  const { price, triggerPrice, clientOrderId, filled } = order;
  const hasFilled = new Big(filled).gt(0);
  return {
    instrument: order.instrument,
    venueOrderId: order.id,
    ...(clientOrderId !== undefined && { clientOrderId }),
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    status: order.status,
    venueStatus: `paper ${order.note}`,
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    quantity: order.quantity,
    filledQuantity: filled,
    ...(hasFilled && { averagePrice: new Big(order.paid).div(filled).round(AVERAGE_PLACES).toFixed() }),
    reduceOnly: order.reduceOnly,
    postOnly: order.timeInForce === 'GTX',
    createdAt: order.createdAt,
    venueTime: order.updatedAt,
    isConditional: isConditional(order),
  };
}
