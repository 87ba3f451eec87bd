import type { FigureSource } from '#shared/domain/account.ts';
import { isTerminal, type OrderReport } from '#shared/domain/order.ts';
import {
  type AccountEvent,
  type AccountHoldings,
  type AccountPart,
  orderName,
  type Told,
} from './account-holdings.ts';
import { type HeldOrder, mergeOrder } from './order-merge.ts';

const KEPT_ORDERS = 4000;

/** The holdings with more reports of orders, by whichever way they came. */
export function withOrders(
  state: AccountHoldings,
  reports: readonly OrderReport[],
  { source, receivedAt }: Told,
): AccountHoldings {
  if (reports.length === 0) return state;
  const orders = new Map(state.orders);
  let next = state;
  for (const report of reports) {
    next = streamed(next, source);
    const name = orderName(report);
    const { held, tied } = mergeOrder(orders.get(name), report, {
      account: state.account,
      source,
      receivedAt,
      told: source === 'stream' ? next.serial : 0,
    });
    orders.set(name, held);
    if (orders.size > KEPT_ORDERS) forgetOldest(orders);
    if (tied) next = doubting(next, 'orders');
  }
  return { ...next, orders };
}

/** An order the venue does not know (any more) counts as ended, until it says anything of it. */
export function withVanished(
  state: AccountHoldings,
  { order: name, venueTime, receivedAt }: Extract<AccountEvent, { kind: 'vanished' }>,
): AccountHoldings {
  const held = state.orders.get(name);
  if (held === undefined || isTerminal(held.order.status)) return state;
  const status = 'CANCELED';
  const order = {
    ...held.order,
    status,
    venueStatus: 'not found',
    venueTime,
    source: 'rest',
    receivedAt,
  } as const;
  const statusRank = { time: venueTime, filled: order.filledQuantity, status } as const;
  return { ...state, orders: new Map(state.orders).set(name, { ...held, order, statusRank, isGuess: true }) };
}

/** One more event came over the stream. */
export function streamed(state: AccountHoldings, source: FigureSource): AccountHoldings {
  return source === 'stream' ? { ...state, serial: state.serial + 1 } : state;
}

/** The stream left this part in doubt. */
export function doubting(state: AccountHoldings, part: AccountPart): AccountHoldings {
  return { ...state, doubts: new Map(state.doubts).set(part, state.serial) };
}

function forgetOldest(orders: Map<string, HeldOrder>): void {
  for (const [name, { statusRank }] of orders) {
    if (!isTerminal(statusRank.status)) continue;
    orders.delete(name);
    return;
  }
}
