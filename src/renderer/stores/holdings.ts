import type { Undo } from '#shared/base/emitter.ts';
import {
  type AccountsView,
  type BalancesUpdate,
  balanceKey,
  fillKey,
  orderKey,
  positionKey,
  type Worth,
} from '#shared/contract/account-views.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { AccountId, Balance, Position } from '#shared/domain/account.ts';
import type { Fill, Order } from '#shared/domain/order.ts';
import { joinRows, type Rows } from './rows.ts';
import { openWatch, type Watching } from './watched.ts';

/** What is held, and what all of it is worth. */
export interface BalanceSheet {
  readonly rows: Rows<Balance>;
  readonly worth: ReadonlyMap<AccountId, Worth>;
  readonly total: BalancesUpdate['total'];
}

/** Accounts, with what the desk itself draws of them. */
export interface Holdings {
  readonly accounts: Watching<AccountsView>;
  readonly positions: Watching<Rows<Position>>;
  readonly orders: Watching<Rows<Order>>;
  readonly dispose: Undo;
}

/** Open as long as the window is: the chart draws positions and orders whatever view is shown. */
export function createHoldings(client: ContractClient): Holdings {
  const accounts = openWatch(client, 'accounts', {});
  const positions = openWatch<'positions', Rows<Position>>(client, 'positions', {}, (held, update) =>
    joinRows(held, update, positionKey),
  );
  const orders = openWatch<'orders', Rows<Order>>(client, 'orders', {}, (held, update) =>
    joinRows(held, update, orderKey),
  );
  return {
    accounts,
    positions,
    orders,
    dispose() {
      accounts.dispose();
      positions.dispose();
      orders.dispose();
    },
  };
}

/** Open while balances are looked at. */
export function openBalances(client: ContractClient): Watching<BalanceSheet> {
  return openWatch<'balances', BalanceSheet>(client, 'balances', {}, (held, update) => {
    const worth = new Map(update.restart ? [] : held?.worth);
    for (const one of update.worth) worth.set(one.account, one);
    return {
      rows: joinRows(held?.rows, update, balanceKey),
      worth,
      total: update.total ?? (update.restart ? undefined : held?.total),
    };
  });
}

/** Open while fills are looked at: the first batch is long. */
export function openFills(client: ContractClient): Watching<Rows<Fill>> {
  return openWatch<'fills', Rows<Fill>>(client, 'fills', {}, (held, update) =>
    joinRows(held, update, fillKey),
  );
}
