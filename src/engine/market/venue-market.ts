import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { FeedFact, Transition } from '#shared/domain/incident.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { StreamMeter } from '../health/stream-meter.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { OpenSocket } from '../net/socket.ts';
import { createVenueClock } from '../net/venue-clock.ts';
import type { CandleStore } from '../storage/candle-store.ts';
import type { Tuning } from '../tuning.ts';
import { readAllTickers } from './all-tickers.ts';
import { createBookFeeds } from './book-feeds.ts';
import { createCandleFeeds } from './candle-feeds.ts';
import { streamStateIn, withBuiltCandles } from './candle-health.ts';
import { createDataSources } from './data-sources.ts';
import { createFaultReport } from './fault-report.ts';
import { createFigureWatch } from './figure-watch.ts';
import { createInstrumentList } from './instrument-list.ts';
import { createInstrumentWatch } from './instrument-watch.ts';
import type { Market, MarketChange } from './market.ts';
import { createRestGuard } from './rest-guard.ts';
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
  /** Candles remembered on disk; absent: nothing is. */
  readonly history?: CandleStore | undefined;
  /** Where each kind of data is to come from; absent: from the stream, else from REST. */
  readonly sources?: () => Settings['sources'];
  readonly tuning?: Tuning;
  /** Who counts a stream's frames; absent: nobody does. */
  readonly meterOf?: (stream: StreamKey, connection: string) => StreamMeter;
}

export function createVenueMarket(options: VenueMarketOptions): Market {
  const { venue, clock, rest, log } = options;
  const changes = createEmitter<MarketChange>();
  const events = createEmitter<MarketEvent>();
  const transitions = createEmitter<Transition>();
  const facts = createEmitter<{ readonly fact: FeedFact; readonly at: number }>();
  const tellFact = (fact: FeedFact) => facts.emit({ fact, at: clock.now() });
  const report = createFaultReport({ clock, log, venue: venue.name });
  let isPaused = false;
  const holders = new Map<string, number>();
  const rows = createTickerRows();
  const figures = createFigureWatch({ clock, log, venue: venue.name });
  const books = createBookFeeds({
    ...options,
    restart: (stream) => pool.renew(stream),
    onChange: (instrument) => changes.emit({ kind: 'book', instrument }),
    onFact: tellFact,
    onFault: (fault, instrument) => report(fault, { instrument }),
  });
  const guard = createRestGuard({ clock, log, venue: venue.name });
  const tapes = createTradeTapes({
    clock,
    follows: venue.tradeFollows,
    load: (instrument) => sources.loadTrades(instrument),
    onFilled: (instrument) => changes.emit({ kind: 'trade', instrument }),
    onRecovered: (instrument, missed, recovered) =>
      tellFact({
        kind: 'trades-recovered',
        stream: streamKeyText({ kind: 'trade', instrument }),
        missed,
        recovered,
      }),
    onFault: (fault, instrument) => report(fault, { instrument }),
  });
  const list = createInstrumentList({ venue, rest, clock, log });
  const offset = createVenueClock({ clock, venue, rest, log });

  const pool = createSessionPool({
    ...options,
    decoderOptions: { scaleOf: (instrument) => list.known?.get(instrument) },
    clockOffset: () => offset.offsetMs,
    onClockDoubt: () => offset.doubt(),
    onEvent: apply,
    onTransition(transition) {
      const { state } = transition;
      // Who is shut out at one door must not go on knocking at the other: that is how bans grow longer.
      if (state.kind === 'paused' && state.cause.code === 'ban' && state.until !== undefined) {
        rest.banned(state.until - clock.now());
      }
      transitions.emit(transition);
    },
    onFact: tellFact,
    onInterrupted(streams) {
      for (const stream of streams) interrupted(stream);
    },
    countsOf(stream) {
      const feed = stream.kind === 'book' ? books.get(stream.instrument) : undefined;
      return { gaps: feed?.gaps ?? 0, resyncs: feed?.resyncs ?? 0 };
    },
  });

  const watched = createInstrumentWatch({
    clock,
    log,
    venue: venue.name,
    list,
    held: holders,
    health: () => pool.health(),
  });

  function interrupted(stream: StreamKey): void {
    if (stream.kind === 'book') books.get(stream.instrument)?.interrupted();
    candleFeeds.interrupted(stream);
    if (stream.kind === 'trade') tapes.interrupted(stream.instrument);
    rows.interrupted(stream);
    figures.forget(stream.kind, stream.instrument);
  }

  function apply(event: MarketEvent): void {
    const { instrument } = event;
    sources.note(event);
    watched.note(event);
    switch (event.kind) {
      case 'ticker':
      case 'top':
      case 'mark':
        if (figures.admits(event) && rows.apply(event)) changes.emit({ kind: 'ticker', instrument });
        break;
      case 'trade':
        // Printed outside the book: neither a price nor a jump of one.
        if (!event.offBook && !figures.admits(event)) break;
        if (rows.apply(event)) changes.emit({ kind: 'ticker', instrument });
        if (!event.offBook && tapes.add(event)) {
          changes.emit({ kind: 'trade', instrument, trade: event });
          candleFeeds.trade(event);
        }
        break;
      case 'candle':
        candleFeeds.apply(event);
        break;
      case 'book-delta':
      case 'book-snapshot':
        books.get(instrument)?.apply(event);
        break;
    }
    events.emit(event);
  }

  const sources = createDataSources({
    ...options,
    guard,
    pool,
    settings: options.sources,
    isPaused: () => isPaused,
    apply,
    interrupted,
    candles: (stream) => candleFeeds.get(stream.instrument, stream.interval),
    onTrades: (instrument, trades) => candleFeeds.tradesLoaded(instrument, trades),
    onFault: (fault, instrument) => report(fault, { instrument }),
  });

  const candleFeeds = createCandleFeeds({
    ...options,
    guard,
    loadCandles: (query) => rest.call(venue.rest.candles(query)),
    store: options.history,
    offsetMs: () => offset.offsetMs,
    hold: (stream) => market.hold(stream),
    lookAtTape: (instrument) => void tapes.look(instrument),
    streamState: (stream) => streamStateIn(pool.health(), stream),
    onChange: (instrument, interval, openTimes) =>
      changes.emit({ kind: 'candle', instrument, interval, openTimes }),
    onFact: tellFact,
    onFault: (fault, instrument) => report(fault, { instrument }),
  });

  /** Makes the state a stream feeds; the undo lets it go. */
  function open(stream: StreamKey): Undo {
    const { instrument } = stream;
    switch (stream.kind) {
      case 'book':
        return books.open(stream);
      case 'candle':
        return candleFeeds.open(stream);
      case 'trade':
        return () => {
          tapes.release(instrument);
          rows.interrupted(stream);
        };
      default:
        return () => rows.interrupted(stream);
    }
  }

  /** Candles the venue has no stream of are made of others, which are held for them. */
  const isServed = (stream: StreamKey) => stream.kind !== 'candle' || candleFeeds.rootOf(stream) === stream;

  const closers = new Map<string, Undo>();

  offset.start();

  const market: Market = {
    venue,
    maxCandles: venue.rest.maxCandles,
    hold(stream) {
      const text = streamKeyText(stream);
      const count = holders.get(text) ?? 0;
      if (count === 0) {
        if (isServed(stream)) sources.want(stream); // throws for what the venue cannot have: nothing is held then
        closers.set(text, open(stream));
      }
      holders.set(text, count + 1);
      sources.look(stream);
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
        if (isServed(stream)) sources.drop(stream);
        closers.get(text)?.();
        closers.delete(text);
      };
    },
    renew: (stream) => pool.renew(stream),
    onChange: (listener) => changes.on(listener),
    onEvent: (listener) => events.on(listener),
    onTransition: (listener) => transitions.on(listener),
    onFact: (listener) => facts.on(({ fact, at }) => listener(fact, at)),
    instruments: watched.instruments,
    check: watched.check,
    row: (instrument) => rows.row(instrument),
    book: (instrument) => books.get(instrument),
    tape: (instrument) => tapes.look(instrument),
    candles: candleFeeds.get,
    recallCandles: candleFeeds.recall,
    loadCandles: candleFeeds.load,
    health: () => withBuiltCandles(sources.health(pool.health()), holders.keys(), candleFeeds.rootOf),
    cacheFigures: () => sources.cache,
    warm: sources.warm,
    budgets: () => [...rest.gauges(), ...pool.gauges()],
    restErrors: rest.errors,
    async askTop(instrument) {
      const call = venue.rest.top?.(instrument);
      return call && guard.run('book', () => rest.call(call));
    },
    ...(venue.rest.tickers ? { allTickers: () => readAllTickers(venue, rest, list) } : {}),
    async restRoundTrip() {
      let sentAt = clock.monotonic();
      await rest.call(venue.rest.serverTime(), 'urgent', () => {
        sentAt = clock.monotonic();
      });
      return clock.monotonic() - sentAt;
    },
    get clockOffsetMs() {
      return offset.offsetMs;
    },
    measureClock: () => offset.measureNow(),
    get isPaused() {
      return isPaused;
    },
    reconnectNow: () => pool.reconnectNow(),
    pause() {
      isPaused = true;
      pool.pause();
    },
    resume() {
      isPaused = false;
      pool.resume();
    },
    wake(cause) {
      // Whatever slept, the clocks may have gone apart meanwhile.
      if (cause === 'resume') void offset.measureNow();
      pool.wake(cause);
    },
    second() {
      pool.second();
      sources.second();
      watched.second();
    },
    dispose() {
      for (const close of closers.values()) close();
      tapes.dispose();
      offset.dispose();
      pool.dispose();
      rest.dispose();
    },
  };
  return market;
}
