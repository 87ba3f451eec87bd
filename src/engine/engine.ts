import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Api, AppDescription, HealthView, RequestHandlers, WatchOpeners } from '#shared/contract/api.ts';
import type { Sweep } from '#shared/contract/order-views.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import type { DrillPort } from '#shared/domain/drill.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import { noAccounts } from './accounts/no-accounts.ts';
import type { OpenAccounts } from './accounts/open-accounts.ts';
import { alertPlace } from './alerts/alert-place.ts';
import { createAlertRoom } from './alerts/alert-room.ts';
import type { UrlsOf } from './ccxt/load-ccxt.ts';
import { createVenueRoom } from './ccxt/venue-room.ts';
import { defaultSettings } from './default-settings.ts';
import { describeApp } from './describe-app.ts';
import { createDrawingsRoom } from './drawings/drawings-room.ts';
import { createDrillRoom } from './drill-room.ts';
import { boundHeap } from './health/bound-heap.ts';
import { createEventLog } from './health/event-log.ts';
import { healthView } from './health/health-view.ts';
import { createIncidentRoom } from './health/incident-room.ts';
import { createMetricsRoom } from './health/metrics-room.ts';
import { watchProcess } from './health/process-health.ts';
import { createLayoutRoom } from './layouts/layout-room.ts';
import { createMarketList } from './market/market-list.ts';
import { createMarketRequests } from './market/market-requests.ts';
import { isLoopback } from './net/is-loopback.ts';
import type { Fetch } from './net/rest-client.ts';
import { type OpenSocket, openSocket } from './net/socket.ts';
import { type Interfaces, watchWake } from './net/wake-watch.ts';
import { openMarkets } from './open-markets.ts';
import { createFx, type FxFeed } from './premium/fx.ts';
import { createPremiumRoom } from './premium/premium-room.ts';
import { createPublisher } from './publisher/publisher.ts';
import { createRecordingRoom } from './recorder/recording-room.ts';
import { createWireTap } from './recorder/wire-tap.ts';
import { createScannerRoom } from './scanner/scanner-room.ts';
import { openDataFolder, openSettings } from './settings.ts';
import { createSettingsRoom } from './settings-room.ts';
import { openHistory } from './storage/open-history.ts';
import { type TapEvent, tapMarkets } from './tap.ts';
import type { Confirm } from './trading/ports.ts';
import { createTuning } from './tuning.ts';
import { createWindows } from './windows.ts';

export interface EngineOptions {
  readonly clock: Clock;
  /** Folder for settings and storage; created when missing. */
  readonly dataDir: string;
  readonly venues: readonly { readonly venue: Venue; readonly endpoints: Endpoints }[];
  readonly app: Pick<AppDescription, 'version' | 'mode' | 'environment' | 'shell' | 'replay'>;
  /** Sockets and REST as the platform has them; tests pass their own. */
  readonly openSocket?: OpenSocket;
  readonly fetch?: Fetch;
  /** The machine's network addresses; absent: as the system tells them. */
  readonly interfaces?: () => Interfaces;
  /** Where the dollar's price in won can be asked for; absent: only what the person types in. */
  readonly fx?: FxFeed;
  /** Other addresses for exchanges added through ccxt: for tests. */
  readonly ccxtUrls?: UrlsOf;
  /** Keys and accounts (`openAccounts`); absent: none here. Their sockets are not tapped: what they say is nobody else's. */
  readonly accounts?: OpenAccounts;
  /** Absent: this shell cannot run drills. */
  readonly drill?: DrillPort;
  /** How a person is asked outside of any window; absent: nobody is there. */
  readonly confirm?: Confirm;
}

export interface Engine {
  readonly api: Api;
  /** Serves one window until its channel closes; the undo ends it earlier. */
  serve(channel: ServerChannel): Undo;
  /**
   * Feeds the normalised events of the streams (before any conflation) to a command line; a book stream as its
   * top after every applied change. Rejects with `instrument.unknown`, `venue.unknown`, `interval.unknown`.
   */
  tap(streams: readonly StreamKey[], listener: (event: TapEvent) => void): Promise<Undo>;
  /** The system says that the machine woke from sleep: nothing that was open is believed. */
  resumed(): void;
  /** As a window would be told it, at any moment. */
  health(): HealthView;
  metrics(): MetricsView;
  /** Nothing is signed any more until a person unlocks them: with the screen. */
  lockKeys(): void;
  /** Halts at once, cancels everything everywhere, and resolves when that is over, with how far it came. */
  kill(from: string): Promise<readonly Sweep[]>;
  /** For a shell's own words. `armed`: names of real venues. */
  tradingState(): { readonly halted: boolean; readonly armed: readonly string[]; readonly unknown: number };
  /** Every real venue: nothing leaves there until a person arms it again. */
  disarm(reason: 'lock' | 'suspend' | 'resume'): void;
  /** Closes every socket, timer and file. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Throws `HeartlineError('data-folder.unwritable')`. Returns at once; connections open when something is watched. */
export function createEngine(options: EngineOptions): Engine {
  const { clock } = options;
  boundHeap();
  openDataFolder(options.dataDir);
  const startedAt = clock.now();
  const stack = new DisposableStack();
  const log = createEventLog(clock);
  const settings = openSettings(
    options.dataDir,
    defaultSettings(options.venues.map(({ venue }) => venue)),
    log,
  );
  const tuning = createTuning(() => settings.read());
  const ownHealth = stack.adopt(watchProcess(), (watched) => watched.dispose());
  // Before the markets: they write to it until they are gone.
  const history = stack.adopt(openHistory({ dataDir: options.dataDir, clock, log }), (store) =>
    store?.dispose(),
  );
  const markets = stack.adopt(createMarketList(), (list) => list.dispose());
  const tap = createWireTap();
  const recordable = openMarkets(markets, options.venues, {
    clock,
    log,
    settings,
    tuning,
    history,
    tap,
    openSocket: options.openSocket ?? openSocket,
    fetch: options.fetch ?? fetch,
    // Asked for when something is watched: the metrics are there by then.
    meterOf: (stream) => metrics.meterOf(stream),
  });

  const accounts = stack.adopt(
    options.accounts?.({
      clock,
      log,
      dataDir: options.dataDir,
      markets,
      openSocket: options.openSocket ?? openSocket,
      profile: () => settings.read().rateProfile,
      tuning,
      trading: () => settings.read().trading,
      confirm: options.confirm,
      shell: options.app.shell,
    }) ?? noAccounts(),
    (room) => room.dispose(),
  );

  let eventLoopDelayMs = 0;
  const health = () =>
    healthView({ at: clock.now(), markets, accounts, memoryMb: ownHealth.memoryMb, eventLoopDelayMs });

  const metrics = stack.adopt(
    createMetricsRoom({ clock, markets, process: ownHealth, eventLoopDelayMs: () => eventLoopDelayMs }),
    (room) => room.dispose(),
  );
  const incidents = stack.adopt(
    createIncidentRoom({
      clock,
      log,
      dataDir: options.dataDir,
      markets,
      settings: () => settings.read(),
      app: options.app,
      health,
      metrics: () => metrics.view(),
      async probe(venue) {
        const ms = await markets.of(venue).restRoundTrip?.();
        return { ok: true, ms: ms ?? Number.NaN };
      },
      accounts,
      isLoopback: (venue) =>
        options.venues.some((one) => one.venue.id === venue && isLoopback(one.endpoints.rest)),
    }),
    (room) => room.dispose(),
  );
  const wake = (cause: 'resume' | 'link') => {
    for (const market of markets.all) market.wake(cause);
    accounts.wake(cause);
  };
  // Recorded time leaps where the recording does: nobody slept.
  const wakeWatch =
    options.app.mode === 'replay'
      ? undefined
      : stack.adopt(watchWake({ clock, interfaces: options.interfaces, onWake: wake }), (watch) =>
          watch.dispose(),
        );

  const fx = createFx({ clock, settings, log, feed: options.fx });
  const premium = stack.adopt(createPremiumRoom({ clock, markets, fx }), (room) => room.dispose());
  const drawings = createDrawingsRoom(options.dataDir, log);
  const scanner = stack.adopt(createScannerRoom({ clock, markets, fx }), (room) => room.dispose());
  const path = alertPlace(options.dataDir, options.app);
  const alertsOf = () => settings.read().alarms;
  const alerts = stack.adopt(
    createAlertRoom({ clock, log, path, markets, accounts, fx, settings: alertsOf }),
    (room) => room.dispose(),
  );
  const drill = createDrillRoom(options.drill);
  const added = stack.adopt(
    createVenueRoom({
      clock,
      markets,
      settings,
      log,
      history,
      tuning,
      meterOf: (stream) => metrics.meterOf(stream),
      urlsOf: options.ccxtUrls,
      isLocked: options.app.mode === 'replay',
    }),
    (room) => room.dispose(),
  );

  const recording = createRecordingRoom({
    clock,
    dataDir: options.dataDir,
    log,
    tap,
    markets,
    // A recording of a recording would say that it was made today.
    venues: options.app.mode === 'replay' ? [] : recordable,
  });

  const publisher = createPublisher({
    marketOf: markets.of,
    watchEach: markets.watchEach,
    log,
    health,
    published: (stream, receivedAt) => metrics.meterOf(stream).published(receivedAt, clock.now()),
  });
  stack.defer(
    clock.every(1000, () => {
      eventLoopDelayMs = ownHealth.eventLoopDelayMs();
      for (const market of markets.all) market.second();
      accounts.second();
      metrics.second();
      incidents.second();
      premium.second();
      alerts.second();
      scanner.second();
      publisher.second();
    }),
  );

  const requests: RequestHandlers = {
    ...accounts.requests,
    ...metrics.requests,
    ...incidents.requests,
    ...premium.requests,
    ...alerts.requests,
    ...drawings.requests,
    ...drill.requests,
    ...added.requests,
    ...recording.requests,
    ...createLayoutRoom(options.dataDir, log).requests,
    ...createMarketRequests({ markets, settings, clock, log }),
    'app.describe': () => describeApp(options.app, markets, startedAt),
    ...createSettingsRoom({ dataDir: options.dataDir, settings }).requests,
  };
  const watches: WatchOpeners = {
    ...accounts.watches,
    ...metrics.watches,
    ...incidents.watches,
    ...premium.watches,
    ...alerts.watches,
    ...scanner.watches,
    ...drawings.watches,
    ...drill.watches,
    ...recording.watches,
    ...publisher.watches,
  };

  // The server checked each input against the schema of its name: the casts only tell the compiler so.
  const api: Api = {
    request: (async (name: keyof RequestHandlers, input: never) => requests[name](input)) as Api['request'],
    watch: ((name: keyof WatchOpeners, input: never, changed: () => void) =>
      watches[name](input, changed)) as Api['watch'],
  };

  const windows = stack.adopt(createWindows(api, clock, log), (served) => served.dispose());
  return {
    api,
    serve: windows.serve,
    resumed: () => wakeWatch?.resumed(),
    health,
    metrics: () => metrics.view(),
    lockKeys: () => accounts.lockKeys(),
    kill: (from) => accounts.trading.kill(from),
    tradingState() {
      const { halted, armed, unknown } = accounts.trading.state();
      return { halted: halted !== undefined, armed, unknown };
    },
    disarm: (reason) => accounts.trading.disarm(reason),
    tap: (streams, listener) => tapMarkets(markets.of, streams, listener),
    async [Symbol.asyncDispose]() {
      await recording.close();
      stack.dispose();
    },
  };
}
