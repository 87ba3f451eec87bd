import type { SimOrder } from '../../accounts/account-desk.ts';
import { badParameter, categoryAsked, coinNamed, type PrivateContext, scopeOf } from './context.ts';
import { orderNamed } from './order-endpoints.ts';
import { executionRow, fundingRow, orderRow, positionRow } from './rows.ts';

/** Listings with pages. Newest first; a page's cursor has to be sent back as it came. */

const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
const RECENTLY_CLOSED = 500;

interface Page<Row> {
  readonly list: readonly Row[];
  readonly nextPageCursor: string;
}

function paged<Row>(
  { query }: PrivateContext,
  rows: readonly Row[],
  standard: number,
  most: number,
): Page<Row> {
  const limit = query.limit(standard, most);
  const cursor = query.text('cursor');
  // As it came, or decoded once more on its way.
  const position = cursor === undefined ? '0' : /^page(?:%3A|:)(\d{1,9})$/.exec(cursor)?.[1];
  if (position === undefined) throw badParameter('cursor is invalid');
  const from = Number(position);
  const isMore = from + limit < rows.length;
  return { list: rows.slice(from, from + limit), nextPageCursor: isMore ? `page%3A${from + limit}` : '' };
}

function rowOf(context: PrivateContext, order: SimOrder): Record<string, unknown> {
  const { coinOf, skewMs, fired } = context;
  return orderRow(order, coinOf(order.category, order.symbol), skewMs, fired.has(order));
}

const newestFirst = (a: SimOrder, b: SimOrder) => b.number - a.number;

/** `/v5/order/realtime`: what is open; `openOnly=1`: what ended lately; by an id: that one, open or not. */
export function readOrders(context: PrivateContext): unknown {
  const { query, account } = context;
  const category = categoryAsked(context);
  if (!category) return { category: query.family(), list: [], nextPageCursor: '' };
  if (query.text('orderId') !== undefined || query.text('orderLinkId') !== undefined) {
    const found = orderNamed(context, category);
    return { category, list: found ? [rowOf(context, found)] : [], nextPageCursor: '' };
  }
  const isMeant = scopeOf(context, category);
  const wanted =
    query.text('openOnly') === '1' ? account.closedOrders().slice(-RECENTLY_CLOSED) : account.openOrders();
  const filter = query.text('orderFilter');
  const found = wanted
    .filter(isMeant)
    .filter((order) => filter === undefined || (filter === 'Order') === (order.status !== 'untriggered'))
    .sort(newestFirst);
  const page = paged(context, found, 20, 50);
  return {
    category,
    list: page.list.map((order) => rowOf(context, order)),
    nextPageCursor: page.nextPageCursor,
  };
}

/** A window of at most a week in market time; without one, the latest week. */
function rangeOf({ query, serverTime, skewMs }: PrivateContext): {
  readonly from: number;
  readonly until: number;
} {
  const start = query.integer('startTime');
  const end = query.integer('endTime');
  if (start !== undefined && end !== undefined && (end < start || end - start > WEEK_MS)) {
    throw badParameter('the time range between startTime and endTime cannot exceed 7 days');
  }
  const until = end ?? (start === undefined ? serverTime : start + WEEK_MS);
  return { from: (start ?? until - WEEK_MS) - skewMs, until: until - skewMs };
}

export function readHistory(context: PrivateContext): unknown {
  const { query, account, serverTime, skewMs } = context;
  const category = categoryAsked(context);
  if (!category) return { category: query.family(), list: [], nextPageCursor: '' };
  const symbol = query.text('symbol') === undefined ? undefined : coinNamed(context, category).symbol;
  const named =
    query.text('orderId') !== undefined || query.text('orderLinkId') !== undefined
      ? orderNamed(context, category)
      : undefined;
  const isNamed = query.text('orderId') !== undefined || query.text('orderLinkId') !== undefined;
  const { from, until } = rangeOf(context);
  const now = serverTime - skewMs;
  const found = account
    .closedOrders()
    .filter((order) => order.category === category && (symbol === undefined || order.symbol === symbol))
    .filter((order) => !isNamed || order.number === named?.number)
    // What was never filled is forgotten after a day.
    .filter((order) => order.filled.gt(0) || now - order.updatedAt < DAY_MS)
    .filter(({ createdAt }) => createdAt >= from && createdAt <= until)
    .sort(newestFirst);
  const page = paged(context, found, 20, 50);
  return {
    category,
    list: page.list.map((order) => rowOf(context, order)),
    nextPageCursor: page.nextPageCursor,
  };
}

/** Fills, and among them funding. */
export function readExecutions(context: PrivateContext): unknown {
  const { query, account, coinOf, skewMs, desk } = context;
  const category = categoryAsked(context);
  if (!category) return { category: query.family(), list: [], nextPageCursor: '' };
  const symbol = query.text('symbol') === undefined ? undefined : coinNamed(context, category).symbol;
  const { from, until } = rangeOf(context);
  const isNamed = query.text('orderId') !== undefined || query.text('orderLinkId') !== undefined;
  const named = isNamed ? orderNamed(context, category) : undefined;
  const type = query.text('execType');
  const isMeant = (one: { readonly category: string; readonly symbol: string; readonly time: number }) =>
    one.category === category &&
    (symbol === undefined || one.symbol === symbol) &&
    one.time >= from &&
    one.time <= until;
  const fills = account
    .fills()
    .filter((fill) => isMeant(fill) && (!isNamed || fill.order.number === named?.number))
    .map((fill) => ({
      time: fill.time,
      number: fill.number,
      row: executionRow(fill, coinOf(category, fill.symbol), skewMs, rateOf(desk, category, fill.isMaker)),
    }));
  const fundings = account
    .fundings()
    .filter((funding) => !isNamed && isMeant(funding))
    .map((funding) => ({
      time: funding.time,
      number: funding.number,
      row: fundingRow(funding, coinOf(category, funding.symbol), skewMs),
    }));
  const found = [...fills, ...fundings]
    .filter(({ row }) => type === undefined || row['execType'] === type)
    .sort((a, b) => b.time - a.time || b.number - a.number);
  const page = paged(context, found, 50, 100);
  return { category, list: page.list.map(({ row }) => row), nextPageCursor: page.nextPageCursor };
}

export function rateOf({ rules }: PrivateContext['desk'], category: string, isMaker: boolean): string {
  const own = rules.categories[category];
  return (isMaker ? own?.makerFee : own?.takerFee) ?? '0';
}

/** With a symbol its row comes flat too, with a settle coin only what is held. */
export function readPositions(context: PrivateContext): unknown {
  const { query, account, coinOf, serverTime } = context;
  const category = categoryAsked(context);
  if (category === 'spot') throw badParameter('Category is invalid');
  if (!category) return { category: query.family(), list: [], nextPageCursor: '' };
  const isMeant = scopeOf(context, category);
  const symbols =
    query.text('symbol') === undefined
      ? account
          .positions()
          .filter(isMeant)
          .map(({ symbol }) => symbol)
      : [coinNamed(context, category).symbol];
  const page = paged(context, symbols, 20, 200);
  const list = page.list.map((symbol) => {
    return positionRow(account, coinOf(category, symbol), {
      time: serverTime,
      seq: seqOf(account.fills().length),
      entryName: 'avgPrice',
    });
  });
  return { category, list, nextPageCursor: page.nextPageCursor };
}

/** Cross sequences start high. */
export function seqOf(count: number): number {
  return 140_710_000_000 + count;
}
