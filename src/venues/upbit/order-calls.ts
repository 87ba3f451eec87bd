import Big from 'big.js';
import { HeartlineError } from '#shared/base/errors.ts';
import { isWireObject, Misshapen, show, type WireObject } from '#shared/base/wire.ts';
import { idText, optionalId } from '#shared/base/wire-decimal.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import type { Placed, SweepAnswer } from '../order.ts';
import { readOrder } from './account-order.ts';
import { readSweep } from './sweep-answer.ts';
import { symbolOf } from './symbols.ts';

type Params = SignedCall<unknown>['params'];

/** Most orders one call cancels (fact sheet, section 5.2). */
const MOST_CANCELLED = 300;
/** What every decimal on the wire has to look like: no sign, no exponent, not nought. */
const POSITIVE = /^(?=.{1,40}$)(?=.*[1-9])\d+(?:\.\d+)?$/;
/** The venue publishes no bound of its own (fact sheet, section 5.5). */
const CLIENT_ID = /^[A-Za-z0-9_-]{1,36}$/;
const TIMES = { GTC: undefined, IOC: 'ioc', FOK: 'fok', GTX: 'post_only' } as const;
/** Digits a total may have in each market's money: won are whole. */
const TOTAL_PLACES: Readonly<Record<string, number>> = { KRW: 0 };
const COIN_PLACES = 8;

/** `POST /v1/orders` (fact sheet, section 5.3). The body's keys are hashed in the order they stand in here. */
export function placeCall(request: OrderRequest): SignedCall<Placed> {
  const identifier = clientIdOf(request.clientOrderId);
  return {
    method: 'POST',
    section: 'private',
    path: 'orders',
    params: { market: symbolOf(request.instrument), ...termsOf(request), identifier },
    scope: 'order',
    weight: 1,
    parse: (body) => placedIn(body, identifier),
  };
}

function termsOf(request: OrderRequest): Params {
  if (request.reduceOnly || request.closePosition) throw unable('closes no positions: it has none');
  if (request.leg !== 'both') throw unable('has no positions of two sides');
  if (request.triggerPrice !== undefined) throw unable('takes no conditional orders');
  switch (request.type) {
    case 'limit':
      return limitTerms(request);
    case 'market':
      return marketTerms(request);
    default:
      throw unable('takes no conditional orders');
  }
}

function limitTerms({ side, quantity, price, timeInForce }: OrderRequest): Params {
  const time = TIMES[timeInForce];
  return {
    side: sideWord(side),
    ord_type: 'limit',
    volume: positive(quantity, 'quantity'),
    price: positive(price, 'price'),
    ...(time !== undefined && { time_in_force: time }),
  };
}

/** A market sale names coins; a market purchase names what it spends, and gets what that buys. */
function marketTerms({ side, quantity, notional, timeInForce, price, instrument }: OrderRequest): Params {
  if (timeInForce === 'FOK' || timeInForce === 'GTX') throw unable(`has no ${timeInForce} market orders`);
  if (price !== undefined) throw unable('takes no price with a market order');
  if (side === 'sell') {
    return { side: 'ask', ord_type: 'market', volume: positive(quantity, 'quantity') };
  }
  return { side: 'bid', ord_type: 'price', price: totalOf(positive(notional, 'notional'), instrument) };
}

/** Never more than was meant. */
function totalOf(notional: string, instrument: InstrumentId): string {
  const money = instrument.slice(instrument.lastIndexOf('-') + 1);
  const total = new Big(notional).round(TOTAL_PLACES[money] ?? COIN_PLACES, Big.roundDown);
  return positive(total.toFixed(), 'notional');
}

/**
 * `DELETE /v1/order`. The answer shows the order as it still stood: the cancel follows, and the stream tells of it.
 */
export function cancelCall({ venueOrderId, clientOrderId }: OrderRef): SignedCall<Placed> {
  if (venueOrderId === undefined && clientOrderId === undefined)
    throw unable('cancels nothing without an id');
  return {
    method: 'DELETE',
    section: 'private',
    path: 'order',
    params: venueOrderId === undefined ? { identifier: clientOrderId ?? '' } : { uuid: venueOrderId },
    scope: 'default',
    weight: 1,
    parse(body) {
      const row = objectIn(body);
      checkIs(row, 'uuid', venueOrderId);
      checkIs(row, 'identifier', venueOrderId === undefined ? clientOrderId : undefined);
      return { venueOrderId: idText(row, 'uuid') };
    },
  };
}

/** `DELETE /v1/orders/open`: at most 300 orders a call, of one market or of all. Once in two seconds. */
export function cancelAllCall(instrument?: InstrumentId): SignedCall<SweepAnswer> {
  return {
    method: 'DELETE',
    section: 'private',
    path: 'orders/open',
    params: {
      cancel_side: 'all',
      ...(instrument !== undefined && { pairs: symbolOf(instrument) }),
      count: MOST_CANCELLED,
    },
    scope: 'order-cancel-all',
    weight: 1,
    parse: readSweep,
  };
}

function placedIn(body: unknown, identifier: string): Placed {
  const row = objectIn(body);
  checkIs(row, 'identifier', identifier);
  const venueOrderId = idText(row, 'uuid');
  const report = reportIn(row);
  return { venueOrderId, ...(report && { report }) };
}

/** That it was taken is told by its id; what else cannot be read of it comes by the stream, which raises the alarm. */
function reportIn(row: WireObject): OrderReport | undefined {
  try {
    return readOrder(row);
  } catch (fault) {
    if (fault instanceof HeartlineError) return undefined;
    throw fault;
  }
}

/** An answer about another order is no answer to ours. */
function checkIs(row: WireObject, key: string, wanted: string | undefined): void {
  const told = optionalId(row, key);
  if (wanted !== undefined && told !== undefined && told !== wanted) {
    throw new Misshapen(`an answer about another order: ${show(told)}`);
  }
}

function objectIn(body: unknown): WireObject {
  if (!isWireObject(body)) throw new Misshapen(`no object: ${show(body)}`);
  return body;
}

function sideWord(side: 'buy' | 'sell'): string {
  return side === 'buy' ? 'bid' : 'ask';
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
  return new HeartlineError('order.unable', `Upbit ${what}`, { details: { venue: 'upbit' } });
}
