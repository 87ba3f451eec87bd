import { HeartlineError } from '#shared/base/errors.ts';
import type { RowsUpdate } from '#shared/contract/account-views.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import { refuseTrading } from '../trading/refuse-trading.ts';
import type { Accounts } from './open-accounts.ts';

/** A desk without accounts: a drill, a recording, a command line. Keys are neither read nor taken. */
export function noAccounts(): Accounts {
  const refuse = () => {
    throw new HeartlineError('account.none', 'this desk has no accounts');
  };
  const nothing = () => undefined;
  const noRows = <More extends object>(more: More) =>
    once<RowsUpdate<never> & More>({ restart: true, rows: [], removed: [], ...more });
  return {
    requests: {
      'accounts.check': refuse,
      'accounts.add': refuse,
      'accounts.addDemo': refuse,
      'accounts.rotate': refuse,
      'accounts.rename': refuse,
      'accounts.remove': refuse,
      'accounts.recheck': refuse,
      'accounts.reconcile': refuse,
      'keys.choose': refuse,
      'keys.unlock': refuse,
      'keys.lock': () => ({}),
      'orders.closed': refuse,
      'fills.read': refuse,
      ...refuseTrading(),
    },
    watches: {
      accounts: () => once({ keys: { state: 'gone' }, accounts: [], offered: [] }),
      balances: () => noRows({ worth: [] }),
      positions: () => noRows({}),
      orders: () => noRows({}),
      fills: () => noRows({}),
      ticket: refuse,
      trading: () => once({ arms: [], unknown: [], sweeps: [], confirms: 'none', paperVenues: [] }),
      ownOrders: () => once({ restart: true, orders: [] }),
    },
    health: () => [],
    onTransition: () => nothing,
    onNotice: () => nothing,
    exposureOf: () => 'none',
    trading: {
      kill: async () => [],
      state: () => ({ armed: [], unknown: 0 }),
      disarm: nothing,
    },
    ordersInFlight: () => 0,
    secrets: () => [],
    lockKeys: nothing,
    wake: nothing,
    second: nothing,
    dispose: nothing,
  };
}

function once<Update>(update: Update): WatchSource<Update> {
  let left: Update | undefined = update;
  return {
    take() {
      const taken = left;
      left = undefined;
      return taken;
    },
    dispose: () => undefined,
  };
}
