import Big from 'big.js';
import { HeartlineError } from '#shared/base/errors.ts';
import { isWireObject, Misshapen, show, type WireObject } from '#shared/base/wire.ts';
import { idText, optionalId } from '#shared/base/wire-decimal.ts';
import type { OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import type { Placed, SweepAnswer } from '../order.ts';
import { readSweep } from './sweep-answer.ts';
import { symbolOf } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** Most orders one call cancels. Its bound is not published: as many as one call may place (fact sheet, section 5.2). */
export const MOST_CANCELLED = 20;
/** What every decimal on the wire has to look like: no sign, no exponent, not nought. */
const POSITIVE = /^(?=.{1,40}$)(?=.*[1-9])\d+(?:\.\d+)?$/;
/** Fact sheet, section 5.4. */
const CLIENT_ID = /^[A-Za-z0-9_-]{1,36}$/;
const TIMES = { GTC: undefined, IOC: 'ioc', FOK: 'fok', GTX: 'post_only' } as const;
/** Digits a total may have where it is not won, which are whole. */
const COIN_PLACES = 8;

/** `POST /v2/orders` (fact sheet, section 5.2). The body's keys are hashed in the order they stand in here. */
export function placeCall(request: OrderRequest): SignedCall<Placed> {
  const clientOrderId = clientIdOf(request.clientOrderId);
  const market = symbolOf(request.instrument);
  return {
    method: 'POST',
    section: 'private',
    path: 'v2/orders',
    params: { market, ...termsOf(request, isWon(market)), client_order_id: clientOrderId },
    scope: 'order',
    weight: 1,
    parse: (body) => placedIn(body, { client_order_id: clientOrderId }),
  };
}

/** Won markets alone have times in force (fact sheet, section 5.2). */
export function isWon(market: string): boolean {
  return market.startsWith('KRW-');
}

function termsOf(request: OrderRequest, inWon: boolean): Params {
  if (request.reduceOnly || request.closePosition) throw unable('closes no positions: it has none');
  if (request.leg !== 'both') throw unable('has no positions of two sides');
  if (request.triggerPrice !== undefined) throw unable('takes no conditional orders');
  switch (request.type) {
    case 'limit':
      return limitTerms(request, inWon);
    case 'market':
      return marketTerms(request, inWon);
    default:
      throw unable('takes no conditional orders');
  }
}

function limitTerms({ side, quantity, price, timeInForce }: OrderRequest, inWon: boolean): Params {
  const time = TIMES[timeInForce];
  if (time !== undefined && !inWon) throw unable(`takes ${timeInForce} in won markets alone`);
  return {
    side: side === 'buy' ? 'bid' : 'ask',
    order_type: 'limit',
    volume: positive(quantity, 'quantity'),
    price: positive(price, 'price'),
    ...(time !== undefined && { time_in_force: time }),
  };
}

/** A market sale names coins; a market purchase names what it spends, and gets what that buys. */
function marketTerms({ side, quantity, notional, timeInForce, price }: OrderRequest, inWon: boolean): Params {
  if (timeInForce === 'FOK' || timeInForce === 'GTX') throw unable(`has no ${timeInForce} market orders`);
  if (price !== undefined) throw unable('takes no price with a market order');
  if (side === 'sell') {
    return { side: 'ask', order_type: 'market', volume: positive(quantity, 'quantity') };
  }
  // Never more than was meant.
  const total = new Big(positive(notional, 'notional')).round(inWon ? 0 : COIN_PLACES, Big.roundDown);
  return { side: 'bid', order_type: 'price', price: positive(total.toFixed(), 'notional') };
}

/** `DELETE /v2/order`. The answer says that the cancel was taken; the stream tells when it is done. */
export function cancelCall({ venueOrderId, clientOrderId }: OrderRef): SignedCall<Placed> {
  if (venueOrderId === undefined && clientOrderId === undefined)
    throw unable('cancels nothing without an id');
  const params: Readonly<Record<string, string>> =
    venueOrderId === undefined ? { client_order_id: clientOrderId ?? '' } : { order_id: venueOrderId };
  return {
    method: 'DELETE',
    section: 'private',
    path: 'v2/order',
    params,
    scope: 'cancel',
    weight: 1,
    parse: (body) => placedIn(body, params),
  };
}

/**
 * `POST /v2/orders/cancel`: by the venue's ids, or by ours where one of them has none of the venue's; one call takes only one kind.
 * Each is cancelled or not by itself.
 */
export function cancelManyCall(refs: readonly OrderRef[]): SignedCall<SweepAnswer> {
  if (refs.length === 0 || refs.length > MOST_CANCELLED) {
    throw unable(`cancels 1 to ${MOST_CANCELLED} orders at once, not ${refs.length}`);
  }
  const ids = refs.flatMap(({ venueOrderId }) => venueOrderId ?? []);
  const clientIds = refs.flatMap(({ clientOrderId }) => clientOrderId ?? []);
  const params: Params = ids.length === refs.length ? { order_ids: ids } : { client_order_ids: clientIds };
  if (ids.length !== refs.length && clientIds.length !== refs.length) {
    throw unable('cancels many by one kind of id, and no kind is known of all of them');
  }
  return {
    method: 'POST',
    section: 'private',
    path: 'v2/orders/cancel',
    params,
    scope: 'batch',
    weight: 1,
    parse: (body) => readSweep(body, refs.length),
  };
}

/** It tells the id alone. An answer about another order is no answer to ours. */
function placedIn(body: unknown, asked: Readonly<Record<string, string>>): Placed {
  const row = objectIn(body);
  for (const [key, wanted] of Object.entries(asked)) {
    const told = optionalId(row, key);
    if (told !== undefined && told !== wanted) {
      throw new Misshapen(`an answer about another order: ${show(told)}`);
    }
  }
  return { venueOrderId: idText(row, 'order_id') };
}

function objectIn(body: unknown): WireObject {
  if (!isWireObject(body)) throw new Misshapen(`no object: ${show(body)}`);
  return body;
}

function clientIdOf(id: string): string {
  if (!CLIENT_ID.test(id)) throw unable(`takes no id like ${show(id)}`);
  return id;
}

function positive(text: string | undefined, name: string): string {
  if (text === undefined || !POSITIVE.test(text)) throw unable(`takes no ${name} like ${show(text)}`);
  return text;
}

/** For what `abilities` does not offer. */
export function unable(what: string): HeartlineError {
  return new HeartlineError('order.unable', `Bithumb ${what}`, { details: { venue: 'bithumb' } });
}
