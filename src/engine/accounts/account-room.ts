import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { AccountsView, KeyStoreView } from '#shared/contract/account-views.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import { type AccountId, accountVenue } from '#shared/domain/account.ts';
import type { Exposure } from '#shared/domain/alarm.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { isTerminal } from '#shared/domain/order.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Room } from '../room.ts';
import { closedOnPaper, fillsOnPaper, readClosedOrders, readFills } from './account-history.ts';
import type { AccountList } from './account-list-options.ts';
import { createAccountTables } from './account-tables.ts';

type Requests = 'accounts.reconcile' | 'orders.closed' | 'fills.read';
type Watches = 'accounts' | 'balances' | 'positions' | 'orders' | 'fills';

/** What the accounts hold, for windows and for whoever has to know what is at stake. */
export interface AccountRoom extends Room<Requests, Watches> {
  exposureOf(venue: VenueId): Exposure;
  /** Once a second, after the accounts' own. */
  second(): void;
  dispose(): void;
}

export function createAccountRoom(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly accounts: AccountList;
  /** Of the key room. */
  readonly keys: () => KeyStoreView;
  readonly onKeys: (listener: () => void) => Undo;
  readonly offered: AccountsView['offered'];
}): AccountRoom {
  const { clock, accounts } = options;
  const tables = createAccountTables(options);
  const seconds = createEmitter<void>();

  function view(): AccountsView {
    return { keys: options.keys(), accounts: accounts.views(), offered: options.offered };
  }

  function watchAccounts(changed: () => void): WatchSource<AccountsView> {
    let sent = '';
    const undo = [
      accounts.onChange(({ kind }) => {
        if (kind === 'accounts') changed();
      }),
      options.onKeys(changed),
      seconds.on(changed),
    ];
    return {
      take() {
        const now = view();
        const text = JSON.stringify(now);
        if (text === sent) return undefined;
        sent = text;
        return now;
      },
      dispose() {
        for (const leave of undo) leave();
      },
    };
  }

  const isPaper = (account: AccountId) => accounts.of(account).record.environment === 'paper';

  function timesOf(account: AccountId) {
    const venue = accountVenue(account);
    const market = options.markets.all.find((one) => one.venue.id === venue);
    return { account, now: clock.now(), offsetMs: Math.round(market?.clockOffsetMs ?? 0) };
  }

  return {
    requests: {
      async 'accounts.reconcile'({ account }) {
        // Paper has nobody to compare with.
        if (!isPaper(account)) await accounts.sessionOf(account).reconcile();
        return {};
      },
      'orders.closed': async (input) => {
        if (isPaper(input.account)) return closedOnPaper(accounts.of(input.account).holdings, input);
        const { reads, holdings } = accounts.sessionOf(input.account);
        return readClosedOrders({ ...timesOf(input.account), reads, holdings }, input);
      },
      'fills.read': async (input) => {
        if (isPaper(input.account)) return fillsOnPaper(accounts.of(input.account).holdings, input);
        const { reads, holdings } = accounts.sessionOf(input.account);
        return readFills({ ...timesOf(input.account), reads, holdings }, input);
      },
    },
    watches: {
      accounts: (_input, changed) => watchAccounts(changed),
      balances: (_input, changed) => tables.balances(changed),
      positions: (_input, changed) => tables.positions(changed),
      orders: (_input, changed) => tables.orders(changed),
      fills: (_input, changed) => tables.fills(changed),
    },
    exposureOf(venue) {
      const here = accounts.all
        // Nothing is at stake on paper.
        .filter(({ record }) => record.venue === venue && record.environment !== 'paper')
        .map(({ holdings }) => holdings);
      const has = <Held>(map: ReadonlyMap<string, Held>, test: (held: Held) => boolean) =>
        [...map.values()].some(test);
      if (here.some(({ positions }) => has(positions, ({ row }) => row !== undefined))) return 'position';
      return here.some(({ orders }) => has(orders, ({ order }) => !isTerminal(order.status)))
        ? 'order'
        : 'none';
    },
    second() {
      seconds.emit();
      tables.second();
    },
    dispose: () => tables.dispose(),
  };
}
