import { Secret } from '#shared/base/secret.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { accountId } from '#shared/domain/account.ts';
import { type InstrumentId, instrumentId, type VenueId } from '#shared/domain/instrument.ts';
import type { Simulator } from '#simulator/simulator.ts';
import type { AccountEndpoints } from '#venues/account.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { createAccountList } from '../../accounts/account-list.ts';
import { createAccountClient } from '../../accounts/create-account-client.ts';
import type { KeyRecord, KeyShelf } from '../../accounts/key-shelf.ts';
import { createEventLog } from '../../health/event-log.ts';
import { openSocket } from '../../net/socket.ts';
import { createExecutor } from '../executor.ts';
import type { ApprovedOrder } from '../facts.ts';
import { followHeirs } from '../follow-heirs.ts';
import { followOrders } from '../follow-orders.ts';
import { createLateLines } from '../late-lines.ts';
import { createOwnSightings } from '../own-sightings.ts';
import { createResolver } from '../resolve-unknown.ts';
import { createSweeps } from '../sweeps.ts';
import { createTradingAccounts } from '../trading-accounts.ts';
import { createMemoryJournal } from './memory-journal.ts';

/** A received request that placed, changed or cancelled something, as `/_sim/requests` tells it. */
export interface SimRow {
  readonly method: string;
  readonly path: string;
  readonly clientOrderId?: string;
  readonly accepted?: boolean;
  readonly fault?: string;
}

const MARKETS: Readonly<Record<string, { instrument: InstrumentId; symbol: string; step: number }>> = {
  binance: { instrument: instrumentId('binance:BTC-USDT-PERP'), symbol: 'BTCUSDT', step: 1 },
  bybit: { instrument: instrumentId('bybit:BTC-USDT-PERP'), symbol: 'BTCUSDT', step: 1 },
  upbit: { instrument: instrumentId('upbit:BTC-KRW'), symbol: 'KRW-BTC', step: 1000 },
  bithumb: { instrument: instrumentId('bithumb:BTC-KRW'), symbol: 'KRW-BTC', step: 1000 },
};

/** Everything from executor to wire, over one key of a simulated venue: real codecs, real sockets, the real clock. */
export async function openSimulatorDesk(simulator: Simulator, venue: VenueId, quarantineMs: number) {
  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${simulator.address.control}/_sim${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: what a control endpoint answers is read where it is asked for
    return (await answer.json()) as any;
  };
  const { keys } = await control('GET', `/keys?venue=${venue}`);
  const key = keys.find((one: { readonly name: string }) => one.name === 'trade');
  const account = accountId(`${venue}#abc123`);
  const record: KeyRecord = {
    id: account,
    venue,
    environment: 'simulator',
    label: 'trade',
    mode: 'trade',
    rights: { read: 'yes', trade: 'yes', withdraw: 'no', transfer: 'no', ipBound: 'yes', checkedAt: 0 },
    keyTail: key.apiKey.slice(-4),
    addedAt: 0,
  };
  const credentials = { apiKey: new Secret(key.apiKey), secret: new Secret(key.secret) };
  const shelf: KeyShelf = {
    records: [record],
    credentialsOf: () => credentials,
    onChange: () => () => undefined,
  };
  const clock = systemClock;
  const log = createEventLog(clock);
  const places = accountsAt(({ id }) =>
    id === venue ? (simulator.address.venues[id] as AccountEndpoints) : undefined,
  );
  const list = createAccountList({
    clock,
    log,
    shelf,
    places,
    environment: 'simulator',
    openSocket,
    clientFor: (place, credentialsOfIt) =>
      createAccountClient({
        venue: place.venue,
        endpoints: place.endpoints,
        clock,
        fetch,
        credentials: credentialsOfIt,
        clockOffsetMs: () => 0,
        measureClock: async () => undefined,
      }),
    clockOffsetMs: () => 0,
    measureClock: async () => undefined,
  });
  const stopSeconds = clock.every(1000, () => list.second());
  const accounts = createTradingAccounts({
    clock,
    list,
    venues: places.map((place) => place.venue),
    clockOffsetMs: () => 0,
  });
  const journal = createMemoryJournal(clock);
  const lines = createLateLines(clock, journal);
  const sightings = createOwnSightings(journal, lines);
  const executor = createExecutor({ clock, journal, lines, accounts, sightings, isHalted: () => false });
  const resolver = createResolver({ clock, journal, lines, accounts, sightings, quarantineMs });
  const sweeps = createSweeps({ clock, accounts, journal, lines, log, cancels: executor });
  const unfollow = followOrders({ clock, accounts, sightings });
  const unfollowHeirs = followHeirs({ clock, journal, accounts, sightings });
  const market = MARKETS[venue] as (typeof MARKETS)[string];
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  return {
    control,
    accounts,
    account: accounts.of(account),
    journal,
    executor,
    resolver,
    sweeps,
    market,
    sleep,
    state: (id: string) => journal.orders.get(id)?.state,
    /** Resolves when it is so; throws after `mostMs`. */
    async until(what: string, isSo: () => boolean, mostMs = 15_000): Promise<void> {
      for (const startedAt = clock.monotonic(); !isSo(); await sleep(20)) {
        if (clock.monotonic() - startedAt > mostMs)
          throw new Error(`${venue}: not ${what} after ${mostMs} ms`);
      }
    },
    /** A small buy far below the market. */
    async farBuy(clientOrderId: string): Promise<ApprovedOrder> {
      const book = await control('GET', `/truth/book?venue=${venue}&symbol=${market.symbol}&limit=1`);
      const price = String(Math.floor((Number(book.bids[0][0]) * 0.98) / market.step) * market.step);
      return {
        account,
        instrument: market.instrument,
        clientOrderId,
        side: 'buy',
        type: 'limit',
        isMarket: false,
        timeInForce: 'GTC',
        quantity: '0.002',
        price,
        reduceOnly: false,
        closePosition: false,
        leg: 'both',
        notional: '1',
      } as ApprovedOrder;
    },
    ref: (clientOrderId: string) => ({
      account,
      instrument: market.instrument,
      clientOrderId,
      isConditional: false,
    }),
    /** What the venue received that names this id. */
    async received(clientOrderId: string): Promise<readonly SimRow[]> {
      const { requests } = await control('GET', `/requests?venue=${venue}`);
      return requests.filter(
        (row: SimRow & { params: object }) =>
          row.clientOrderId === clientOrderId ||
          (row.method !== 'GET' && JSON.stringify(row.params).includes(clientOrderId)),
      );
    },
    async openAtVenue(): Promise<number> {
      const { openOrders } = await control('GET', `/ledger?venue=${venue}&key=trade`);
      return openOrders.length;
    },
    close() {
      stopSeconds();
      unfollow();
      unfollowHeirs();
      resolver.dispose();
      executor.dispose();
      sweeps.dispose();
      accounts.dispose();
      list.dispose();
    },
  };
}
