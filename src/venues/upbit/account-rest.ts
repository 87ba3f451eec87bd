import Big from 'big.js';
import type { Secret } from '#shared/base/secret.ts';
import { isWireObject, Misshapen, show, type WireObject } from '#shared/base/wire.ts';
import { exactDecimal, objects, optionalDecimal } from '#shared/base/wire-decimal.ts';
import { msOfZonedText } from '#shared/base/zoned-time.ts';
import type { Environment, KeyRights } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { AccountRest, Page, RightsQuestion, SignedCall } from '../account.ts';
import { readBalance } from './account-codec.ts';
import { readFills, readOrder } from './account-order.ts';
import { symbolOf } from './symbols.ts';

const OPEN_PAGE = 100;
const CLOSED_PAGE = 1000;
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** Private calls of venue's REST reference, docs version 1.6.4. Paths without `/v1/`, as ccxt calls them. */
export const accountRest = {
  historyWindowMs: WEEK_MS,

  rights(_environment: Environment, apiKey?: Secret): RightsQuestion {
    return {
      told: [{ ...get('api_keys', {}), parse: (body, now) => expiryIn(body, apiKey, now) }],
      probed: [
        // Balances and orders are two rights, and reading an account takes both.
        { right: 'read', call: { ...get('accounts', {}), parse: listIn }, otherwise: 'unknown' },
        { right: 'read', call: { ...get('orders/open', { limit: 1 }), parse: listIn }, otherwise: 'unknown' },
        // Checked as an order is, and never placed. That it is refused for want of money shows the right as well.
        { right: 'trade', call: ORDER_TEST, otherwise: 'yes' },
        // Seeing withdrawals and making them are two rights. Taking one back needs the second and, for an id that no
        // withdrawal has, does nothing: that there is no such withdrawal shows the right. Whoever may see them counts as
        // able to make them as well: nothing of it is any use to us.
        {
          right: 'withdraw',
          call: { ...get('withdraws', { limit: 1 }), parse: listIn },
          otherwise: 'unknown',
        },
        { right: 'withdraw', call: TAKE_BACK_NONE, otherwise: 'yes' },
        // Pockets are shown to keys of the main pocket that may move money between all of them, what was moved out of one
        // pocket to keys of that pocket that may do so, and neither to any others (venue's page on pockets).
        { right: 'transfer', call: { ...get('pockets', {}), parse: anything }, otherwise: 'unknown' },
        {
          right: 'transfer',
          call: { ...get('pockets/transfers', {}), parse: anything },
          otherwise: 'unknown',
        },
      ],
      assumed: {},
    };
  },

  facts() {
    return {
      ...get('orders/chance', { market: 'KRW-BTC' }),
      parse: (body: unknown) => ({ feeTier: `${new Big(feesIn(body).taker).times(100).toFixed()} %` }),
    };
  },

  balances() {
    return { ...get('accounts', {}), parse: (body: unknown) => objects(body).map(readBalance) };
  },

  openOrders(instrument?: InstrumentId) {
    return ['wait', 'watch'].map((state) => openPage(state, instrument, 1));
  },

  closedOrders({ from, to, instrument }) {
    return ['done', 'cancel'].map((state) => closedPage({ state, from, to, instrument }));
  },

  order({ venueOrderId, clientOrderId }) {
    return {
      ...get(
        'order',
        venueOrderId === undefined ? { identifier: clientOrderId ?? '' } : { uuid: venueOrderId },
      ),
      parse(body: unknown) {
        const row = objectIn(body);
        return { order: readOrder(row), fills: readFills(row) };
      },
    };
  },

  fees(instrument: InstrumentId) {
    return {
      ...get('orders/chance', { market: symbolOf(instrument) }),
      parse: (body: unknown) => ({ instrument, ...feesIn(body) }),
    };
  },
} satisfies AccountRest;

type Params = SignedCall<unknown>['params'];

function get(path: string, params: Params) {
  return { method: 'GET', section: 'private', path, params, scope: 'default', weight: 1 } as const;
}

const ORDER_TEST: SignedCall<unknown> = {
  method: 'POST',
  section: 'private',
  path: 'orders/test',
  params: { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', volume: '0.01', price: '1000000' },
  scope: 'order-test',
  weight: 1,
  parse: objectIn,
};

/** Takes back a withdrawal that does not exist (venue's REST reference, "cancel withdrawal"). */
const TAKE_BACK_NONE: SignedCall<unknown> = {
  method: 'DELETE',
  section: 'private',
  path: 'withdraws/coin',
  params: { uuid: '00000000-0000-4000-8000-000000000000' },
  scope: 'default',
  weight: 1,
  parse: objectIn,
};

/**
 * Pages are counted, newest first: an order that ends while they are read moves one from the next page to the last. The
 * stream tells of the end, and the next reconciliation finds what was passed over.
 */
function openPage(
  state: string,
  instrument: InstrumentId | undefined,
  page: number,
): SignedCall<Page<OrderReport>> {
  const market = instrument === undefined ? {} : { market: symbolOf(instrument) };
  return {
    ...get('orders/open', { ...market, state, page, limit: OPEN_PAGE, order_by: 'desc' }),
    parse(body) {
      const rows = objects(body).map(readOrder);
      return rows.length < OPEN_PAGE ? { rows } : { rows, next: openPage(state, instrument, page + 1) };
    },
  };
}

interface ClosedRange {
  readonly state: string;
  readonly from: number;
  readonly to: number;
  readonly instrument: InstrumentId | undefined;
}

/** No pages here: what is left of the range is asked for anew, up to the second of the oldest order (seen twice, then). */
function closedPage(range: ClosedRange): SignedCall<Page<OrderReport>> {
  const { state, from, to, instrument } = range;
  const market = instrument === undefined ? {} : { market: symbolOf(instrument) };
  return {
    ...get('orders/closed', {
      ...market,
      state,
      start_time: from,
      end_time: to,
      limit: CLOSED_PAGE,
      order_by: 'desc',
    }),
    parse(body) {
      const rows = objects(body).map(readOrder);
      if (rows.length < CLOSED_PAGE) return { rows };
      const oldest = Math.min(...rows.map((order) => order.createdAt ?? to));
      const until = oldest + 999 < to ? oldest + 999 : oldest - 1;
      return until < from ? { rows } : { rows, next: closedPage({ ...range, to: until }) };
    },
  };
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

function listIn(body: unknown): readonly WireObject[] {
  return objects(body);
}

function anything(body: unknown): unknown {
  return body;
}

function objectIn(body: unknown): WireObject {
  if (!isWireObject(body)) throw new Misshapen(`no object: ${show(body)}`);
  return body;
}
