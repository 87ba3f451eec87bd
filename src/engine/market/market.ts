import type { Undo } from '#shared/base/emitter.ts';
import type { CapabilitySheet } from '#shared/domain/capability.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { ErrorClass } from '#shared/domain/error-class.ts';
import type { FeedFact, Transition } from '#shared/domain/incident.ts';
import type { Instrument, InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { Candle, MarketEvent, ProvenCandle, TopEvent, TradeEvent } from '#shared/domain/market-data.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { AllTickers } from './all-tickers.ts';
import type { BookFeed } from './book-feed.ts';
import type { CandleFeed } from './candle-feed.ts';
import type { CacheFigures } from './price-cache.ts';
import type { TickerRow } from './ticker-rows.ts';
import type { TradeTape } from './trade-tape.ts';

/** What changed, for whoever shows it. */
export type MarketChange =
  | { readonly kind: 'ticker'; readonly instrument: InstrumentId }
  | { readonly kind: 'book'; readonly instrument: InstrumentId }
  /** Without `trade`: the past was filled in. */
  | { readonly kind: 'trade'; readonly instrument: InstrumentId; readonly trade?: TradeEvent }
  | {
      readonly kind: 'candle';
      readonly instrument: InstrumentId;
      readonly interval: Interval;
      readonly openTimes: readonly number[];
    };

export interface CandleQuery {
  readonly instrument: InstrumentId;
  readonly interval: Interval;
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

/** What the rest of the engine needs to know of a venue. */
export interface VenueFacts {
  readonly id: VenueId;
  readonly name: string;
  readonly intervals: readonly Interval[];
  readonly favourites: readonly InstrumentId[];
  readonly takerFee: number;
  readonly sheet: CapabilitySheet;
}

/** The public side of one venue, native or through ccxt: streams kept by reference count, and the state built from them. */
export interface Market {
  readonly venue: VenueFacts;
  /** Most candles one `loadCandles` gives. */
  readonly maxCandles: number;
  /** Keeps the stream alive until the undo; the last undo releases it. */
  hold(stream: StreamKey): Undo;
  /** Has the venue tell a held stream from its beginning; absent: it cannot be asked for. */
  renew?(stream: StreamKey): void;
  onChange(listener: (change: MarketChange) => void): Undo;
  /** Events as decoded, before any conflation; book frames come after they were applied. */
  onEvent(listener: (event: MarketEvent) => void): Undo;
  /** Every change of a connection's state, as it happens. */
  onTransition(listener: (transition: Transition) => void): Undo;
  onFact(listener: (fact: FeedFact, at: number) => void): Undo;
  instruments(): Promise<readonly Instrument[]>;
  /** Throws `instrument.unknown` when the venue's list is known and lacks it. */
  check(instrument: InstrumentId): Promise<Instrument>;
  row(instrument: InstrumentId): TickerRow | undefined;
  book(instrument: InstrumentId): BookFeed | undefined;
  /** Only for a held stream. */
  tape(instrument: InstrumentId): TradeTape;
  candles(instrument: InstrumentId, interval: Interval): CandleFeed | undefined;
  /** What of a page is remembered from earlier, oldest first; at once. */
  recallCandles?(query: CandleQuery): readonly ProvenCandle[];
  /** Candles without a provenance are `history`. May be fewer than asked for: only none at all ends the past. */
  loadCandles(query: CandleQuery): Promise<readonly (Candle | ProvenCandle)[]>;
  health(): readonly ConnectionHealth[];
  budgets(): readonly BudgetGauge[];
  /** Failed REST calls by class, since the start. */
  readonly restErrors: ReadonlyMap<ErrorClass, number>;
  /** How often a price was known already when it was wanted. */
  cacheFigures?(): CacheFigures;
  /** Fetches the prices of a watchlist before anything else is there. */
  warm?(instruments: readonly InstrumentId[]): void;
  readonly clockOffsetMs: number | undefined;
  /** Measures it anew; resolves when that is done, or could not be. Absent: nobody can ask. */
  measureClock?(): Promise<void>;
  /** Asks the venue's REST for best bid and ask once. Throws as `RestClient.call`, and `rest.circuit`. `undefined`: nobody can ask. */
  askTop?(instrument: InstrumentId): Promise<TopEvent | undefined>;
  /** Asks the venue's REST for the figures of everything it lists. Throws as `RestClient.call`. Absent: nobody can ask. */
  allTickers?(): Promise<AllTickers>;
  /** Asks the venue's REST for its time once; how long that took, ms. Throws as `RestClient.call`. Absent: nobody can ask. */
  restRoundTrip?(): Promise<number>;
  readonly isPaused: boolean;
  reconnectNow(): void;
  /** Closes every socket and keeps them closed; what is held stays held. */
  pause(): void;
  resume(): void;
  /** The machine slept, or its link came back: what is open is not believed, what waits tries at once. */
  wake(cause: 'resume' | 'link'): void;
  second(): void;
  dispose(): void;
}
