import type { Clock } from '#shared/base/clock.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent, TickerEvent, TradeEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { Tuning } from '../tuning.ts';
import type { CandleFeed } from './candle-feed.ts';
import { isUnheardIn, streamStateIn } from './candle-health.ts';
import { createNewestTrades } from './newest-trades.ts';
import { type CacheFigures, createPriceCache } from './price-cache.ts';
import type { RestGuard, RestKind } from './rest-guard.ts';
import { type PolledStream, withPolledStreams } from './rest-health.ts';
import { createRestQuestions } from './rest-questions.ts';
import { chooseSource, type DataSource, restKindOf } from './source-choice.ts';

export interface DataSourcesOptions {
  readonly venue: Venue;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly rest: Pick<RestClient, 'call'>;
  readonly guard: RestGuard;
  /** Absent: streams, and REST where they are silent. */
  readonly settings?: (() => Settings['sources']) | undefined;
  /** Absent: the defaults. */
  readonly tuning?: Pick<Tuning, 'priceCache'> | undefined;
  readonly pool: {
    want(stream: StreamKey): void;
    drop(stream: StreamKey): void;
    health(): readonly ConnectionHealth[];
  };
  readonly isPaused: () => boolean;
  /** What REST told, to be used as if the stream had. */
  readonly apply: (event: MarketEvent) => void;
  /** The stream will not go on where it was. */
  readonly interrupted: (stream: StreamKey) => void;
  readonly candles: (stream: Extract<StreamKey, { kind: 'candle' }>) => CandleFeed | undefined;
  /** What the venue answered about its recent trades. */
  readonly onTrades: (instrument: InstrumentId, trades: readonly TradeEvent[]) => void;
  readonly onFault: (fault: unknown, instrument: InstrumentId) => void;
}

/**
 * Between what is wanted and the sockets: each stream's data comes from its socket, or, where that is silent or the
 * person wants it so, from REST questions at a bounded rate. REST is shown as REST.
 */
export interface DataSources {
  /** Throws for what the venue cannot have. */
  want(stream: StreamKey): void;
  drop(stream: StreamKey): void;
  /** Somebody wants to see this now: a price that is not in the cache any more is asked for. */
  look(stream: StreamKey): void;
  /** An event of a socket, or of REST. */
  note(event: MarketEvent): void;
  /** The recent trades, oldest first. Throws what the REST client throws, and `rest.circuit`. */
  loadTrades(instrument: InstrumentId): Promise<readonly TradeEvent[]>;
  /** Fetches the tickers of a watchlist that are not known yet. */
  warm(instruments: readonly InstrumentId[]): void;
  /** With one more connection that carries what is asked for over REST. */
  health(connections: readonly ConnectionHealth[]): readonly ConnectionHealth[];
  readonly cache: CacheFigures;
  second(): void;
}

interface Wanted extends PolledStream {
  readonly kind: RestKind;
  readonly wantedAt: number;
  /** When it was last seen to live; or wanted. */
  livedAt: number;
  isOnSocket: boolean;
  source: DataSource;
  /** What the log has last said of it. */
  told: DataSource;
  /** Monotonic. */
  askedAt: number;
  isAsking: boolean;
}

const EVERY_MS: Readonly<Record<RestKind, number>> = {
  ticker: 3000,
  book: 5000,
  trade: 3000,
  candle: 10_000,
};
/** Questions a second, and under way at once, however many streams are silent: the rest of the budget is for repairs. */
const MOST_PER_SECOND = 4;
const MOST_AT_ONCE = 4;
const TAPE_BACKLOG = 500;
const STREAMS_FIRST = { ticker: 'auto', book: 'auto', trade: 'auto', candle: 'auto' } as const;

export function createDataSources(options: DataSourcesOptions): DataSources {
  const { venue, clock, log, guard, pool } = options;
  const wanted = new Map<string, Wanted>();
  const quotes = createPriceCache<InstrumentId, TickerEvent>({
    clock,
    bounds: options.tuning?.priceCache,
  });
  const newestTrades = createNewestTrades();
  const priming = new Set<InstrumentId>();
  let waiting: InstrumentId[] = [];
  let underWay = 0;

  const { ask, isAskable } = createRestQuestions({
    ...options,
    newestTrades,
    isWanted: (stream) => wanted.has(streamKeyText(stream)),
  });

  const settingOf = (stream: StreamKey) => (options.settings?.() ?? STREAMS_FIRST)[restKindOf(stream)];
  const isForSocket = (stream: StreamKey) => settingOf(stream) !== 'rest' || !isAskable(stream);

  async function poll(held: Wanted): Promise<void> {
    held.isAsking = true;
    held.askedAt = clock.monotonic();
    underWay += 1;
    try {
      if (held.kind === 'candle') await ask(held.stream);
      else await guard.run(held.kind, () => ask(held.stream));
      held.answeredAt = clock.now();
    } catch (fault) {
      options.onFault(fault, held.stream.instrument);
    } finally {
      held.isAsking = false;
      underWay -= 1;
    }
  }

  async function prime(instrument: InstrumentId): Promise<void> {
    const ticker = venue.rest.ticker?.(instrument);
    if (!ticker || priming.has(instrument)) return;
    priming.add(instrument);
    underWay += 1;
    try {
      const event = await guard.run('ticker', () => options.rest.call(ticker));
      // What the stream has told meanwhile is newer.
      if (quotes.peek(instrument) === undefined) options.apply(event);
    } catch (fault) {
      options.onFault(fault, instrument);
    } finally {
      priming.delete(instrument);
      underWay -= 1;
    }
  }

  function primeWaiting(): void {
    while (underWay < MOST_AT_ONCE) {
      const next = waiting.shift();
      if (next === undefined) return;
      if (quotes.peek(next) === undefined) void prime(next).then(primeWaiting);
    }
  }

  function choose(held: Wanted, connections: readonly ConnectionHealth[]): DataSource {
    const stream = streamStateIn(connections, held.stream);
    // Where nothing is traded no trade comes, and to ask for some every three seconds would cost what others need. A venue
    // that begins every channel with its last state has no such excuse.
    const isQuiet =
      held.kind === 'trade' && venue.subscribing.kind === 'add' && isUnheardIn(connections, held.stream);
    if (stream === 'live' || stream === 'late' || isQuiet) held.livedAt = clock.monotonic();
    return chooseSource({
      setting: settingOf(held.stream),
      stream,
      awayMs: clock.monotonic() - held.livedAt,
      isAskable: isAskable(held.stream),
      circuit: guard.stateOf(held.kind),
    });
  }

  /** One line for all that changed alike in one second. */
  function tell(changes: ReadonlyMap<string, readonly Wanted[]>): void {
    for (const all of changes.values()) {
      const [{ source, kind, stream } = { source: undefined, kind: undefined, stream: undefined }] = all;
      if (source === undefined || stream === undefined) continue;
      log.add(
        source === 'rest' ? 'warn' : 'info',
        `source.${source}`,
        `${venue.name}: ${all.length} ${kind} streams now come from ${source}`,
        { venue: venue.name, kind, count: all.length, instrument: stream.instrument },
      );
    }
  }

  return {
    want(stream) {
      const isOnSocket = isForSocket(stream);
      if (isOnSocket) pool.want(stream);
      wanted.set(streamKeyText(stream), {
        stream,
        kind: restKindOf(stream),
        wantedAt: clock.monotonic(),
        livedAt: clock.monotonic(),
        isOnSocket,
        source: 'websocket',
        told: 'websocket',
        since: clock.now(),
        askedAt: Number.NEGATIVE_INFINITY,
        answeredAt: undefined,
        isAsking: false,
      });
    },
    look(stream) {
      if (stream.kind !== 'ticker' || options.isPaused()) return;
      const known = quotes.get(stream.instrument);
      if (known) {
        // Nothing new for who has it already.
        if (wanted.get(streamKeyText(stream))?.wantedAt === clock.monotonic()) options.apply(known);
      } else if (!waiting.includes(stream.instrument)) {
        waiting.push(stream.instrument);
        primeWaiting();
      }
    },
    drop(stream) {
      const text = streamKeyText(stream);
      if (wanted.get(text)?.isOnSocket) pool.drop(stream);
      wanted.delete(text);
      if (stream.kind === 'trade') newestTrades.forget(stream.instrument);
      if (stream.kind === 'ticker')
        waiting = waiting.filter((instrument) => instrument !== stream.instrument);
    },
    note(event) {
      if (event.kind === 'ticker') quotes.put(event.instrument, event);
      else if (event.kind === 'trade') newestTrades.note(event);
    },
    async loadTrades(instrument) {
      const call = venue.rest.trades(instrument, TAPE_BACKLOG);
      const answer = await guard.run('trade', () => options.rest.call(call));
      const trades = answer.filter(({ offBook }) => offBook !== true);
      options.onTrades(instrument, trades);
      return trades;
    },
    warm(instruments) {
      if (options.isPaused()) return;
      waiting.push(...instruments.filter((instrument) => !waiting.includes(instrument)));
      primeWaiting();
    },
    health: (connections) =>
      withPolledStreams(
        connections,
        venue.id,
        [...wanted.values()].filter(({ source }) => source === 'rest'),
        { now: clock.now(), isCircuitOpen: (stream) => guard.stateOf(restKindOf(stream)) === 'open' },
      ),
    get cache() {
      return quotes.figures();
    },
    second() {
      if (options.isPaused()) return;
      const connections = pool.health();
      const changes = new Map<string, Wanted[]>();
      for (const held of wanted.values()) {
        const isOnSocket = isForSocket(held.stream);
        if (isOnSocket !== held.isOnSocket) {
          held.isOnSocket = isOnSocket;
          if (isOnSocket) pool.want(held.stream);
          else pool.drop(held.stream);
          options.interrupted(held.stream);
        }
        const source = choose(held, connections);
        if (source === held.source) continue;
        // Between the last answer and the first frame something may have happened that neither told.
        if (held.source === 'rest' && (held.kind === 'trade' || held.kind === 'candle')) {
          options.interrupted(held.stream);
        }
        held.source = source;
        held.since = clock.now();
        held.answeredAt = undefined;
        // Back to waiting for a stream that is still silent is no news.
        const isNews = source === 'rest' || streamStateIn(connections, held.stream) === 'live';
        if (!isNews || source === held.told) continue;
        held.told = source;
        const alike = `${source} ${held.kind}`;
        changes.set(alike, [...(changes.get(alike) ?? []), held]);
      }
      tell(changes);
      const due = [...wanted.values()]
        .filter(
          ({ source, isAsking, askedAt, kind }) =>
            source === 'rest' && !isAsking && clock.monotonic() - askedAt >= EVERY_MS[kind],
        )
        .sort((a, b) => a.askedAt - b.askedAt)
        .slice(0, MOST_PER_SECOND);
      for (const held of due) if (underWay < MOST_AT_ONCE) void poll(held);
    },
  };
}
