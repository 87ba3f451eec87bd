import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { FeedFact, Transition } from '#shared/domain/incident.ts';
import type { InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import { nextOpenTime, nominalWidthMs, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, MarketEvent, TopEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { BookRule, VenueRest } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { StreamMeter } from '../health/stream-meter.ts';
import { type BookFeed, createBookFeed } from '../market/book-feed.ts';
import { createCandleFeeds } from '../market/candle-feeds.ts';
import { streamStateIn, withBuiltCandles } from '../market/candle-health.ts';
import { createFigureWatch } from '../market/figure-watch.ts';
import type { Market, MarketChange } from '../market/market.ts';
import { createRestGuard } from '../market/rest-guard.ts';
import { createTickerRows } from '../market/ticker-rows.ts';
import { createTradeTapes } from '../market/trade-tapes.ts';
import { createClockOffset } from '../net/clock-offset.ts';
import type { CandleStore } from '../storage/candle-store.ts';
import { createCatalogue } from './catalogue.ts';
import { createCcxtRest } from './ccxt-rest.ts';
import { createCcxtSession } from './ccxt-session.ts';
import { BOOK_DEPTH, readCandle } from './event-reader.ts';
import type { CcxtExchange, CcxtModule } from './exchange.ts';
import { createHolders } from './holders.ts';
import { clockStepOf, planStreams, sheetOf } from './stream-plan.ts';
import { createStreamSources } from './stream-source.ts';
import { createTopBuilder } from './top-builder.ts';

export interface CcxtMarketOptions {
  readonly venue: VenueId;
  readonly ccxt: CcxtModule;
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly history?: CandleStore | undefined;
  readonly meterOf?: (stream: StreamKey, connection: string) => StreamMeter;
}

const TAPE_BACKLOG = 200;
const BOOK_PATIENCE_MS = 5000;
const USUAL_TAKER_FEE = 0.001;
/** Every frame is the whole book as ccxt holds it. */
const WHOLE_BOOKS: BookRule = {
  snapshot: 'stream',
  snapshotDepth: BOOK_DEPTH,
  bridge: () => 'stale',
  follow: () => 'stale',
};

/** Any exchange of ccxt.pro as a market like the native ones: the same feeds, fed by what ccxt says. */
export function createCcxtMarket(options: CcxtMarketOptions): Market {
  const { venue, ccxt, exchange, clock, log } = options;
  const plan = planStreams(exchange);
  const { name } = exchange;
  const changes = createEmitter<MarketChange>();
  const events = createEmitter<MarketEvent>();
  const transitions = createEmitter<Transition>();
  const facts = createEmitter<{ readonly fact: FeedFact; readonly at: number }>();
  const tellFact = (fact: FeedFact) => facts.emit({ fact, at: clock.now() });
  const rows = createTickerRows();
  const figures = createFigureWatch({ clock, log, venue: name });
  const books = new Map<InstrumentId, { readonly feed: BookFeed; gaps: number; brokenSince: number | undefined }>();
  const guard = createRestGuard({ clock, log, venue: name });
  const rest = createCcxtRest({ venue, name, ccxt, exchange, clock });
  const catalogue = createCatalogue({ venue, exchange, clock });
  const canTime = exchange.has['fetchTime'] === true;
  let isPaused = false;

  const offset = createClockOffset({
    clock,
    async serverTime() {
      const time = await rest.call(() => exchange.fetchTime());
      if (time === undefined) throw new HeartlineError('venue.answer', `${name} tells no time`);
      return time;
    },
    resolutionMs: clockStepOf(exchange),
  });
  const venueNow = () => clock.now() + (offset.offsetMs ?? 0);
  const sources = createStreamSources({
    exchange,
    plan,
    catalogue,
    rest,
    now: clock.now,
    venueNow,
    onReleaseFault: (fault) => {
      // Only worth a line where something is wrong with ccxt itself: the stream is not wanted any more.
      if (fault instanceof TypeError) report(fault, {});
    },
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
      const detail = 'cause' in state ? `: ${state.cause.detail}` : '';
      log.add('cause' in state ? 'warn' : 'info', 'connection.state', `${connection} ${state.kind}${detail}`, {
        connection,
        state: state.kind,
      });
    },
    onInterrupted: (streams) => streams.forEach(interrupted),
    onGap: (stream) => lostChange(stream.instrument),
    onTrouble: (code, stream, reason) =>
      log.add('warn', code, `${streamKeyText(stream)}: ${reason}`, { stream: streamKeyText(stream), venue: name, reason }),
    countsOf(stream) {
      const book = stream.kind === 'book' ? books.get(stream.instrument) : undefined;
      return { gaps: (book?.gaps ?? 0) + (book?.feed.gaps ?? 0), resyncs: book?.feed.resyncs ?? 0 };
    },
  });

  const tapes = createTradeTapes({
    clock,
    async load(instrument) {
      const trades = await guard.run('trade', () => loadTrades(instrument));
      candleFeeds.tradesLoaded(instrument, trades);
      return trades;
    },
    onFilled: (instrument) => changes.emit({ kind: 'trade', instrument }),
    onRecovered: (instrument, missed, recovered) =>
      tellFact({ kind: 'trades-recovered', stream: streamKeyText({ kind: 'trade', instrument }), missed, recovered }),
    onFault: (fault, instrument) => report(fault, { instrument }),
  });

  const candleFeeds = createCandleFeeds({
    ...options,
    venue: {
      intervals: plan.intervals,
      channelOf: (stream) => (isAsked(stream) ? streamKeyText(stream) : undefined),
      // ccxt's candles carry no closing flag, and most exchanges leave silent periods out.
      rest: { maxCandles: plan.maxCandles, candlesOmitEmpty: true },
    },
    guard,
    store: options.history,
    loadCandles,
    offsetMs: () => offset.offsetMs,
    hold: (stream) => market.hold(stream),
    lookAtTape: (instrument) => void tapes.look(instrument),
    streamState: (stream) => streamStateIn(session.health(), stream),
    onChange: (instrument, interval, openTimes) =>
      changes.emit({ kind: 'candle', instrument, interval, openTimes }),
    onFact: tellFact,
    onFault: (fault, instrument) => report(fault, { instrument }),
  });
}
