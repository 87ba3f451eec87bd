import type { Clock } from '#shared/base/clock.ts';
import type { SimOrder } from '../accounts/account-desk.ts';
import { accountRows, keyRows } from '../korean/account-rows.ts';
import { arranged, boundedCount, named, windowOf } from '../korean/order-lists.ts';
import type { PrivateCall } from '../korean/private-call.ts';
import { stateOf } from '../korean/private-dialect.ts';
import type { PrivateEndpoint } from '../korean/private-half.ts';
import { ORDER_IDS } from './ids.ts';
import { chanceRow, orderRow, orderRowV2, orderWithTrades } from './order-rows.ts';
import { endState } from './private-frames.ts';
import { BithumbOrders, byId } from './private-orders.ts';
import { invalid } from './private-words.ts';

const OPEN_STATES = ['wait', 'watch'];
const ENDED_STATES = ['done', 'cancel'];
const MAX_PAGE = 100;
const MAX_NAMED = 100;

/** Everything private Bithumb answers, by method and path. */
export function bithumbEndpoints(clock: Clock): Readonly<Record<string, PrivateEndpoint>> {
  const orders = new BithumbOrders(clock);
  const read = (answer: PrivateEndpoint['answer'], scope: PrivateEndpoint['scope'] = 'read') => ({
    scope,
    group: 'other',
    answer,
  });
  const trade = (answer: PrivateEndpoint['answer'], group: string, status = 200) => ({
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
  return {
    'GET /v1/accounts': read(accountRows),
    'GET /v1/orders/chance': read((call) => {
      const code = call.params.text('market');
      if (code === undefined) throw invalid('market');
      return chanceRow(call, code);
    }),
    'GET /v1/order': read((call) => {
      const order = orders.named(call, call.params.text('uuid'));
      return orderWithTrades(call.factsOf(order), call.skewMs);
    }),
    'GET /v1/orders': read((call) => listed(call, orders)),
    'GET /v2/orders/pending': read((call) => paged(call, orders, call.account.openOrders(), OPEN_STATES)),
    'GET /v2/orders/history': read((call) => paged(call, orders, ended(call), ENDED_STATES)),
    'POST /v2/orders/search': read((call) => ({
      orders: rows(call, orders, ordersNamed(call, 'order_ids'), orderRowV2),
    })),
    'GET /v1/api_keys': read(keyRows, 'any'),
    'GET /v1/withdraws': read(nothing, 'withdraw'),
    'GET /v1/withdraws/krw': read(nothing, 'withdraw'),
    'GET /v1/withdraws/coin_addresses': read(nothing, 'withdraw'),
    'POST /v1/withdraws/coin': read(unsaid, 'withdraw'),
    'POST /v1/withdraws/krw': read(unsaid, 'withdraw'),
    'GET /v1/deposits': read(nothing, 'money'),
    'GET /v1/deposits/krw': read(nothing, 'money'),
    'GET /v1/deposits/coin_addresses': read(nothing, 'money'),
    'POST /v2/orders': trade((call) => orders.place(call), 'order', 201),
    'POST /v2/orders/cancel': trade((call) => orders.cancelMany(call), 'batch'),
    'DELETE /v2/order': trade((call) => orders.cancel(call), 'cancel'),
  };
}

function rows(
  call: PrivateCall,
  orders: BithumbOrders,
  found: readonly SimOrder[],
  row: typeof orderRow,
): unknown[] {
  return found.filter((order) => orders.isReady(order)).map((order) => row(call.factsOf(order), call.skewMs));
}

function inStates(call: PrivateCall, found: readonly SimOrder[], states: readonly string[]): SimOrder[] {
  return found.filter((order) => states.includes(stateOf(call.factsOf(order), { endState })));
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

/** The older list: by page, open ones unless states or ids are named. */
function listed(call: PrivateCall, orders: BithumbOrders): unknown {
  const { params, account } = call;
  const limit = boundedCount(params.text('limit'), MAX_PAGE, MAX_PAGE);
  const page = boundedCount(params.text('page'), 1, 100_000);
  if (limit === undefined || page === undefined) throw invalid('limit, page');
  const isNamed = params.list('uuids').length + params.list('client_order_ids').length > 0;
  const known = [...OPEN_STATES, ...ENDED_STATES];
  const states = statesIn(call, known, isNamed ? known : ['wait']);
  const found = isNamed ? ordersNamed(call, 'uuids') : [...account.closedOrders(), ...account.openOrders()];
  const wanted = arranged(call, inStates(call, found, states));
  return rows(call, orders, wanted.slice((page - 1) * limit, page * limit), orderRow);
}

/** Those of the ids named that are there; the others are passed over. */
function ordersNamed(call: PrivateCall, key: 'uuids' | 'order_ids'): SimOrder[] {
  const { account, params } = call;
  const ids = params.list(key);
  const clientIds = ids.length > 0 ? [] : params.list('client_order_ids');
  const count = ids.length || clientIds.length;
  if (count === 0 || count > MAX_NAMED) throw invalid(`${key}, client_order_ids`);
  return [
    ...ids.map((id) => byId(account, id)),
    ...clientIds.map((id) => account.orderByClientId(id)),
  ].filter((order) => order !== undefined);
}

/** Ended orders that were made within seven days. */
function ended(call: PrivateCall): SimOrder[] {
  const window = windowOf(call);
  if (!window) throw invalid('start_time, end_time');
  return call.account.closedOrders().filter(({ createdAt }) => {
    const at = createdAt + call.skewMs;
    return at >= window.from && at <= window.to;
  });
}

/** The newer lists: a page, and the key of the next. The key is the last order's id. */
function paged(
  call: PrivateCall,
  orders: BithumbOrders,
  all: readonly SimOrder[],
  known: readonly string[],
): unknown {
  const { params } = call;
  const limit = boundedCount(params.text('limit'), MAX_PAGE, MAX_PAGE);
  const key = params.text('next_key');
  const last = key === undefined ? undefined : ORDER_IDS.number(key);
  if (limit === undefined || (key !== undefined && last === undefined)) throw invalid('limit, next_key');
  const isAscending = params.text('order_by') === 'asc';
  const found = arranged(call, inStates(call, all, statesIn(call, known, known))).filter(
    ({ number }) => last === undefined || (isAscending ? number > last : number < last),
  );
  const page = found.slice(0, limit);
  const hasNext = found.length > limit;
  return {
    has_next: hasNext,
    next_key: hasNext ? ORDER_IDS.text((page.at(-1) as SimOrder).number) : null,
    orders: rows(call, orders, page, orderRowV2),
  };
}
