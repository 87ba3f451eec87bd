import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import {
  type BalancesUpdate,
  balanceKey,
  type FillsUpdate,
  fillKey,
  type OrdersUpdate,
  orderKey,
  type PositionsUpdate,
  positionKey,
  type Worth,
} from '#shared/contract/account-views.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { Balance } from '#shared/domain/account.ts';
import type { InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import { isTerminal, type Order } from '#shared/domain/order.ts';
import type { MarketList } from '../market/market-list.ts';
import type { AccountHoldings } from './account-holdings.ts';
import type { AccountList } from './account-list-options.ts';
import { createPositionEstimates } from './position-estimate.ts';
import { createRowsSource } from './rows-source.ts';
import { worthOf } from './worth.ts';
import { createWorthPrices } from './worth-prices.ts';
import { worthTotal } from './worth-total.ts';

type Table = 'balances' | 'positions' | 'orders' | 'fills';

/** The four tables of all accounts together, as windows watch them. */
export interface AccountTables {
  balances(changed: () => void): WatchSource<BalancesUpdate>;
  positions(changed: () => void): WatchSource<PositionsUpdate>;
  orders(changed: () => void): WatchSource<OrdersUpdate>;
  fills(changed: () => void): WatchSource<FillsUpdate>;
  second(): void;
  dispose(): void;
}

/** An order that ended stays in the table for so long, with its last status. */
const ENDED_STAYS_MS = 60_000;

export function createAccountTables(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly accounts: AccountList;
}): AccountTables {
  const { clock, markets, accounts } = options;
  const touched = createEmitter<ReadonlySet<Table>>();
  const estimates = createPositionEstimates({
    clock,
    markets,
    onChange: () => touched.emit(new Set(['positions'])),
  });
  const prices = createWorthPrices(markets);
  const watching: Record<Table, number> = { balances: 0, positions: 0, orders: 0, fills: 0 };

  const leave = accounts.onChange((change) => {
    if (change.kind === 'accounts') {
      // An account came or went.
      touched.emit(new Set(['balances', 'positions', 'orders', 'fills']));
      follow();
      return;
    }
    const { now, before } = change;
    const tables = new Set<Table>();
    for (const table of ['balances', 'positions', 'orders', 'fills'] as const)
      if (now[table] !== before[table]) tables.add(table);
    if (tables.has('positions') || tables.has('balances')) follow();
    if (tables.size > 0) touched.emit(tables);
  });

  /** Prices are watched while somebody looks at what they are for. */
  function follow(): void {
    const instruments = new Set<InstrumentId>();
    if (watching.positions > 0)
      for (const { row } of rowsOf('positions')) if (row) instruments.add(row.instrument);
    estimates.hold(instruments);
    const currencies = new Map<VenueId, ReadonlySet<string>>();
    if (watching.balances > 0) {
      for (const { record, holdings } of accounts.all) {
        const known = currencies.get(record.venue) ?? [];
        currencies.set(
          record.venue,
          new Set([...known, ...balancesOf(holdings).map(({ currency }) => currency)]),
        );
      }
    }
    prices.hold(currencies);
  }

  function* rowsOf<Name extends 'positions'>(name: Name) {
    for (const { holdings } of accounts.all) yield* holdings[name].values();
  }

  function watch<Update>(table: Table, changed: () => void, open: (leave: Undo) => WatchSource<Update>) {
    const undo = touched.on((tables) => {
      if (tables.has(table)) changed();
    });
    watching[table] += 1;
    follow();
    return open(() => {
      undo();
      watching[table] -= 1;
      follow();
    });
  }

  /** Of each account, and of those together whose figures the venue tells now, or will in a moment; paper is no money. */
  function worths(): Pick<BalancesUpdate, 'worth' | 'total'> {
    const worth = worthOfEach();
    const connected = new Set(
      accounts.all
        .filter(
          ({ state, record }) =>
            record.environment !== 'paper' &&
            (state.kind === 'live' || state.kind === 'degraded' || state.kind === 'loading'),
        )
        .map(({ record }) => record.id),
    );
    const total = worthTotal(worth.filter(({ account }) => connected.has(account)));
    return { worth, ...(total && { total }) };
  }

  function worthOfEach(): readonly Worth[] {
    const basis = prices.basis();
    return accounts.all.map(({ record, holdings }) =>
      worthOf(record.id, balancesOf(holdings), (currency) => prices.priceOf(record.venue, currency), basis),
    );
  }

  const none = () => ({});
  const offsetOf = (id: VenueId) => markets.all.find(({ venue }) => venue.id === id)?.clockOffsetMs ?? 0;
  return {
    balances: (changed) =>
      watch('balances', changed, (onDispose) =>
        createRowsSource({
          rows: () =>
            new Map(
              accounts.all.flatMap(({ holdings }) =>
                balancesOf(holdings).map((row) => [balanceKey(row), row] as const),
              ),
            ),
          more: worths,
          onDispose,
        }),
      ),
    positions: (changed) =>
      watch('positions', changed, (onDispose) =>
        createRowsSource({
          rows: () =>
            new Map(
              [...rowsOf('positions')].flatMap(({ row, margin }) =>
                row ? [[positionKey(row), estimates.read(row, margin)] as const] : [],
              ),
            ),
          more: none,
          onDispose,
        }),
      ),
    orders: (changed) =>
      watch('orders', changed, (onDispose) =>
        createRowsSource({
          rows() {
            const now = clock.now();
            return new Map(
              accounts.all.flatMap(({ record, holdings }) =>
                [...holdings.orders.values()].flatMap(({ order }) =>
                  isShown(order, now, record.environment === 'paper' ? 0 : offsetOf(record.venue))
                    ? [[orderKey(order), order] as const]
                    : [],
                ),
              ),
            );
          },
          more: none,
          onDispose,
        }),
      ),
    fills: (changed) =>
      watch('fills', changed, (onDispose) =>
        createRowsSource({
          rows: () =>
            new Map(
              accounts.all.flatMap(({ holdings }) =>
                [...holdings.fills.values()].map((fill) => [fillKey(fill), fill] as const),
              ),
            ),
          more: none,
          onDispose,
        }),
      ),
    second() {
      // Ended orders leave, worth moves with prices, estimates end when prices do not come.
      if (watching.orders > 0 || watching.balances > 0 || watching.positions > 0)
        touched.emit(new Set(['orders', 'balances', 'positions']));
    },
    dispose() {
      leave();
      estimates.dispose();
      prices.dispose();
    },
  };
}

/** `offsetMs`: venue clock minus ours. */
function isShown(order: Order, now: number, offsetMs: number): boolean {
  if (!isTerminal(order.status)) return true;
  return now - order.receivedAt <= ENDED_STAYS_MS && now + offsetMs - order.venueTime <= ENDED_STAYS_MS;
}

function balancesOf({ balances }: AccountHoldings): readonly Balance[] {
  return [...balances.values()].flatMap(({ row }) => (row ? [row] : []));
}
