import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { FeedFact, Transition } from '#shared/domain/incident.ts';
import type { InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { EventLog } from '../health/event-log.ts';
import type { StreamMeter } from '../health/stream-meter.ts';
import { createCandleFeeds } from '../market/candle-feeds.ts';
import { streamStateIn } from '../market/candle-health.ts';
import { createFigureWatch } from '../market/figure-watch.ts';
import type { Market, MarketChange } from '../market/market.ts';
import { createRestGuard } from '../market/rest-guard.ts';
import { logState } from '../market/session-pool.ts';
import { createTickerRows } from '../market/ticker-rows.ts';
import { createTradeTapes } from '../market/trade-tapes.ts';
import type { CandleStore } from '../storage/candle-store.ts';
import type { Tuning } from '../tuning.ts';
import { builtHealth } from './built-health.ts';
import { createCatalogue } from './catalogue.ts';
import { readCcxtTickers } from './ccxt-all-tickers.ts';
import { createCcxtBooks, topOf } from './ccxt-books.ts';
import { createCcxtHistory } from './ccxt-history.ts';
import { createCcxtRest } from './ccxt-rest.ts';
import { createCcxtSession } from './ccxt-session.ts';
import type { CcxtExchange, CcxtModule } from './exchange.ts';
import { createHolders } from './holders.ts';
import { planStreams } from './stream-plan.ts';
import { createStreamSources } from './stream-source.ts';
import { createVenueClock } from './venue-clock.ts';
import { venueFacts } from './venue-facts.ts';

export interface CcxtMarketOptions {
  readonly venue: VenueId;
  readonly ccxt: CcxtModule;
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly history?: CandleStore | undefined;
  readonly tuning?: Tuning | undefined;
  readonly meterOf?: (stream: StreamKey, connection: string) => StreamMeter;
}

/** Any exchange of ccxt.pro as a market like the native ones: the same feeds, fed by what ccxt says. */
export function createCcxtMarket(options: CcxtMarketOptions): Market {
  const { venue, ccxt, exchange, clock, log } = options;
  const { name } = exchange;
  const plan = planStreams(exchange);
  const changes = createEmitter<MarketChange>();
  const events = createEmitter<MarketEvent>();
  const transitions = createEmitter<Transition>();
  const facts = createEmitter<{ readonly fact: FeedFact; readonly at: number }>();
  const tellFact = (fact: FeedFact) => facts.emit({ fact, at: clock.now() });
  const rows = createTickerRows();
  const figures = createFigureWatch({ clock, log, venue: name });
  const guard = createRestGuard({ clock, log, venue: name });
  const rest = createCcxtRest({ venue, name, ccxt, exchange, clock });
  const catalogue = createCatalogue({ venue, exchange, clock });
  const offset = createVenueClock({ exchange, rest, clock });
  const venueNow = () => clock.now() + (offset.offsetMs ?? 0);
  const sources = createStreamSources({
    exchange,
    plan,
    catalogue,
    rest,
    now: clock.now,
    venueNow,
    onReleaseFault: (fault) =>
      log.add('info', 'stream.trouble', `${name}: ${messageOf(fault)}`, {
        venue: name,
        reason: messageOf(fault),
      }),
  });
  const past = createCcxtHistory({ exchange, plan, rest, sources, now: clock.now, venueNow });
  let isPaused = false;

  const books = createCcxtBooks({
    clock,
    onChange(instrument) {
      changes.emit({ kind: 'book', instrument });
      const book = books.get(instrument)?.book;
      const isShown = plan.means.top === 'synthesised' && holders.has({ kind: 'top', instrument });
      const top = isShown && book ? topOf(instrument, book) : undefined;
      if (top) apply(top);
    },
    onGap(instrument) {
      tellFact({ kind: 'book-gap', stream: streamKeyText({ kind: 'book', instrument }) });
      log.add('warn', 'book.gap', `book of ${instrument} has a gap`, { instrument });
    },
    onResync(instrument, tookMs) {
      tellFact({ kind: 'book-resynced', stream: streamKeyText({ kind: 'book', instrument }), tookMs });
      log.add('info', 'book.resynced', `book of ${instrument} rebuilt in ${tookMs} ms`, {
        instrument,
        tookMs,
      });
    },
    onBroken: (instrument) => session.renew({ kind: 'book', instrument }),
  });

  const session = createCcxtSession({
    ...options,
    plan,
    sources,
    retryAfterMs: () => rest.retryAfterMs,
    onEvent: apply,
    onState(state, lastDataAt) {
      const connection = `${venue}/all`;
      const known = lastDataAt === undefined ? {} : { lastDataAt };
      transitions.emit({ at: clock.now(), venue, connection, state, ...known });
      logState(log, connection, state);
    },
    onInterrupted: (streams) => {
      for (const stream of streams) interrupted(stream);
    },
    onGap: ({ instrument }) => books.lost(instrument),
    onTrouble(code, stream, reason) {
      const text = streamKeyText(stream);
      log.add('warn', code, `${text}: ${reason}`, { stream: text, venue: name, reason });
    },
    countsOf: ({ kind, instrument }) =>
      kind === 'book' ? books.countsOf(instrument) : { gaps: 0, resyncs: 0 },
  });

  const tapes = createTradeTapes({
    clock,
    async load(instrument) {
      const trades = await guard.run('trade', () => past.trades(instrument));
      candleFeeds.tradesLoaded(instrument, trades);
      return trades;
    },
    onFilled: (instrument) => changes.emit({ kind: 'trade', instrument }),
    onRecovered(instrument, missed, recovered) {
      const stream = streamKeyText({ kind: 'trade', instrument });
      tellFact({ kind: 'trades-recovered', stream, missed, recovered });
    },
    onFault: report,
  });

  const candleFeeds = createCandleFeeds({
    ...options,
    venue: {
      intervals: plan.intervals,
      channelOf: (stream) => (isAsked(stream.kind) ? streamKeyText(stream) : undefined),
      // ccxt's candles carry no closing flag, and most exchanges leave silent periods out.
      rest: { maxCandles: plan.maxCandles, candleIntervals: plan.ownIntervals, candlesOmitEmpty: true },
    },
    guard,
    store: options.history,
    loadCandles: past.candles,
    offsetMs: () => offset.offsetMs,
    hold: (stream) => holders.hold(stream),
    lookAtTape: (instrument) => void tapes.look(instrument),
    streamState: (stream) => streamStateIn([session.health()], stream),
    onChange: (instrument, interval, openTimes) =>
      changes.emit({ kind: 'candle', instrument, interval, openTimes }),
    onFact: tellFact,
    onFault: report,
  });

  function isAsked(kind: StreamKey['kind']): boolean {
    return plan.means[kind] === 'native' || plan.means[kind] === 'polled';
  }

  function interrupted(stream: StreamKey): void {
    const { kind, instrument } = stream;
    if (kind === 'book') books.get(instrument)?.interrupted();
    if (kind === 'trade') tapes.interrupted(instrument);
    candleFeeds.interrupted(stream);
    rows.interrupted(stream);
    figures.forget(kind, instrument);
  }

  function apply(event: MarketEvent): void {
    const { instrument } = event;
    switch (event.kind) {
      case 'ticker':
      case 'top':
      case 'mark':
        if (figures.admits(event) && rows.apply(event)) changes.emit({ kind: 'ticker', instrument });
        break;
      case 'trade':
        if (!figures.admits(event)) break;
        if (rows.apply(event)) changes.emit({ kind: 'ticker', instrument });
        if (tapes.add(event)) {
          changes.emit({ kind: 'trade', instrument, trade: event });
          candleFeeds.trade(event);
        }
        break;
      case 'candle':
        candleFeeds.apply(event);
        break;
      case 'book-snapshot':
        books.apply(event);
        break;
      case 'book-delta':
        break; // ccxt gives whole books only
    }
    events.emit(event);
  }

  function report(fault: unknown, instrument: InstrumentId): void {
    const code = fault instanceof HeartlineError ? fault.code : 'internal';
    if (code === 'rest.stopped') return;
    const own = fault instanceof HeartlineError ? fault.details : {};
    log.add('warn', code, messageOf(fault), { venue: name, ...own, instrument });
  }

  /** Makes what a stream feeds, and asks for the stream or for what it is made of; the undo lets both go. */
  function open(stream: StreamKey): Undo {
    const { kind, instrument } = stream;
    const undo: Undo[] = [];
    if (kind === 'book') undo.push(books.open(instrument));
    if (kind === 'candle') undo.push(candleFeeds.open(stream));
    if (kind === 'trade') undo.push(() => tapes.release(instrument));
    if (kind === 'top' && plan.means.top === 'synthesised')
      undo.push(holders.hold({ kind: 'book', instrument }));
    if (isAsked(kind)) {
      session.want(stream);
      undo.unshift(() => session.drop(stream));
    }
    return () => {
      for (const one of undo) one();
      rows.interrupted(stream);
    };
  }

  const holders = createHolders(open);
  offset.start();

  return {
    venue: venueFacts(venue, exchange, plan),
    maxCandles: plan.maxCandles,
    hold: holders.hold,
    onChange: (listener) => changes.on(listener),
    onEvent: (listener) => events.on(listener),
    onTransition: (listener) => transitions.on(listener),
    onFact: (listener) => facts.on(({ fact, at }) => listener(fact, at)),
    async instruments() {
      const listed = await rest.call(() => catalogue.load());
      return [...listed.values()].map(({ instrument }) => instrument);
    },
    async check(instrument) {
      await rest.call(() => catalogue.load());
      return (await sources.listed(instrument)).instrument;
    },
    row: rows.row,
    book: books.get,
    tape: tapes.look,
    candles: candleFeeds.get,
    loadCandles: candleFeeds.load,
    health: () => [builtHealth(session.health(), holders.texts, plan, candleFeeds.rootOf)],
    budgets: () => [rest.gauge()],
    restErrors: rest.errors,
    get clockOffsetMs() {
      return offset.offsetMs;
    },
    ...(exchange.has['fetchTickers'] === true
      ? { allTickers: () => readCcxtTickers({ exchange, catalogue, rest, now: clock.now, venueNow }) }
      : {}),
    ...(exchange.has['fetchTime'] === true ? { restRoundTrip: offset.roundTrip } : {}),
    get isPaused() {
      return isPaused;
    },
    reconnectNow: session.reconnectNow,
    pause() {
      isPaused = true;
      session.pause();
    },
    resume() {
      isPaused = false;
      session.resume();
    },
    wake(cause) {
      if (cause === 'resume') void offset.measureNow();
      session.wake(cause);
    },
    second() {
      session.second();
      books.second();
    },
    dispose() {
      holders.dispose();
      tapes.dispose();
      books.dispose();
      offset.dispose();
      session.dispose();
      rest.dispose();
    },
  };
}
