import type { Clock } from '#shared/base/clock.ts';
import type { SimOrder } from '../accounts/account-desk.ts';
import { accountRows, keyRows } from '../korean/account-rows.ts';
import { arranged, boundedCount, named, windowOf } from '../korean/order-lists.ts';
import { type PrivateCall, PrivateRefusal } from '../korean/private-call.ts';
import { stateOf } from '../korean/private-dialect.ts';
import type { PrivateEndpoint } from '../korean/private-half.ts';
import { ORDER_IDS } from './ids.ts';
import { chanceRow, orderRow, orderWithTrades } from './order-rows.ts';
import { endState } from './private-frames.ts';
import { orderNamed, UpbitOrders } from './private-orders.ts';
import { invalid } from './private-words.ts';

const OPEN_STATES = ['wait', 'watch'];
const ENDED_STATES = ['done', 'cancel'];
const MAX_OPEN_PAGE = 100;
const MAX_CLOSED_PAGE = 1000;
const MAX_NAMED = 100;
const MAX_CANCELED_BY_NAME = 20;
const MAX_CANCELED = 300;
const MAX_PAIRS = 20;

/** Everything private Upbit answers, by method and path. */
export function upbitEndpoints(clock: Clock): Readonly<Record<string, PrivateEndpoint>> {
  const orders = new UpbitOrders(clock);
  const read = (answer: PrivateEndpoint['answer'], scope: PrivateEndpoint['scope'] = 'read') => ({
    scope,
    group: 'default',
    answer,
  });
  const trade = (answer: PrivateEndpoint['answer'], group = 'order', status = 200) => ({
    scope: 'trade' as const,
    group,
    status,
    answer,
  });
  const nothing = () => [];
  // Nothing ever leaves a simulated account: whoever may ask is told what is missing.
  const unsaid = () => {
    throw invalid('currency, amount, address');
  };
  // Nor is there any withdrawal to take back.
  const missing = () => {
    throw new PrivateRefusal(404, 'withdraw_not_found', '출금 정보를 찾지 못했습니다.');
  };
  return {
    'GET /v1/accounts': read(accountRows),
    'GET /v1/orders/chance': read((call) => {
      if (call.params.text('market') === undefined) throw invalid('market');
      return chanceRow(call);
    }),
    'GET /v1/order': read((call) => {
      const order = orderNamed(call, call.params.text('uuid'), call.params.text('identifier'));
      return orderWithTrades(call.factsOf(order), call.skewMs);
    }),
    'GET /v1/orders/open': read(openOrders),
    'GET /v1/orders/closed': read(closedOrders),
    'GET /v1/orders/uuids': read((call) => rowsOf(call, ordersNamed(call, MAX_NAMED))),
    'GET /v1/api_keys': read(keyRows, 'any'),
    'GET /v1/withdraws': read(nothing, 'withdraw'),
    'GET /v1/withdraws/coin_addresses': read(nothing, 'withdraw'),
    'POST /v1/withdraws/coin': read(unsaid, 'withdraw'),
    'POST /v1/withdraws/krw': read(unsaid, 'withdraw'),
    'DELETE /v1/withdraws/coin': read(missing, 'withdraw'),
    'GET /v1/deposits': read(nothing, 'money'),
    'GET /v1/deposits/coin_addresses': read(nothing, 'money'),
    'GET /v1/pockets': read(nothing, 'transfer'),
    'GET /v1/pockets/transfers': read(nothing, 'transfer'),
    'GET /v1/pockets/universal_transfers': read(nothing, 'transfer'),
    'POST /v1/orders': trade((call) => orders.place(call), 'order', 201),
    'POST /v1/orders/test': trade((call) => orders.test(call), 'order-test', 201),
    'POST /v1/orders/cancel_and_new': trade((call) => orders.cancelAndNew(call), 'order', 201),
    'DELETE /v1/order': trade((call) => orders.cancel(call), 'default'),
    'DELETE /v1/orders/uuids': trade(
      (call) => orders.cancelMany(call, ordersNamed(call, MAX_CANCELED_BY_NAME)),
      'default',
    ),
    'DELETE /v1/orders/open': trade((call) => orders.cancelMany(call, ordersMeant(call)), 'order-cancel-all'),
  };
}

function rowsOf(call: PrivateCall, orders: readonly SimOrder[]): unknown {
  return orders.map((order) => orderRow(call.factsOf(order), call.skewMs));
}

function statesIn(
  call: PrivateCall,
  known: readonly string[],
  standard: readonly string[],
): readonly string[] {
  const states = named(call, 'state', 'states');
  if (states.some((state) => !known.includes(state))) throw invalid('state');
  return states.length === 0 ? standard : states;
}

function inStates(call: PrivateCall, orders: readonly SimOrder[], states: readonly string[]): SimOrder[] {
  return orders.filter((order) => states.includes(stateOf(call.factsOf(order), { endState })));
}

function openOrders(call: PrivateCall): unknown {
  const states = statesIn(call, OPEN_STATES, ['wait']);
  const limit = boundedCount(call.params.text('limit'), MAX_OPEN_PAGE, MAX_OPEN_PAGE);
  const page = boundedCount(call.params.text('page'), 1, 100_000);
  if (limit === undefined || page === undefined) throw invalid('limit, page');
  const found = arranged(call, inStates(call, call.account.openOrders(), states));
  return rowsOf(call, found.slice((page - 1) * limit, page * limit));
}

/** Ended orders that were made within seven days: when they ended does not matter. */
function closedOrders(call: PrivateCall): unknown {
  const states = statesIn(call, ENDED_STATES, ENDED_STATES);
  const limit = boundedCount(call.params.text('limit'), MAX_OPEN_PAGE, MAX_CLOSED_PAGE);
  const window = windowOf(call);
  if (limit === undefined || !window) throw invalid('limit, start_time, end_time');
  const made = call.account.closedOrders().filter(({ createdAt }) => {
    const at = createdAt + call.skewMs;
    return at >= window.from && at <= window.to;
  });
  return rowsOf(call, arranged(call, inStates(call, made, states)).slice(0, limit));
}

/** Those of the ids named that are there; the others are passed over. */
function ordersNamed(call: PrivateCall, max: number): SimOrder[] {
  const { account, params } = call;
  const uuids = named(call, 'uuids', 'uuids').flatMap((text) => text.split(','));
  const identifiers = named(call, 'identifiers', 'identifiers').flatMap((text) => text.split(','));
  const count = uuids.length || identifiers.length;
  if (count === 0 || count > max) throw invalid('uuids, identifiers');
  const found =
    uuids.length > 0
      ? uuids.map((uuid) => account.orderByNumber(ORDER_IDS.number(uuid) ?? -1))
      : identifiers.map((identifier) => account.orderByClientId(identifier));
  const market = params.text('market');
  return found.filter(
    (order) => order !== undefined && (market ?? order.symbol) === order.symbol,
  ) as SimOrder[];
}

/** What a request to cancel everything is about: of a side, of some markets or of all but some, oldest or newest first. */
function ordersMeant(call: PrivateCall): SimOrder[] {
  const { params, account } = call;
  const side = params.text('cancel_side') ?? 'all';
  if (!['all', 'ask', 'bid'].includes(side)) throw invalid('cancel_side');
  const listed = (name: string) => params.text(name)?.split(',');
  const [pairs, excluded, quotes] = ['pairs', 'excluded_pairs', 'quote_currencies'].map(listed);
  if ((pairs?.length ?? 0) > MAX_PAIRS || (excluded?.length ?? 0) > MAX_PAIRS) throw invalid('pairs');
  if (pairs && quotes) throw invalid('pairs, quote_currencies');
  const count = boundedCount(params.text('count'), 20, MAX_CANCELED);
  if (count === undefined) throw invalid('count');
  const meant = account.openOrders().filter((order) => {
    const isSide = side === 'all' || (order.side === 'buy') === (side === 'bid');
    const quote = order.symbol.slice(0, order.symbol.indexOf('-'));
    const isMarket = (pairs?.includes(order.symbol) ?? true) && (quotes?.includes(quote) ?? true);
    return isSide && isMarket && !excluded?.includes(order.symbol);
  });
  return arranged(call, meant).slice(0, count);
}
