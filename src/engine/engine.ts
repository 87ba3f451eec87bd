import { assertNever } from '#shared/base/assert-never.ts';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type {
  Api,
  AppDescription,
  CheckedRequest,
  HealthView,
  RequestName,
  RequestOutputs,
  Settings,
} from '#shared/contract/api.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import { serveClient } from '#shared/contract/server.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import { createEventLog } from './health/event-log.ts';
import { watchProcess } from './health/process-health.ts';
import { createVenueMarket, type VenueMarket } from './market/venue-market.ts';
import { createRestClient, type Fetch } from './net/rest-client.ts';
import { type OpenSocket, openSocket } from './net/socket.ts';
import { loadCandlePage } from './publisher/candle-page.ts';
import { createPublisher } from './publisher/publisher.ts';
import { openDataFolder, openSettings } from './settings.ts';
import { type TapEvent, tapMarkets } from './tap.ts';

export interface EngineOptions {
  readonly clock: Clock;
  /** Folder for settings and storage; created when missing. */
  readonly dataDir: string;
  readonly venues: readonly { readonly venue: Venue; readonly endpoints: Endpoints }[];
  readonly app: Pick<AppDescription, 'version' | 'mode' | 'environment' | 'shell'>;
  /** Sockets and REST as the platform has them; tests pass their own. */
  readonly openSocket?: OpenSocket;
  readonly fetch?: Fetch;
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
  /** Closes every socket, timer and file. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Throws `HeartlineError('data-folder.unwritable')`. Returns at once; connections open when something is watched. */
export function createEngine(options: EngineOptions): Engine {
  const { clock } = options;
  openDataFolder(options.dataDir);
  const startedAt = clock.now();
  const stack = new DisposableStack();
  const log = createEventLog(clock);
  const settings = openSettings(
    options.dataDir,
    defaultSettings(options.venues.map(({ venue }) => venue)),
    log,
  );
  const ownHealth = stack.adopt(watchProcess(), (watched) => watched.dispose());
  const markets = options.venues.map(({ venue, endpoints }) =>
    stack.adopt(
      createVenueMarket({
        venue,
        endpoints,
        clock,
        log,
        openSocket: options.openSocket ?? openSocket,
        rest: createRestClient({ venue, baseUrl: endpoints.rest, clock, fetch: options.fetch ?? fetch }),
      }),
      (market) => market.dispose(),
    ),
  );

  let eventLoopDelayMs = 0;
  function health(): HealthView {
    const offsets = markets.flatMap((market) =>
      market.clockOffsetMs === undefined ? [] : [[market.venue.id, market.clockOffsetMs] as const],
    );
    return {
      asOf: clock.now(),
      engine: { memoryMb: ownHealth.memoryMb, eventLoopDelayMs },
      connections: markets.flatMap((market) => market.health()),
      clockOffsetMs: Object.fromEntries(offsets),
    };
  }

  const publisher = createPublisher({ markets, log, health });
  stack.defer(
    clock.every(1000, () => {
      eventLoopDelayMs = ownHealth.eventLoopDelayMs();
      for (const market of markets) market.second();
      publisher.second();
    }),
  );

  function marketOf(venue: string): VenueMarket {
    const market = markets.find((candidate) => candidate.venue.id === venue);
    if (market) return market;
    throw new HeartlineError('venue.unknown', `no such venue: ${venue}`, { details: { venue } });
  }

  async function answer(name: RequestName, input: unknown): Promise<RequestOutputs[RequestName]> {
    // The server checked `input` against the schema of `name`: the casts only tell the compiler so.
    switch (name) {
      case 'app.describe':
        return {
          ...options.app,
          venues: markets.map(({ venue }) => ({
            id: venue.id,
            name: venue.name,
            intervals: venue.intervals,
          })),
          startedAt,
        };
      case 'instruments.list':
        return (await Promise.all(markets.map((market) => market.instruments()))).flat();
      case 'candles.load': {
        const query = input as CheckedRequest<'candles.load'>;
        return loadCandlePage(marketOf(venueOf(query.instrument)), query, clock.now());
      }
      case 'connections.reconnect': {
        const market = marketOf((input as CheckedRequest<'connections.reconnect'>).venue);
        log.add('info', 'connection.asked', `reconnect of ${market.venue.name} asked for`, {
          venue: market.venue.name,
        });
        market.reconnectNow();
        return {};
      }
      case 'settings.read':
        return settings.read();
      case 'settings.write':
        return settings.write(input as CheckedRequest<'settings.write'>);
      default:
        return assertNever(name);
    }
  }

  const clients = new Set<Undo>();
  stack.defer(() => {
    for (const end of clients) end();
  });
  const api: Api = { request: answer as Api['request'], watch: publisher.watch };

  return {
    api,
    serve(channel) {
      const end = serveClient(channel, api, clock, {
        onFault: (fault) =>
          log.add(
            'error',
            'internal',
            fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
          ),
        onEnd: () => clients.delete(end),
      });
      clients.add(end);
      return end;
    },
    tap: (streams, listener) => tapMarkets(marketOf, streams, listener),
    async [Symbol.asyncDispose]() {
      stack.dispose();
    },
  };
}

function defaultSettings(venues: readonly Venue[]): Settings {
  const watchlist = venues.flatMap((venue) => venue.favourites);
  const selected = watchlist[0];
  if (!selected) throw new HeartlineError('internal', 'no venue has a favourite instrument');
  return {
    theme: 'dark',
    directionColours: 'western',
    language: 'system',
    watchlist,
    selected,
    interval: '1m',
  };
}
