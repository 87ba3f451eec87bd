import type { CapabilitySheet } from '#shared/domain/capability.ts';
import type { Instrument, InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type {
  BookDeltaEvent,
  BookSnapshotEvent,
  Candle,
  MarkEvent,
  MarketEvent,
  TickerEvent,
  TopEvent,
  TradeEvent,
} from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';

/** Base URLs without a trailing slash. */
export interface Endpoints {
  readonly rest: string;
  readonly ws: string;
}

/** What a frame meant. `decode` never throws: what it cannot read is `failed`, what it need not is `ignored`. */
export type Decoded =
  | MarketEvent
  | { readonly kind: 'ack'; readonly requestId: number }
  /** Code `topic.repeated`: a channel is held already, which is as good as an ack. */
  | { readonly kind: 'refusal'; readonly requestId?: number; readonly code: string; readonly message: string }
  | { readonly kind: 'pong' }
  /** The venue will end this connection soon (maintenance, restart): a new one should be proven now. */
  | { readonly kind: 'notice'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Pure but for memory kept in the closure, one per connection.
 * `frame` is the message's bytes or text, `receivedAt` wall ms epoch.
 */
export type Decode = (frame: Uint8Array | string, receivedAt: number) => readonly Decoded[];

export interface DecoderOptions {
  /** The route whose frames come, where one spelling names different instruments on different routes. */
  readonly route?: string;
  /** Digits after the point, where the instrument list is known; otherwise learned from the frames. */
  scaleOf?(instrument: InstrumentId): { priceScale: number; quantityScale: number } | undefined;
}

/** One REST call, described and parsed but not made: the engine owns the socket, the clock and the limits. */
export interface RestCall<Answer> {
  /** Path and query, e.g. `/fapi/v1/depth?symbol=BTCUSDT&limit=1000`. */
  readonly path: string;
  /** Id of the budget it is charged to: one of `limits.budgets`. */
  readonly scope: string;
  /** Cost against that budget. */
  readonly weight: number;
  /**
   * Turns the JSON body, parsed by `parseExactJson` (a number a double cannot hold comes as its text), into the answer.
   * Throws `HeartlineError('venue.answer', …)` on a shape it does not know.
   */
  parse(body: unknown, receivedAt: number, headers: { get(name: string): string | null }): Answer;
}

/** Part of an instrument list, and the call for the next part where there is one. */
export interface InstrumentPage {
  readonly instruments: readonly Instrument[];
  readonly next?: RestCall<InstrumentPage>;
}

/** The figures of many instruments, as one answer told them. */
export interface TickerList {
  readonly events: readonly (TickerEvent | MarkEvent)[];
  /** Rows of instruments that have a name here and could not be read. */
  readonly unread: number;
}

export interface VenueRest {
  serverTime(): RestCall<number>;
  /** `serverTime` tells whole steps of so many ms (1000: an HTTP `Date`); absent: every ms. */
  readonly clockStepMs?: number;
  /** The whole list, or its first page. */
  instruments(): RestCall<readonly Instrument[] | InstrumentPage>;
  /**
   * Candles whose `openTime` is in [from, to], oldest first, at most `limit` (≤ `maxCandles`).
   * Without `from`, the latest up to `to`. The still-open candle comes with `closed: false`.
   * Where `candlesTellReach`, the last candle before `from` comes before them, where the answer reaches back so far.
   */
  candles(query: {
    readonly instrument: InstrumentId;
    readonly interval: Interval;
    readonly from?: number;
    readonly to?: number;
    readonly limit: number;
    /** Server-aligned wall time, decides `closed`. */
    readonly now: number;
  }): RestCall<readonly Candle[]>;
  /** Absent where the venue's stream brings its own snapshot. */
  bookSnapshot?(instrument: InstrumentId): RestCall<BookSnapshotEvent>;
  /** The 24 h figures, for when the stream is away; absent where the venue has no such call. */
  ticker?(instrument: InstrumentId): RestCall<TickerEvent>;
  /**
   * The 24 h figures of every instrument at once, and mark and funding where there are any: the calls that tell them
   * together. `listed` is what the venue trades, for venues that want names. Absent where it would take a call each.
   */
  tickers?(listed: readonly InstrumentId[]): readonly RestCall<TickerList>[];
  /** Best bid and ask, likewise. */
  top?(instrument: InstrumentId): RestCall<TopEvent>;
  /** Most recent public trades, oldest first. */
  trades(instrument: InstrumentId, limit: number): RestCall<readonly TradeEvent[]>;
  readonly maxCandles: number;
  /** Intervals the venue answers for itself; absent: all of `Venue.intervals`. The others are made of shorter ones. */
  readonly candleIntervals?: readonly Interval[];
  /**
   * A time without trades has no candle, neither here nor on the stream, and the stream has no closing flag: what is
   * missing between two candles is silence, not a hole.
   */
  readonly candlesOmitEmpty?: boolean;
  /**
   * With `candlesOmitEmpty`: pages are counted backwards, so that what is before `from` proves that nothing in between
   * was left out. Without it a short answer cannot be told from silence.
   */
  readonly candlesTellReach?: boolean;
}

/** How a REST answer's status, headers and body become a refusal. Pure. */
export interface RestRefusal {
  readonly code: 'rate-limit' | 'ban' | 'geo' | 'auth' | 'clock' | 'maintenance' | 'venue.error';
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** What an answer's headers say of a budget. One of `used` and `remaining`. */
export interface BudgetNote {
  readonly scope: string;
  readonly used?: number;
  readonly remaining?: number;
}

/** One budget of REST calls. */
export interface Budget {
  /** `weight`, `ip`, `candle`, … unique within the venue. */
  readonly scope: string;
  readonly capacity: number;
  readonly windowMs: number;
}

/** How deltas follow one another. Pure; the book asks it before every delta. */
export interface BookRule {
  /** `rest`: buffer deltas and fetch a snapshot; `stream`: the stream's first frame is one. */
  readonly snapshot: 'rest' | 'stream';
  /**
   * Most levels a side of a snapshot holds: a fuller book goes on beyond, unknown to us, and its changes say nothing
   * of the levels between. Absent where the changes themselves keep a fixed number of levels whole.
   */
  readonly snapshotDepth?: number;
  /**
   * Where every frame is a whole book and nothing chains them: whether `snapshot` may take the place of what a live
   * book holds. Absent: a snapshot on the stream always starts the book anew.
   */
  supersedes?(
    held: { readonly lastUpdateId: number; readonly receivedAt: number },
    snapshot: BookSnapshotEvent,
  ): boolean;
  /** The first delta on a snapshot with `snapshotUpdateId`. `early`: the snapshot is older than the delta's start, fetch again. */
  bridge(snapshotUpdateId: number, delta: BookDeltaEvent): 'applied' | 'stale' | 'early';
  /** Any later delta. */
  follow(lastUpdateId: number, delta: BookDeltaEvent): 'applied' | 'stale' | 'gap';
}

export interface VenueLimits {
  readonly maxStreamsPerConnection: number;
  /** Sum of the channel names' lengths on one connection, where the venue counts them. */
  readonly maxChannelCharsPerConnection?: number;
  /** Frames we may send per second on one connection. */
  readonly sendsPerSecond: number;
  /** And per minute, where that is the tighter bound. */
  readonly sendsPerMinute?: number;
  /** Channels in one subscribe frame. */
  readonly channelsPerFrame: number;
  /** Connections that may be opened from this address within `windowMs`. */
  readonly connections: { readonly count: number; readonly windowMs: number };
  /** The venue ends a connection after this long; `Infinity` where it says nothing of the kind. */
  readonly connectionLifeMs: number;
  /** Without data for this long a stream is stale. */
  readonly staleAfterMs: number;
  /** REST budgets; at least one. */
  readonly budgets: readonly Budget[];
}

/**
 * How a venue is told what to send.
 * `add`: a frame adds or removes channels, and each is answered. `replace`: a frame names everything wanted on the
 * connection from now on, and nothing is answered: what is sent counts as confirmed, and only data proves it.
 */
export type Subscribing =
  | {
      readonly kind: 'add';
      subscribeFrame(channels: readonly string[], requestId: number): string;
      unsubscribeFrame(channels: readonly string[], requestId: number): string;
      /** One channel the venue does not know refuses the whole frame: a refused frame is halved until the culprit is alone. */
      readonly refusesWhole: boolean;
    }
  | {
      readonly kind: 'replace';
      /** `channels` is never empty: where nothing is wanted the connection is closed. */
      replaceFrame(channels: readonly string[], requestId: number): string;
    };

/** A venue: data and pure functions. Sockets, timers, retries and counting belong to the engine. */
export interface Venue {
  readonly id: VenueId;
  /** As people know it: `Binance`. */
  readonly name: string;
  readonly environments: Readonly<Record<string, Endpoints>>;
  readonly limits: VenueLimits;
  readonly intervals: readonly Interval[];
  /** What a first-time watchlist shows. */
  readonly favourites: readonly InstrumentId[];
  /** Which route (connection) serves the stream, e.g. `public` or `market`. */
  routeOf(stream: StreamKey): string;
  /** The socket's URL for a route. */
  socketUrl(endpoints: Endpoints, route: string): string;
  /**
   * The venue's name of the stream, e.g. `btcusdt@aggTrade`; `undefined` where it has none. Several streams may share
   * one channel (a ticker frame that also brings the mark price): it is asked for once, as long as any is wanted.
   */
  channelOf(stream: StreamKey): string | undefined;
  /** How long a healthy stream of this kind may be quiet in a busy market, ms; `undefined`: quiet is normal. */
  rhythmOf(stream: StreamKey): number | undefined;
  /**
   * The busiest stream of a route: listened to where all that is wanted there may rightly be silent, so that a dead
   * connection can be told from a quiet market.
   */
  canaryOf?(route: string): StreamKey | undefined;
  /** Whether trade `id` is the very next after `previousId`: a gap shows that some were lost. Absent where ids do not tell. */
  tradeFollows?(previousId: string, id: string): boolean;
  readonly subscribing: Subscribing;
  /**
   * A text frame that asks for a sign of life, where the venue wants one of its own (it is answered by a `pong`);
   * absent: the protocol's own ping is used. Sent at least every `everyMs` even on a busy connection where `always`.
   */
  readonly ping?: { readonly frame: string; readonly everyMs: number; readonly always: boolean };
  createDecoder(options?: DecoderOptions): Decode;
  /** The venue's spelling (on a route, where that matters) → our id; `undefined` when it is not one of this venue's. */
  instrumentOf(symbol: string, route?: string): InstrumentId | undefined;
  /** Our id → the venue's spelling. */
  symbolOf(instrument: InstrumentId): string;
  readonly book: BookRule;
  readonly rest: VenueRest;
  refusalOf(
    status: number,
    headers: { get(name: string): string | null },
    body: string,
    now: number,
  ): RestRefusal | undefined;
  /** What is left of the budgets, where the venue's headers tell. Never throws. */
  budgetNotes?(
    call: { readonly scope: string },
    headers: { get(name: string): string | null },
  ): readonly BudgetNote[];
  /** Taker fee of an ordinary account, a share of the notional: for estimates that say so. */
  readonly takerFee: number;
  readonly sheet: CapabilitySheet;
}
