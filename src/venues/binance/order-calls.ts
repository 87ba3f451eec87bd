import * as wire from '#shared/base/wire.ts';
import { digits } from '#shared/base/wire-number.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import type { Placed, SweepAnswer } from '../order.ts';
import { BUDGET, ORDERS_BUDGET, object } from './account-answer.ts';
import { readOrder } from './account-rows.ts';
import { conditionalCall } from './conditional-call.ts';
import { clientIdOf, positionFields, positive, sideWord, unable } from './order-fields.ts';
import { symbolOf } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** The fact sheet, sections 6.2, 6.4 and 6.5. */
export function placeCall(request: OrderRequest): SignedCall<Placed> {
  switch (request.type) {
    case 'limit':
    case 'market':
      return regularCall(request);
    case 'stop':
    case 'stop-market':
    case 'take-profit':
    case 'take-profit-market':
      return conditionalCall({ ...request, type: request.type });
  }
}

/**
 * `POST order`. Always LIMIT: what a person calls a market order is a limit that lives for an instant, so that its price
 * is bounded by us. Answered with ACK, as soon as it is in the queue: RESULT waits for the matching, and every ms of
 * waiting is one more in which the answer can be lost; since 2026 it would not tell at what price either.
 */
function regularCall(request: OrderRequest): SignedCall<Placed> {
  const { instrument, side, type, isMarket, timeInForce, quantity, price, triggerPrice } = request;
  if (triggerPrice !== undefined) throw unable(`has no trigger on a ${type} order`);
  const rests = timeInForce === 'GTC' || timeInForce === 'GTX';
  if ((isMarket || type === 'market') && rests) throw unable('has no market order that rests');
  const newClientOrderId = clientIdOf(request.clientOrderId);
  const params: Params = {
    symbol: symbolOf(instrument),
    side: sideWord(side),
    type: 'LIMIT',
    timeInForce,
    quantity: positive(quantity, 'quantity'),
    price: positive(price, 'price'),
    ...positionFields(request),
    newClientOrderId,
    newOrderRespType: 'ACK',
  };
  return orderCall('POST', 'order', params, ORDERS_BUDGET, (row) => {
    if (row['clientOrderId'] !== newClientOrderId) throw new wire.Misshapen('an answer about another order');
    return { venueOrderId: digits(row, 'orderId') };
  });
}

/** `PUT order`: wants price and quantity both, whatever of them changes. The order keeps its ids. */
export function amendCall(order: OrderReport, change: OrderChange): SignedCall<Placed> {
  if (order.isConditional)
    throw unable('changes no order that waits for its trigger: cancel it and place another');
  if (order.type !== 'limit') throw unable(`changes no ${order.type} order`);
  if (change.triggerPrice !== undefined) throw unable('has no trigger on a limit order');
  if (change.price === undefined && change.quantity === undefined)
    throw unable('changes nothing of an order');
  const params: Params = {
    symbol: symbolOf(order.instrument),
    orderId: order.venueOrderId,
    side: sideWord(order.side),
    quantity: positive(change.quantity ?? order.quantity, 'quantity'),
    price: positive(change.price ?? order.price, 'price'),
  };
  return orderCall('PUT', 'order', params, ORDERS_BUDGET, (row) => standing(row, order));
}

export function cancelCall(ref: OrderRef): SignedCall<Placed> {
  if (ref.isConditional) {
    return orderCall('DELETE', 'algoOrder', idsOf(ref, 'algoId', 'clientAlgoId'), BUDGET, (row) => ({
      venueOrderId: digits(row, 'algoId'),
    }));
  }
  const params = { symbol: symbolOf(ref.instrument), ...idsOf(ref, 'orderId', 'origClientOrderId') };
  return orderCall('DELETE', 'order', params, BUDGET, (row) => standing(row, ref));
}

/** Those that wait for their trigger are not reached by the first. The venue wants an instrument, and names no order. */
export function cancelAllCalls(instrument: InstrumentId): readonly SignedCall<SweepAnswer>[] {
  const params = { symbol: symbolOf(instrument) };
  return ['allOpenOrders', 'algoOpenOrders'].map((path) =>
    orderCall('DELETE', path, params, BUDGET, (row) => {
      if (String(row['code']) !== '200')
        throw new wire.Misshapen(`code is not 200: ${wire.show(row['code'])}`);
      return { cancelled: [], failed: [], isBlind: true };
    }),
  );
}

/** These two answer with the order as it is now. */
function standing(row: wire.WireObject, meant: Pick<OrderRef, 'instrument' | 'venueOrderId'>): Placed {
  const report = readOrder(row);
  const isIt =
    report.instrument === meant.instrument &&
    (meant.venueOrderId === undefined || report.venueOrderId === meant.venueOrderId);
  if (!isIt) throw new wire.Misshapen('an answer about another order');
  return { venueOrderId: report.venueOrderId, report };
}

/** The venue's own id where there is one: a client's may be used again once its order has ended. */
function idsOf({ venueOrderId, clientOrderId }: OrderRef, idKey: string, clientKey: string): Params {
  if (venueOrderId !== undefined) return { [idKey]: venueOrderId };
  if (clientOrderId !== undefined) return { [clientKey]: clientOrderId };
  throw unable('cancels no order without an id');
}

function orderCall<Answer>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  params: Params,
  scope: string,
  read: (row: wire.WireObject) => Answer,
): SignedCall<Answer> {
  return {
    method,
    section: 'fapiPrivate',
    path,
    params,
    scope,
    weight: 1,
    parse: (body) => read(object(body)),
  };
}
