import * as wire from '#shared/base/wire.ts';
import { textIfAny } from '#shared/base/wire-signed.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import type { Placed, SweepAnswer } from '../order.ts';
import { CANCELS, ORDERS } from './order-budgets.ts';
import { clientIdOf, orderedAs, positionFields, positive, unable } from './order-fields.ts';
import { resultOf } from './rest-envelope.ts';
import { type Family, symbolOf } from './symbols.ts';
import { triggerFields } from './trigger-fields.ts';

type Params = SignedCall<unknown>['params'];

/** Contracts are swept by the coin they settle in. */
const SETTLE_COINS = ['USDT', 'USDC'] as const;
/** Kinds of spot orders; a call that names none is about the first. */
const SPOT_FILTERS = ['Order', 'StopOrder', 'tpslOrder'] as const;

/**
 * `order/create`: the fact sheet, section 5.4. What answers says only that it was taken for processing: a post-only order that
 * would have taken is "cancelled" on the stream. Never with borrowed coins (`isLeverage` is left out).
 */
export function placeCall(request: OrderRequest): SignedCall<Placed> {
  const category = orderedAs(request.instrument);
  const orderLinkId = clientIdOf(request.clientOrderId);
  const params: Params = {
    category,
    symbol: symbolOf(request.instrument),
    side: request.side === 'buy' ? 'Buy' : 'Sell',
    ...termsOf(request),
    qty: positive(request.quantity, 'quantity'),
    ...triggerFields(request),
    ...positionFields(request),
    orderLinkId,
  };
  return orderCall('create', params, ORDERS[category], 1, (result) => {
    if (result['orderLinkId'] !== orderLinkId) throw new wire.Misshapen('an answer about another order');
    return { venueOrderId: wire.text(result, 'orderId') };
  });
}

/**
 * What a person calls a market order is a limit that lives for an instant, so that its price is bounded by us. Only what takes the
 * price it finds when its trigger is reached is a market order of the venue's.
 */
function termsOf({ type, isMarket, timeInForce, price }: OrderRequest): Params {
  switch (type) {
    case 'limit':
    case 'market':
      if ((isMarket || type === 'market') && (timeInForce === 'GTC' || timeInForce === 'GTX')) {
        throw unable('has no market order that rests');
      }
      return {
        orderType: 'Limit',
        price: positive(price, 'price'),
        timeInForce: timeInForce === 'GTX' ? 'PostOnly' : timeInForce,
      };
    case 'stop':
    case 'take-profit':
      if (timeInForce === 'GTX') throw unable('has no post-only order that waits for a trigger');
      return { orderType: 'Limit', price: positive(price, 'price'), timeInForce };
    case 'stop-market':
    case 'take-profit-market':
      if (price !== undefined) throw unable(`takes no price with a ${type} order`);
      return { orderType: 'Market' };
  }
}

/** `order/amend`: what is not named stays; the order keeps its ids. */
export function amendCall(
  order: OrderReport,
  { price, quantity, triggerPrice }: OrderChange,
): SignedCall<Placed> {
  const category = orderedAs(order.instrument);
  if (price === undefined && quantity === undefined && triggerPrice === undefined) {
    throw unable('changes nothing of an order');
  }
  if (triggerPrice !== undefined && order.status !== 'PENDING_TRIGGER') {
    throw unable('changes no trigger of an order that does not wait for one');
  }
  const params: Params = {
    category,
    symbol: symbolOf(order.instrument),
    orderId: order.venueOrderId,
    ...(quantity !== undefined && { qty: positive(quantity, 'quantity') }),
    ...(price !== undefined && { price: positive(price, 'price') }),
    ...(triggerPrice !== undefined && { triggerPrice: positive(triggerPrice, 'trigger price') }),
  };
  // In spot half as many may be changed as placed.
  const weight = category === 'spot' ? 2 : 1;
  return orderCall('amend', params, ORDERS[category], weight, (result) => sameOrder(result, order));
}

/** `order/cancel`. That it was asked for is all that is answered. */
export function cancelCall(ref: OrderRef): SignedCall<Placed> {
  const category = orderedAs(ref.instrument);
  const params: Params = { category, symbol: symbolOf(ref.instrument), ...idOf(ref) };
  return orderCall('cancel', params, CANCELS[category], 1, (result) => sameOrder(result, ref));
}

/** `order/cancel-all`: linear by instrument or coin, spot kind by kind. */
export function cancelAllCalls(instrument?: InstrumentId): readonly SignedCall<SweepAnswer>[] {
  const filters: readonly Params[] =
    instrument === undefined
      ? [...SETTLE_COINS.map((settleCoin) => ({ category: 'linear', settleCoin })), ...spotKinds({})]
      : orderedAs(instrument) === 'linear'
        ? [{ category: 'linear', symbol: symbolOf(instrument) }]
        : spotKinds({ symbol: symbolOf(instrument) });
  return filters.map((params) =>
    orderCall('cancel-all', params, CANCELS[params['category'] as Family], 1, (result) => swept(result)),
  );
}

function spotKinds(params: Params): readonly Params[] {
  return SPOT_FILTERS.map((orderFilter) => ({ category: 'spot', ...params, orderFilter }));
}

function swept({ list }: wire.WireObject): SweepAnswer {
  if (list === undefined) return { cancelled: [], failed: [], isBlind: true };
  if (!Array.isArray(list)) throw new wire.Misshapen(`list is no list: ${wire.show(list)}`);
  const cancelled = list.map((row: unknown) => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`a row is no object: ${wire.show(row)}`);
    const clientOrderId = textIfAny(row, 'orderLinkId');
    return {
      venueOrderId: wire.text(row, 'orderId'),
      ...(clientOrderId !== undefined && { clientOrderId }),
    };
  });
  return { cancelled, failed: [], isBlind: false };
}

function sameOrder(
  result: wire.WireObject,
  meant: { readonly venueOrderId?: string; readonly clientOrderId?: string },
): Placed {
  const venueOrderId = wire.text(result, 'orderId');
  const isIt =
    meant.venueOrderId === undefined
      ? result['orderLinkId'] === meant.clientOrderId
      : venueOrderId === meant.venueOrderId;
  if (!isIt) throw new wire.Misshapen('an answer about another order');
  return { venueOrderId };
}

function idOf({ venueOrderId, clientOrderId }: OrderRef): Params {
  if (venueOrderId !== undefined) return { orderId: venueOrderId };
  if (clientOrderId !== undefined) return { orderLinkId: clientOrderId };
  throw unable('cancels no order without an id');
}

function orderCall<Answer>(
  path: string,
  params: Params,
  scope: string,
  weight: number,
  read: (result: wire.WireObject) => Answer,
): SignedCall<Answer> {
  return {
    method: 'POST',
    section: 'private',
    path: `v5/order/${path}`,
    params,
    scope,
    weight,
    parse: (body) => read(resultOf(body)),
  };
}
