import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { Candle, MarketEvent, TradeEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import { createClockOffset } from '../net/clock-offset.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { OpenSocket } from '../net/socket.ts';
import { type BookFeed, createBookFeed } from './book-feed.ts';
import { type CandleFeed, createCandleFeed } from './candle-feed.ts';
import { createInstrumentList } from './instrument-list.ts';
import { createSessionPool } from './session-pool.ts';
import { createTickerRows, type TickerRow } from './ticker-rows.ts';
import type { TradeTape } from './trade-tape.ts';
import { createTradeTapes } from './trade-tapes.ts';

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

export interface VenueMarketOptions {
  readonly venue: Venue;
  readonly endpoints: Endpoints;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly rest: RestClient;
  readonly log: EventLog;
}

/** The public side of one venue: streams kept by reference count, and the state built from them. */
export interface VenueMarket {
  readonly venue: Venue;
  /** Keeps the stream alive until the undo; the last undo releases it. */
  hold(stream: StreamKey): Undo;
  onChange(listener: (change: MarketChange) => void): Undo;
  /** Events as decoded, before any conflation; book frames come after they were applied. */
  onEvent(listener: (event: MarketEvent) => void): Undo;
  instruments(): Promise<readonly Instrument[]>;
  /** Throws `instrument.unknown` when the venue's list is known and lacks it. */
  check(instrument: InstrumentId): Promise<Instrument>;
  row(instrument: InstrumentId): TickerRow | undefined;
  book(instrument: InstrumentId): BookFeed | undefined;
  /** Only for a held stream. */
  tape(instrument: InstrumentId): TradeTape;
  candles(instrument: InstrumentId, interval: Interval): CandleFeed | undefined;
  loadCandles(query: CandleQuery): Promise<readonly Candle[]>;
  health(): readonly ConnectionHealth[];
  readonly clockOffsetMs: number | undefined;
  reconnectNow(): void;
  second(): void;
  dispose(): void;
}

export interface CandleQuery {
  readonly instrument: InstrumentId;
  readonly interval: Interval;
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

const TAPE_BACKLOG = 500;

export function createVenueMarket(options: VenueMarketOptions): VenueMarket {
  const { venue, clock, rest, log } = options;
  const changes = createEmitter<MarketChange>();
  const events = createEmitter<MarketEvent>();
  const holders = new Map<string, number>();
  const rows = createTickerRows();
  const books = new Map<InstrumentId, BookFeed>();
  const tapes = createTradeTapes({
    clock,
    follows: venue.tradeFollows,
    load: (instrument) => rest.call(venue.rest.trades(instrument, TAPE_BACKLOG)),
    onFilled: (instrument) => changes.emit({ kind: 'trade', instrument }),
    onFault: (fault, instrument) => report(fault, { instrument }),
  });
  const candleFeeds = new Map<string, CandleFeed>();
  const list = createInstrumentList({ venue, rest, clock, log });
  const offset = createClockOffset({ clock, serverTime: () => rest.call(venue.rest.serverTime()) });

  const pool = createSessionPool({
    ...options,
    decoderOptions: { scaleOf: (instrument) => list.known?.get(instrument) },
    onEvent: apply,
    onInterrupted(streams) {
      for (const stream of streams) {
        if (stream.kind === 'book') books.get(stream.instrument)?.interrupted();
        if (stream.kind === 'candle') candleFeeds.get(streamKeyText(stream))?.interrupted();
        if (stream.kind === 'trade') tapes.interrupted(stream.instrument);
        rows.interrupted(stream);
      }
    },
    countsOf(stream) {
      const feed = stream.kind === 'book' ? books.get(stream.instrument) : undefined;
      return { gaps: feed?.gaps ?? 0, resyncs: feed?.resyncs ?? 0 };
    },
  });

  function apply(event: MarketEvent): void {
    const { instrument } = event;
    switch (event.kind) {
      case 'ticker':
      case 'top':
      case 'mark':
        if (rows.apply(event)) changes.emit({ kind: 'ticker', instrument });
        break;
      case 'trade':
        if (rows.apply(event)) changes.emit({ kind: 'ticker', instrument });
        if (!event.offBook && tapes.add(event)) {
          changes.emit({ kind: 'trade', instrument, trade: event });
        }
        break;
      case 'candle':
        candleFeeds.get(`candle:${event.interval} ${instrument}`)?.apply(event);
        break;
      case 'book-delta':
      case 'book-snapshot':
        books.get(instrument)?.apply(event);
        break;
    }
    events.emit(event);
  }

  function report(fault: unknown, details: Record<string, string>): void {
    const code = fault instanceof HeartlineError ? fault.code : 'internal';
    if (code === 'rest.stopped') return;
    const own = fault instanceof HeartlineError ? fault.details : {};
    log.add('warn', code, messageOf(fault), { venue: venue.name, ...own, ...details });
  }

  function loadCandles(query: CandleQuery): Promise<readonly Candle[]> {
    // A fast clock would call the candle still open closed, and what the stream says of it would be ignored: while the
    // venue's clock is not measured, the latest candle counts as open. The stream, or a repair, closes it.
    const isPresent = query.to === undefined && offset.offsetMs === undefined;
    const now = isPresent ? 0 : clock.now() + (offset.offsetMs ?? 0);
    return rest.call(venue.rest.candles({ ...query, now }));
  }

  /** Makes the state a stream feeds; the undo lets it go. */
  function open(stream: StreamKey): Undo {
    const { instrument } = stream;
    switch (stream.kind) {
      case 'book': {
        const feed = createBookFeed({
          rule: venue.book,
          clock,
          loadSnapshot() {
            const call = venue.rest.bookSnapshot?.(instrument);
            if (!call) throw new HeartlineError('internal', `${venue.name} has no book snapshot`);
            return rest.call(call);
          },
          onChange: () => changes.emit({ kind: 'book', instrument }),
          onGap: () => log.add('warn', 'book.gap', `book of ${instrument} has a gap`, { instrument }),
          onResync: (tookMs) =>
            log.add('info', 'book.resynced', `book of ${instrument} rebuilt in ${Math.round(tookMs)} ms`, {
              instrument,
              tookMs: Math.round(tookMs),
            }),
          onFault: (fault) => report(fault, { instrument }),
        });
        books.set(instrument, feed);
        return () => {
          feed.dispose();
          books.delete(instrument);
        };
      }
      case 'candle': {
        const { interval } = stream;
        const text = streamKeyText(stream);
        const feed = createCandleFeed({
          instrument,
          interval,
          clock,
          maxCandles: venue.rest.maxCandles,
          load: (query) => loadCandles({ instrument, interval, ...query }),
          onChange: (openTimes) => changes.emit({ kind: 'candle', instrument, interval, openTimes }),
          onRepaired: (count) =>
            log.add('info', 'candles.repaired', `${count} ${interval} candles of ${instrument} repaired`, {
              instrument,
              interval,
              count,
            }),
          onFault: (fault) => report(fault, { instrument }),
        });
        candleFeeds.set(text, feed);
        return () => {
          feed.dispose();
          candleFeeds.delete(text);
        };
      }
      case 'trade':
        return () => {
          tapes.release(instrument);
          rows.interrupted(stream);
        };
      default:
        return () => rows.interrupted(stream);
    }
  }

  const closers = new Map<string, Undo>();

  offset.start();

  return {
    venue,
    hold(stream) {
      const text = streamKeyText(stream);
      const count = holders.get(text) ?? 0;
      if (count === 0) {
        pool.want(stream); // throws for what the venue cannot have: nothing is held then
        closers.set(text, open(stream));
      }
      holders.set(text, count + 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        const left = (holders.get(text) ?? 1) - 1;
        if (left > 0) {
          holders.set(text, left);
          return;
        }
        holders.delete(text);
        pool.drop(stream);
        closers.get(text)?.();
        closers.delete(text);
      };
    },
    onChange: (listener) => changes.on(listener),
    onEvent: (listener) => events.on(listener),
    instruments: () => list.load(),
    check: (instrument) => list.check(instrument),
    row: (instrument) => rows.row(instrument),
    book: (instrument) => books.get(instrument),
    tape: (instrument) => tapes.look(instrument),
    candles: (instrument, interval) => candleFeeds.get(`candle:${interval} ${instrument}`),
    loadCandles,
    health: () => pool.health(),
    get clockOffsetMs() {
      return offset.offsetMs;
    },
    reconnectNow: () => pool.reconnectNow(),
    second: () => pool.second(),
    dispose() {
      for (const close of closers.values()) close();
      tapes.dispose();
      offset.dispose();
      pool.dispose();
      rest.dispose();
    },
  };
}
