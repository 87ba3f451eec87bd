import type { AccountHoldings, SnapshotEvent } from './account-holdings.ts';
import { orderName } from './account-holdings.ts';
import { accountState } from './account-state.ts';
import { missingOrders } from './apply-snapshot.ts';
import { sameTotal } from './balance-merge.ts';
import { sameOrder } from './order-merge.ts';
import { samePosition } from './position-merge.ts';

/**
 * What REST told and the stream has not, though it should have: orders, totals, positions. What else moves (free margin,
 * profit) moves with prices, and is no sign. `order binance:BTC-USDT-PERP 17`, `balance USDT`, …
 */
export function untold(holdings: AccountHoldings, read: SnapshotEvent): readonly string[] {
  const missing = missingOrders(holdings, read).map((order) => `order ${orderName(order)}`);
  return [...differencesOf(holdings, accountState(holdings, read)), ...missing];
}

/** What of two states differs in what trading changes: `order binance:BTC-USDT-PERP 17`, `balance USDT`, … */
export function differencesOf(before: AccountHoldings, after: AccountHoldings): readonly string[] {
  return [
    ...keysOf(before.orders, after.orders)
      .filter((name) => {
        const [a, b] = [before.orders.get(name)?.order, after.orders.get(name)?.order];
        return a !== b && (a === undefined || b === undefined || !sameOrder(a, b));
      })
      .map((name) => `order ${name}`),
    ...keysOf(before.balances, after.balances)
      .filter((name) => !sameTotal(before.balances.get(name)?.row, after.balances.get(name)?.row))
      .map((name) => `balance ${name}`),
    ...keysOf(before.positions, after.positions)
      .filter((name) => {
        const [a, b] = [before.positions.get(name)?.row, after.positions.get(name)?.row];
        return a !== b && (a === undefined || b === undefined || !samePosition(a, b));
      })
      .map((name) => `position ${name}`),
  ];
}

const keysOf = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) => [
  ...new Set([...a.keys(), ...b.keys()]),
];
