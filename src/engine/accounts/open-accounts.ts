import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { AccountNotice, Environment } from '#shared/domain/account.ts';
import type { Exposure } from '#shared/domain/alarm.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { AccountEndpoints, AccountVenue, Credentials } from '#venues/account.ts';
import type { TradingVenue } from '#venues/order.ts';
import type { EventLog } from '../health/event-log.ts';
import { createKeyRoom, type KeyRoom, type KeyRoomOptions } from '../keys/key-room.ts';
import type { MarketList } from '../market/market-list.ts';
import { createLimiter, type Limiter, type RateProfile } from '../net/limiter.ts';
import type { OpenSocket } from '../net/socket.ts';
import type { Room } from '../room.ts';
import { openTrading, type Trading } from '../trading/open-trading.ts';
import { createPaperAccounts } from '../trading/paper/paper-accounts.ts';
import type { Confirm } from '../trading/ports.ts';
import type { Tuning } from '../tuning.ts';
import type { SignedFetch } from './account-client.ts';
import { createAccountList } from './account-list.ts';
import type { AccountPlace } from './account-list-options.ts';
import { type AccountRoom, createAccountRoom } from './account-room.ts';
import { createAccountClient } from './create-account-client.ts';
import { withPaper } from './with-paper.ts';

export interface AccountsOptions {
  /** Where keys are good on this desk; a kept key of any other environment rests. */
  readonly environment: Environment;
  readonly places: readonly (AccountPlace & {
    readonly venue: TradingVenue;
    /** A ready-made key of the demo market. */
    readonly demoKey?: () => Promise<{ readonly apiKey: string; readonly secret: string }>;
  })[];
  /** Default `auto`; tests keep keys in memory. */
  readonly store?: KeyRoomOptions['store'];
  readonly keyring?: KeyRoomOptions['keyring'];
  readonly vaultCost?: KeyRoomOptions['vaultCost'];
  /** The platform's `fetch` when absent. */
  readonly fetch?: SignedFetch;
}

/** Keys and accounts as the engine has them: one room, and what the other rooms want to know of them. */
export interface Accounts
  extends Room<
    keyof KeyRoom['requests'] | keyof AccountRoom['requests'] | keyof Trading['requests'],
    keyof AccountRoom['watches'] | keyof Trading['watches']
  > {
  health(): readonly ConnectionHealth[];
  onTransition(listener: (transition: Transition) => void): Undo;
  onNotice(listener: (notice: AccountNotice) => void): Undo;
  exposureOf(venue: VenueId): Exposure;
  /** Orders whose fate is not known yet. */
  ordersInFlight(venue: VenueId): number;
  readonly trading: Pick<Trading, 'kill' | 'state' | 'disarm'>;
  /** To be masked wherever they turn up. */
  secrets(): readonly string[];
  lockKeys(): void;
  wake(cause: 'resume' | 'link'): void;
  /** Once a second. */
  second(): void;
  dispose(): void;
}

/** What the engine lends its accounts. */
export interface AccountSite {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly dataDir: string;
  readonly markets: MarketList;
  readonly openSocket: OpenSocket;
  readonly profile: () => RateProfile;
  readonly tuning?: Tuning | undefined;
  readonly trading: () => Settings['trading'];
  /** Asks the person outside of any window. */
  readonly confirm: Confirm | undefined;
  readonly shell: 'desktop' | 'headless';
}

export type OpenAccounts = (site: AccountSite) => Accounts;

/** For `EngineOptions.accounts`: an engine without accounts loads nothing of theirs. */
export function openAccounts(options: AccountsOptions): OpenAccounts {
  return (site) => open({ ...options, ...site });
}

function open(options: AccountsOptions & AccountSite): Accounts {
  const { clock, log, markets, environment, places } = options;
  const marketOf = (venue: VenueId) => markets.all.find((market) => market.venue.id === venue);

  /** By address: what a venue counts, it counts for all keys used from here, and a ban is everybody's. */
  const limiters = new Map<string, Limiter>();

  function limiterOf({ id, budgets }: AccountVenue, { rest }: AccountEndpoints): Limiter {
    const address = `${id} ${rest}`;
    const limiter =
      limiters.get(address) ??
      createLimiter({
        clock,
        venue: id,
        budgets,
        profile: options.profile,
        slowDown: options.tuning?.slowDown,
      });
    limiters.set(address, limiter);
    return limiter;
  }

  function clientFor(
    { venue, endpoints }: Pick<AccountPlace, 'venue' | 'endpoints'>,
    credentials: Credentials,
  ) {
    return createAccountClient({
      venue,
      endpoints,
      clock,
      fetch: options.fetch ?? fetch,
      credentials,
      clockOffsetMs: () => marketOf(venue.id)?.clockOffsetMs,
      measureClock: async () => marketOf(venue.id)?.measureClock?.(),
      limiter: limiterOf(venue, endpoints),
    });
  }

  const endpointsOf = (venue: VenueId) => places.find((place) => place.venue.id === venue)?.endpoints;
  const keys = createKeyRoom({
    clock,
    dataDir: options.dataDir,
    log,
    desks: places.map(({ venue, name, demoKey }) => ({ venue, name, environments: [environment], demoKey })),
    clientFor(venue, of, credentials) {
      const endpoints = of === environment ? endpointsOf(venue.id) : venue.environments[of];
      return clientFor({ venue, endpoints: endpoints ?? { rest: '', ws: '' } }, credentials);
    },
    store: options.store ?? 'auto',
    ...(options.keyring && { keyring: options.keyring }),
    ...(options.vaultCost && { vaultCost: options.vaultCost }),
  });
  const list = createAccountList({
    ...options,
    shelf: keys,
    clientFor,
    clockOffsetMs: (venue) => marketOf(venue)?.clockOffsetMs,
    measureClock: async (venue) => marketOf(venue)?.measureClock?.(),
    onRefusal(account) {
      // The key room says what became of the key, with its rights; a venue that does not answer now is asked tomorrow.
      keys.recheck(account).catch(() => undefined);
    },
  });
  const { dataDir } = options;
  const named = places.map(({ venue, name }) => ({ id: venue.id, name }));
  const paper = createPaperAccounts({ clock, dataDir, log, markets, venues: named, environment });
  const room = createAccountRoom({
    clock,
    markets,
    accounts: withPaper(list, paper),
    keys: () => keys.view(),
    onKeys: (listener) => keys.onChange(listener),
    offered: places.map(({ venue, name, demoKey }) => ({
      venue: venue.id,
      name,
      environments: [environment],
      hasDemoKey: demoKey !== undefined,
    })),
  });

  const trading = openTrading({
    clock,
    log,
    dataDir,
    markets,
    list,
    venues: places.map(({ venue, name }) => ({ venue, name, isReal: environment === 'mainnet' })),
    paper,
    settings: options.trading,
    confirm: options.confirm,
    shell: options.shell,
  });

  return {
    requests: { ...keys.requests, ...room.requests, ...trading.requests },
    watches: { ...room.watches, ...trading.watches },
    trading,
    ordersInFlight: (venue) => trading.ordersInFlight(venue),
    health: () => list.health(),
    onTransition: (listener) => list.onTransition(listener),
    onNotice: (listener) => keys.onNotice(listener),
    exposureOf: (venue) => room.exposureOf(venue),
    secrets: () =>
      keys.records.flatMap(({ id }) => {
        const credentials = keys.credentialsOf(id);
        return credentials ? [credentials.apiKey.reveal(), credentials.secret.reveal()] : [];
      }),
    lockKeys: () => keys.lock(),
    wake(cause) {
      list.wake(cause);
      trading.wake(cause);
    },
    second() {
      list.second();
      trading.second();
      room.second();
    },
    dispose() {
      trading.dispose();
      paper.dispose();
      room.dispose();
      list.dispose();
      keys.dispose();
      for (const limiter of limiters.values()) limiter.dispose();
    },
  };
}
