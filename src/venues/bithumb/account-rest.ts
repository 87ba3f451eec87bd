import Big from 'big.js';
import type { Secret } from '#shared/base/secret.ts';
import { isWireObject, Misshapen, show, type WireObject } from '#shared/base/wire.ts';
import { exactDecimal, objects, optionalDecimal, optionalId } from '#shared/base/wire-decimal.ts';
import { msOfZonedText } from '#shared/base/zoned-time.ts';
import type { Environment, KeyRights } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { AccountRest, Page, RightsQuestion, SignedCall } from '../account.ts';
import { readBalance } from './account-codec.ts';
import { readFills, readOrder } from './account-order.ts';
import { symbolOf } from './symbols.ts';

const PAGE = 100;
const WEEK_MS = 7 * 24 * 60 * 60_000;
/** An id that is never given to an order: Heartline's own have no hyphens. */
const NOBODYS_ORDER = 'heartline-asks-for-its-rights';

/** Private calls of API 2.x. Open and ended orders are lists of v2, one order with its fills is of v1 (fact sheet, 5.2). */
export const accountRest = {
  historyWindowMs: WEEK_MS,

  rights(_environment: Environment, apiKey?: Secret): RightsQuestion {
    return {
      told: [{ ...get('v1/api_keys', {}), parse: (body, now) => expiryIn(body, apiKey, now) }],
      probed: [
        // Balances and orders are two rights, and reading an account takes both.
        { right: 'read', call: { ...get('v1/accounts', {}), parse: objects }, otherwise: 'unknown' },
        {
          right: 'read',
          call: { ...get('v2/orders/pending', { limit: 1 }), parse: rowsIn },
          otherwise: 'unknown',
        },
        // There is no trial of an order here, and placing one to find out is out of the question. Cancelling needs the
        // same right and, for an id that no order has, does nothing: "no such order" shows the right.
        { right: 'trade', call: CANCEL_NOBODYS, otherwise: 'yes' },
        // Seeing withdrawals and making them cannot be told apart but by a withdrawal: whoever may see them counts as able
        // to make them.
        {
          right: 'withdraw',
          call: { ...get('v1/withdraws', { limit: 1 }), parse: objects },
          otherwise: 'unknown',
        },
      ],
      // A key's rights are assets, orders, withdrawals and deposits: none moves money between accounts.
      assumed: { transfer: 'no' },
    };
  },

  facts() {
    return {
      ...get('v1/orders/chance', { market: 'KRW-BTC' }),
      parse: (body: unknown) => ({ feeTier: `${new Big(feesIn(body).taker).times(100).toFixed()} %` }),
    };
  },

  balances() {
    return { ...get('v1/accounts', {}), parse: (body: unknown) => objects(body).map(readBalance) };
  },

  openOrders(instrument?: InstrumentId) {
    return [page('v2/orders/pending', { ...marketOf(instrument), limit: PAGE, order_by: 'desc' })];
  },

  closedOrders({ from, to, instrument }) {
    return ['done', 'cancel'].map((state) =>
      page('v2/orders/history', {
        ...marketOf(instrument),
        state,
        start_time: from,
        end_time: to,
        limit: PAGE,
        order_by: 'desc',
      }),
    );
  },

  order({ venueOrderId, clientOrderId }) {
    const asked =
      venueOrderId === undefined ? { client_order_id: clientOrderId ?? '' } : { uuid: venueOrderId };
    return {
      ...get('v1/order', asked),
      parse(body: unknown) {
        const row = objectIn(body);
        return { order: readOrder(row), fills: readFills(row) };
      },
    };
  },

  fees(instrument: InstrumentId) {
    return {
      ...get('v1/orders/chance', { market: symbolOf(instrument) }),
      parse: (body: unknown) => ({ instrument, ...feesIn(body) }),
    };
  },
} satisfies AccountRest;

type Params = SignedCall<unknown>['params'];

function get(path: string, params: Params) {
  return { method: 'GET', section: 'private', path, params, scope: 'other', weight: 1 } as const;
}

const CANCEL_NOBODYS: SignedCall<unknown> = {
  method: 'DELETE',
  section: 'private',
  path: 'v2/order',
  params: { client_order_id: NOBODYS_ORDER },
  scope: 'cancel',
  weight: 1,
  parse: objectIn,
};

function marketOf(instrument: InstrumentId | undefined): Params {
  return instrument === undefined ? {} : { market: symbolOf(instrument) };
}

/** `next_key` of one answer asks for the next; on the last it is null. */
function page(path: string, params: Params): SignedCall<Page<OrderReport>> {
  return {
    ...get(path, params),
    parse(body) {
      const rows = rowsIn(body).map(readOrder);
      const next =
        isWireObject(body) && body['has_next'] !== false ? optionalId(body, 'next_key') : undefined;
      // The same cursor once more would lead nowhere.
      if (next === undefined || next === params['next_key']) return { rows };
      return { rows, next: page(path, { ...params, next_key: next }) };
    },
  };
}

/** A list, or one beside its cursor: the fact sheet does not name the field, and two are used. */
function rowsIn(body: unknown): readonly WireObject[] {
  if (!isWireObject(body)) return objects(body);
  return objects(body['data'] ?? body['orders']);
}

/**
 * All keys of the account are told of. Without knowing which is ours, the next one to end decides: better a warning too
 * early.
 */
function expiryIn(body: unknown, apiKey: Secret | undefined, now: number): Partial<KeyRights> {
  const rows = objects(body);
  const own = apiKey && rows.filter((row) => row['access_key'] === apiKey.reveal());
  const ends = (own ?? rows).flatMap((row) => endOf(row) ?? []);
  const next = own ? ends : ends.filter((end) => end > now);
  return next.length === 0 ? {} : { expiresAt: Math.min(...next) };
}

/** A time nobody can read tells as much as none: no reason to refuse a key. */
function endOf(row: WireObject): number | undefined {
  const end = row['expire_at'];
  return typeof end === 'string' ? msOfZonedText(end) : undefined;
}

/** The dearer side counts; makers pay as takers where nothing else is told. */
function feesIn(body: unknown): { readonly maker: string; readonly taker: string } {
  const row = objectIn(body);
  const taker = dearer(exactDecimal(row, 'bid_fee'), exactDecimal(row, 'ask_fee'));
  const [bid, ask] = [optionalDecimal(row, 'maker_bid_fee'), optionalDecimal(row, 'maker_ask_fee')];
  return { maker: dearer(bid ?? taker, ask ?? bid ?? taker), taker };
}

function dearer(one: string, other: string): string {
  return new Big(one).gt(other) ? one : other;
}

function objectIn(body: unknown): WireObject {
  if (!isWireObject(body)) throw new Misshapen(`no object: ${show(body)}`);
  return body;
}
