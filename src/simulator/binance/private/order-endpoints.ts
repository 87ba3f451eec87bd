import type { Refused, SimOrder } from '../../accounts/account-desk.ts';
import { Query, Refusal } from '../query.ts';
import { coinNamed, type PrivateContext, refusalFor, settled, symbolAsked } from './context.ts';
import { algoNamed, conditionalDraft, orderNamed, regularDraft, requiredDecimal } from './order-drafts.ts';
import { acceptedRow, algoRow, orderRow } from './order-rows.ts';
import { algoIdOf, clientIdOf } from './order-words.ts';
import { isOpen, isUnrecorded } from './triggers.ts';

/** The endpoints that place, change and cancel, and those that show what is open. */

const ALL_CANCELLED = { code: 200, msg: 'The operation of cancel all open order is done.' };
const FORGOTTEN_MS = 3 * 86_400_000;

const noSuchOrder = () => new Refusal(-2013, 'Order does not exist.');
const unknownOrder = () => new Refusal(-2011, 'Unknown order sent.');

function openRegular({ account, triggers }: PrivateContext): SimOrder[] {
  return account.openOrders().filter((order) => isOpen(order) && triggers.isRegular(order));
}

function openConditional({ account }: PrivateContext): SimOrder[] {
  return account.openOrders().filter(({ status }) => status === 'untriggered');
}

function row(context: PrivateContext, order: SimOrder): Record<string, unknown> {
  return orderRow(order, context.coinOf(order.symbol), context.skewMs);
}

function accepted(context: PrivateContext, order: SimOrder): Record<string, unknown> {
  return acceptedRow(order, context.coinOf(order.symbol), context.skewMs);
}

export function placeOrder(context: PrivateContext): unknown {
  const { desk, account, query, feed } = context;
  const draft = regularDraft(context);
  let outcome: SimOrder | Refused | undefined;
  feed.taking(() => {
    outcome = desk.place(account, draft);
    return 'refused' in outcome ? undefined : outcome;
  });
  if (!outcome) throw new Error('The desk said nothing of an order.');
  const placed = settled<SimOrder>(outcome, draft);
  if (isUnrecorded(placed)) {
    throw placed.ended === 'fok'
      ? new Refusal(
          -5021,
          'Due to the order could not be filled immediately, the FOK order has been rejected.',
        )
      : refusalFor({ refused: 'post-only', message: '' });
  }
  const answer = accepted(context, placed);
  // An acknowledgement says that it was taken into the queue, whatever has become of it since.
  return query.text('newOrderRespType') === 'RESULT'
    ? answer
    : { ...answer, status: 'NEW', executedQty: '0', cumQty: '0' };
}

/** Reads the order as `placeOrder` would, and does nothing. */
export function testOrder(context: PrivateContext): unknown {
  regularDraft(context);
  return {};
}

export function changeOrder(context: PrivateContext): unknown {
  const order = orderNamed(context);
  if (!order || !isOpen(order)) throw noSuchOrder();
  if (order.type !== 'limit') throw new Refusal(-4135, 'Only limit orders may be modified.');
  context.query.required('side');
  const price = requiredDecimal(context, 'price');
  const quantity = requiredDecimal(context, 'quantity');
  const isSame = order.price?.eq(price) && order.quantity?.eq(quantity);
  if (isSame) throw new Refusal(-5027, 'No need to modify the order.');
  const outcome = context.desk.amend(context.account, order, { price, quantity });
  return accepted(context, settled(outcome, order));
}

export function cancelOrder(context: PrivateContext): unknown {
  const order = orderNamed(context);
  if (!order || !isOpen(order)) throw unknownOrder();
  return accepted(context, settled(context.desk.cancel(context.account, order)));
}

export function cancelAll(context: PrivateContext): unknown {
  const { symbol } = coinNamed(context);
  for (const order of openRegular(context)) {
    if (order.symbol === symbol) context.desk.cancel(context.account, order);
  }
  return ALL_CANCELLED;
}

/** The dead man's switch: unless it is set again in time, what is open in the symbol is cancelled. */
export function countDown(context: PrivateContext): unknown {
  const { account, countdowns, query } = context;
  const { symbol } = coinNamed(context);
  const countdownTime = query.integer('countdownTime');
  if (countdownTime === undefined || countdownTime < 0) {
    throw new Refusal(
      -1102,
      "Mandatory parameter 'countdownTime' was not sent, was empty/null, or malformed.",
    );
  }
  countdowns.set(account.id, symbol, countdownTime, () => cancelAll(context));
  return { symbol, countdownTime: String(countdownTime) };
}

export function readOrder(context: PrivateContext): unknown {
  const order = orderNamed(context);
  if (!order) throw noSuchOrder();
  const isEmpty = !isOpen(order) && order.filled.eq(0);
  const now = context.serverTime - context.skewMs;
  if (isEmpty && now - order.updatedAt > FORGOTTEN_MS) throw noSuchOrder();
  return row(context, order);
}

export function readOpenOrder(context: PrivateContext): unknown {
  const order = orderNamed(context);
  if (!order || !isOpen(order)) throw noSuchOrder();
  return row(context, order);
}

export function readOpenOrders(context: PrivateContext): unknown {
  const symbol = symbolAsked(context);
  return openRegular(context)
    .filter((order) => symbol === undefined || order.symbol === symbol)
    .map((order) => row(context, order));
}

export function placeConditional(context: PrivateContext): unknown {
  const { desk, account } = context;
  const draft = conditionalDraft(context);
  return algo(context, settled(desk.place(account, draft), draft));
}

export function cancelConditional(context: PrivateContext): unknown {
  const order = algoNamed(context);
  if (order?.status !== 'untriggered') throw unknownOrder();
  settled(context.desk.cancel(context.account, order));
  return { algoId: algoIdOf(order), clientAlgoId: clientIdOf(order), code: '200', msg: 'success' };
}

export function cancelAllConditional(context: PrivateContext): unknown {
  const { symbol } = coinNamed(context);
  for (const order of openConditional(context)) {
    if (order.symbol === symbol) context.desk.cancel(context.account, order);
  }
  return ALL_CANCELLED;
}

export function readConditional(context: PrivateContext): unknown {
  const order = algoNamed(context);
  if (!order) throw noSuchOrder();
  return algo(context, order);
}

export function readOpenConditional(context: PrivateContext): unknown {
  const symbol = symbolAsked(context);
  return openConditional(context)
    .filter((order) => symbol === undefined || order.symbol === symbol)
    .map((order) => algo(context, order));
}

export function algo(context: PrivateContext, order: SimOrder): Record<string, unknown> {
  return algoRow(order, context.coinOf(order.symbol), context.skewMs, context.triggers);
}

const MOST_PLACED = 5;
const MOST_CANCELLED = 10;

/** A list as text, each refused or done for itself. */
export function batch(
  name: 'batchOrders' | 'orderIdList',
  one: (context: PrivateContext) => unknown,
): (context: PrivateContext) => unknown {
  return (context) => {
    const items = name === 'batchOrders' ? listIn(context, name) : idsIn(context);
    const most = name === 'batchOrders' ? MOST_PLACED : MOST_CANCELLED;
    if (items.length === 0 || items.length > most) {
      throw new Refusal(-4082, 'Invalid number of batch place orders.');
    }
    return items.map((item) => {
      const params = new URLSearchParams(
        Object.entries(item).map(([key, value]): [string, string] => [key, String(value)]),
      );
      try {
        return one({ ...context, query: new Query(params) });
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        return { code: fault.code, msg: fault.message };
      }
    });
  };
}

function listIn({ query }: PrivateContext, name: string): Record<string, unknown>[] {
  const text = query.required(name);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (Array.isArray(value)) return value as Record<string, unknown>[];
  throw new Refusal(-1130, `Data sent for parameter '${name}' is not valid.`);
}

function idsIn(context: PrivateContext): Record<string, unknown>[] {
  const { query } = context;
  const symbol = coinNamed(context).symbol;
  // Names of parameters are taken in small letters too.
  const [name = 'orderIdList', key = 'orderId'] =
    [
      ['orderIdList', 'orderId'],
      ['orderidlist', 'orderId'],
      ['origClientOrderIdList', 'origClientOrderId'],
      ['origclientorderidlist', 'origClientOrderId'],
    ].find(([sent = '']) => query.text(sent) !== undefined) ?? [];
  const ids = listIn(context, name) as unknown[];
  return ids.map((id) => ({ symbol, [key]: id }));
}
