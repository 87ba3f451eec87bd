import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { FeedFact, Transition } from '#shared/domain/incident.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Candle, MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import { createClockOffset } from '../net/clock-offset.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { OpenSocket } from '../net/socket.ts';
import { type BookFeed, createBookFeed } from './book-feed.ts';
import { type CandleFeed, createCandleFeed } from './candle-feed.ts';
import { createInstrumentList } from './instrument-list.ts';
import type { CandleQuery, Market, MarketChange } from './market.ts';
import { createSessionPool } from './session-pool.ts';
import { createTickerRows } from './ticker-rows.ts';
import { createTradeTapes } from './trade-tapes.ts';

export interface VenueMarketOptions {
  readonly venue: Venue;
  readonly endpoints: Endpoints;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly rest: RestClient;
  readonly log: EventLog;
}

const TAPE_BACKLOG = 500;

export function createVenueMarket(options: VenueMarketOptions): Market {
  const { venue, clock, rest, log } = options;
  const changes = createEmitter<MarketChange>();
  const events = createEmitter<MarketEvent>();
  const transitions = createEmitter<Transition>();
  const facts = createEmitter<{ readonly fact: FeedFact; readonly at: number }>();
  let isPaused = false;
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
    maxCandles: venue.rest.maxCandles,
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
    onTransition: (listener) => transitions.on(listener),
    onFact: (listener) => facts.on(({ fact, at }) => listener(fact, at)),
    instruments: () => list.load(),
    check: (instrument) => list.check(instrument),
    row: (instrument) => rows.row(instrument),
    book: (instrument) => books.get(instrument),
    tape: (instrument) => tapes.look(instrument),
    candles: (instrument, interval) => candleFeeds.get(`candle:${interval} ${instrument}`),
    loadCandles,
    health: () => pool.health(),
    budgets: () => rest.gauges(),
    restErrors: rest.errors,
    get clockOffsetMs() {
      return offset.offsetMs;
    },
    get isPaused() {
      return isPaused;
    },
    reconnectNow: () => pool.reconnectNow(),
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
    wake: () => pool.reconnectNow(),
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
