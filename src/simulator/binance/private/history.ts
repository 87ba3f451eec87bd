import type { SimOrder } from '../../accounts/account-desk.ts';
import { Refusal } from '../query.ts';
import { coinNamed, type PrivateContext, symbolAsked } from './context.ts';
import { algo } from './order-endpoints.ts';
import { fillRow, orderRow } from './order-rows.ts';
import { algoIdOf } from './order-words.ts';
import { isOpen, isUnrecorded } from './triggers.ts';

const WEEK_MS = 7 * 86_400_000;
const FORGOTTEN_MS = 3 * 86_400_000;

interface Range {
  readonly from: number;
  readonly until: number;
  /** Told only where it ends: the latest of it count. */
  readonly isFromEnd: boolean;
}

/** A window of at most a week in market time; without one, the latest week. */
function rangeOf({ query, serverTime, skewMs }: PrivateContext): Range {
  const { startTime, endTime } = query.window();
  if (startTime !== undefined && endTime !== undefined && endTime - startTime > WEEK_MS) {
    throw new Refusal(-4165, 'Invalid time interval. Maximum time interval is 7 days.');
  }
  const until = endTime ?? (startTime === undefined ? serverTime : startTime + WEEK_MS);
  const from = startTime ?? until - WEEK_MS;
  return { from: from - skewMs, until: until - skewMs, isFromEnd: startTime === undefined };
}

/** Oldest first, as many as are asked for: from the front where a start or an id was named, else the latest. */
function page<Row>({ query }: PrivateContext, rows: readonly Row[], isFromEnd: boolean): Row[] {
  const limit = query.limit(500, 1000);
  return isFromEnd ? rows.slice(-limit) : rows.slice(0, limit);
}

function everyOrder({ account }: PrivateContext): SimOrder[] {
  return [...account.openOrders(), ...account.closedOrders()]
    .filter((order) => !isUnrecorded(order))
    .sort((a, b) => a.number - b.number);
}

export function readAllOrders(context: PrivateContext): unknown {
  const { query, triggers, coinOf, skewMs } = context;
  const symbol = symbolAsked(context);
  const fromId = query.integer('orderId');
  const range = rangeOf(context);
  const now = context.serverTime - skewMs;
  const found = everyOrder(context).filter((order) => {
    if (!triggers.isRegular(order) || (symbol !== undefined && order.symbol !== symbol)) return false;
    if (!isOpen(order) && order.filled.eq(0) && now - order.updatedAt > FORGOTTEN_MS) return false;
    if (fromId !== undefined) return order.number >= fromId;
    return order.createdAt >= range.from && order.createdAt <= range.until;
  });
  return page(context, found, fromId === undefined && range.isFromEnd).map((order) =>
    orderRow(order, coinOf(order.symbol), skewMs),
  );
}

export function readAllConditional(context: PrivateContext): unknown {
  const { symbol } = coinNamed(context);
  const fromId = context.query.integer('algoId');
  const range = rangeOf(context);
  const found = everyOrder(context).filter((order) => {
    if (!order.trigger || order.symbol !== symbol) return false;
    if (fromId !== undefined) return algoIdOf(order) >= fromId;
    return order.createdAt >= range.from && order.createdAt <= range.until;
  });
  return page(context, found, fromId === undefined && range.isFromEnd).map((order) => algo(context, order));
}

export function readFills(context: PrivateContext): unknown {
  const { query, account, skewMs } = context;
  const coin = coinNamed(context);
  const fromId = query.integer('fromId');
  const orderId = query.integer('orderId');
  const hasTimes = query.text('startTime') !== undefined || query.text('endTime') !== undefined;
  if (fromId !== undefined && hasTimes) {
    throw new Refusal(-1128, 'Combination of optional parameters invalid.');
  }
  const range = rangeOf(context);
  const found = account.fills().filter((fill) => {
    if (fill.symbol !== coin.symbol || (orderId !== undefined && fill.order.number !== orderId)) return false;
    if (fromId !== undefined) return fill.tradeId >= fromId;
    return fill.time >= range.from && fill.time <= range.until;
  });
  return page(context, found, fromId === undefined && range.isFromEnd).map((fill) =>
    fillRow(fill, coin, skewMs),
  );
}

const INCOME_LIMIT = 100;

/** `/fapi/v1/income`, of funding alone. */
export function readIncome(context: PrivateContext): unknown {
  const { account, query, skewMs } = context;
  const symbol = symbolAsked(context);
  const type = query.text('incomeType') ?? 'FUNDING_FEE';
  const range = rangeOf(context);
  if (type !== 'FUNDING_FEE') return [];
  const limit = query.limit(INCOME_LIMIT, 1000);
  return account
    .fundings()
    .filter((one) => symbol === undefined || one.symbol === symbol)
    .filter(({ time }) => time >= range.from && time <= range.until)
    .slice(range.isFromEnd ? -limit : 0)
    .slice(0, limit)
    .map((one) => ({
      symbol: one.symbol,
      incomeType: 'FUNDING_FEE',
      income: one.payment.toFixed(8),
      asset: 'USDT',
      time: one.time + skewMs,
      info: 'FUNDING_FEE',
      tranId: one.number,
      tradeId: '',
    }));
}
