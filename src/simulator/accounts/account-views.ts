import Big from 'big.js';
import type { Account } from './account.ts';
import type { Desk } from './desk.ts';

/** Anything of an account as JSON takes it: decimals as plain texts. */
export function plain(value: unknown): unknown {
  if (value instanceof Big) return value.toFixed();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** What is true of an account, whatever any façade says of it. */
export function ledgerOf(desk: Desk, account: Account): unknown {
  return plain({
    venue: desk.venue,
    account: account.id,
    time: desk.options.now(),
    balances: account.balances().map((balance) => ({ ...balance, free: balance.total.minus(balance.used) })),
    positions: account.positions(),
    openOrders: account.openOrders(),
    closedOrders: account.closedOrders(),
    fills: account.fills().map(({ order, ...fill }) => ({
      ...fill,
      orderNumber: order.number,
      ...(order.clientOrderId === undefined ? {} : { clientOrderId: order.clientOrderId }),
    })),
    fundings: account.fundings(),
  });
}
