import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { StreamState } from '#shared/domain/connection.ts';
import type { FeedFact } from '#shared/domain/incident.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { Candle, CandleEvent, ProvenCandle, TradeEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue, VenueRest } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { CandleStore } from '../storage/candle-store.ts';
import { type CandleBuilder, createCandleBuilder } from './candle-builder.ts';
import { type CandleFeed, createCandleFeed } from './candle-feed.ts';
import { type CandleLoader, createCandleLoader, isJoinable } from './candle-load.ts';
import { createCandleRise } from './candle-rise.ts';
import type { Correction } from './candle-series.ts';
import type { CandleQuery } from './market.ts';
import type { RestGuard } from './rest-guard.ts';

type CandleKey = Extract<StreamKey, { kind: 'candle' }>;

export interface CandleFeedsOptions {
  readonly venue: Pick<Venue, 'intervals' | 'channelOf'> & {
    readonly rest: Pick<
      VenueRest,
      'maxCandles' | 'candleIntervals' | 'candlesOmitEmpty' | 'candlesTellReach'
    >;
  };
  readonly clock: Clock;
  readonly log: EventLog;
  /** One page of the venue's own. Throws what the REST client throws. */
  readonly loadCandles: (query: Parameters<VenueRest['candles']>[0]) => Promise<readonly Candle[]>;
  readonly guard: RestGuard;
  /** Venue clock minus ours, ms, where measured. */
  readonly offsetMs: () => number | undefined;
  /** Keeps a stream that candles are built of. */
  readonly hold: (stream: StreamKey) => Undo;
  /** Has the recent trades fetched, now and after every break; they come back through `tradesLoaded`. */
  readonly lookAtTape: (instrument: InstrumentId) => void;
  readonly streamState: (stream: StreamKey) => StreamState | undefined;
  readonly store: CandleStore | undefined;
  readonly onChange: (instrument: InstrumentId, interval: Interval, openTimes: readonly number[]) => void;
  readonly onFact: (fact: FeedFact) => void;
  readonly onFault: (fault: unknown, instrument: InstrumentId) => void;
}

/** All candles of one venue: from its stream where it has one, else of trades (minutes) or of minutes (longer). */
export interface CandleFeeds {
  /** Makes the feed of a held stream; the undo lets it go. */
  open(stream: CandleKey): Undo;
  get(instrument: InstrumentId, interval: Interval): CandleFeed | undefined;
  apply(event: CandleEvent): void;
  /** A new trade of the stream. */
  trade(event: TradeEvent): void;
  /** What the venue answered about its recent trades. */
  tradesLoaded(instrument: InstrumentId, trades: readonly TradeEvent[]): void;
  interrupted(stream: StreamKey): void;
  /** The stream the candles come from, at the root: itself, its minutes', or the trades'. */
  rootOf(stream: CandleKey): StreamKey;
  /** What of a page is on disk: at once, and without the venue. */
  recall(query: CandleQuery): readonly ProvenCandle[];
  /** A page of history; what of it is on disk is not asked for. Throws what the REST client throws. */
  load(query: CandleQuery): Promise<readonly (Candle | ProvenCandle)[]>;
}

interface Opened {
  readonly stream: CandleKey;
  readonly feed: CandleFeed;
  readonly builder: CandleBuilder | undefined;
}

export function createCandleFeeds(options: CandleFeedsOptions): CandleFeeds {
  const { venue, clock, log, guard, store } = options;
  const { maxCandles } = venue.rest;
  const omitsEmpty = venue.rest.candlesOmitEmpty ?? false;
  const intervals = venue.rest.candleIntervals ?? venue.intervals;
  const opened = new Map<string, Opened>();
  let isAway = false;

  const serverNow = () => clock.now() + (options.offsetMs() ?? 0);
  const isStreamed = (stream: StreamKey) => venue.channelOf(stream) !== undefined;

  function warn(code: string, instrument: InstrumentId, interval: Interval, what: string, more = {}): void {
    log.add('warn', code, `${interval} candles of ${instrument} ${what}`, { instrument, interval, ...more });
  }

  function loaderOf(instrument: InstrumentId): CandleLoader {
    return createCandleLoader({
      intervals,
      maxCandles,
      omitsEmpty,
      tellsReach: venue.rest.candlesTellReach ?? false,
      now: serverNow,
      isNowSure: () => options.offsetMs() !== undefined,
      load: (query) =>
        guard.run('candle', () => options.loadCandles({ instrument, ...query, now: closedBefore(query.to) })),
      onDropped: (interval, count) =>
        warn('candles.untidy', instrument, interval, `were doubled or impossible: ${count}`, { count }),
      onShort: (interval) =>
        warn('candles.short', instrument, interval, 'were fewer than promised, the rest is asked for again'),
    });
  }

  /**
   * A fast clock would call the candle still open closed, and what the stream says of it would be ignored: while the
   * venue's clock is not measured, the latest candle counts as open. The stream, or a repair, closes it.
   */
  function closedBefore(to: number | undefined): number {
    const isPresent = to === undefined || to > clock.now() - PRESENT_MS;
    return isPresent && options.offsetMs() === undefined ? 0 : serverNow();
  }

  function told(correction: Correction, isTaken: boolean, { instrument, interval }: CandleKey): void {
    const { was, is } = correction;
    const shown = (candle: Candle) =>
      `${candle.open}/${candle.high}/${candle.low}/${candle.close} ${candle.volume}`;
    log.add(
      isTaken ? 'info' : 'warn',
      isTaken ? 'candles.corrected' : 'candles.late',
      `${interval} candle of ${instrument} at ${was.openTime}: ${shown(was)} ${isTaken ? 'became' : 'is not changed a second time by the stream to'} ${shown(is)}`,
      { instrument, interval, openTime: was.openTime, was: shown(was), is: shown(is) },
    );
  }

  function open(stream: CandleKey): Undo {
    const { instrument, interval } = stream;
    const text = streamKeyText(stream);
    const root = rootOf(stream);
    const loader = loaderOf(instrument);
    const isOwn = root === stream;
    const builder = root.kind === 'trade' && interval === '1m' ? createCandleBuilder(interval) : undefined;
    const key = { instrument, interval };
    const feed = createCandleFeed({
      ...key,
      clock,
      loader,
      maxCandles,
      now: () => (options.offsetMs() === undefined ? undefined : serverNow()),
      endsByClock: !isOwn || omitsEmpty,
      isTrusted: () => ['live', 'late'].includes(options.streamState(root) ?? 'pending'),
      ...(store
        ? {
            remembered: (limit: number) => store.read(key, limit),
            remember: (candles: readonly ProvenCandle[]) => store.put(key, candles),
          }
        : {}),
      ...(builder
        ? {
            onOpenCandle(candle: Candle, asOf: number) {
              const built = builder.base(candle, asOf);
              if (built) feed.take(built, clock.now());
            },
          }
        : {}),
      onChange: (openTimes) => changed(stream, openTimes),
      onRepaired(count) {
        log.add('info', 'candles.repaired', `${count} ${interval} candles of ${instrument} repaired`, {
          instrument,
          interval,
          count,
        });
        options.onFact({ kind: 'candles-repaired', stream: text, count });
      },
      onCorrected: (correction, isTaken) => told(correction, isTaken, stream),
      onFault: (fault) => report(fault, instrument),
    });
    opened.set(text, { stream, feed, builder });
    const undo: Undo[] = [() => feed.dispose(), () => opened.delete(text)];
    if (!isOwn) undo.push(...rising(stream, feed, loader, root));
    return () => {
      for (const one of undo) one();
    };
  }

  /** What a built feed is fed by. */
  function rising(stream: CandleKey, feed: CandleFeed, loader: CandleLoader, root: StreamKey): Undo[] {
    const { instrument, interval } = stream;
    if (interval === '1m') {
      const letGo = options.hold(root);
      options.lookAtTape(instrument);
      return [letGo];
    }
    const letGo = options.hold({ kind: 'candle', instrument, interval: '1m' });
    const rise = createCandleRise({
      interval,
      intervals,
      clock,
      now: serverNow,
      minutes: () => get(instrument, '1m'),
      loader,
      onCandle: (candle) => feed.take(candle, get(instrument, '1m')?.receivedAt ?? clock.now()),
      onFault: (fault) => report(fault, instrument),
    });
    rises.set(streamKeyText(stream), rise);
    return [() => rise.dispose(), () => rises.delete(streamKeyText(stream)), letGo];
  }

  const rises = new Map<string, ReturnType<typeof createCandleRise>>();

  function changed({ instrument, interval }: CandleKey, openTimes: readonly number[]): void {
    options.onChange(instrument, interval, openTimes);
    if (interval !== '1m' || rises.size === 0) return;
    for (const [text, rise] of rises) if (text.endsWith(` ${instrument}`)) rise.minutesChanged(openTimes);
  }

  /** The venue speaks again after a break: its REST side is worth a try as well. */
  function returned(): void {
    if (isAway) guard.hurry();
    isAway = false;
  }

  function report(fault: unknown, instrument: InstrumentId): void {
    // The circuit has said so itself, once.
    if (fault instanceof HeartlineError && fault.code === 'rest.circuit') return;
    options.onFault(fault, instrument);
  }

  function rootOf(stream: CandleKey): StreamKey {
    if (isStreamed(stream)) return stream;
    const { instrument } = stream;
    const minute: StreamKey = { kind: 'candle', instrument, interval: '1m' };
    return isStreamed(minute) ? minute : { kind: 'trade', instrument };
  }

  function get(instrument: InstrumentId, interval: Interval): CandleFeed | undefined {
    return opened.get(streamKeyText({ kind: 'candle', instrument, interval }))?.feed;
  }

  function minutesOf(instrument: InstrumentId): Opened | undefined {
    return opened.get(streamKeyText({ kind: 'candle', instrument, interval: '1m' }));
  }

  /** The run on disk that answers the query, however short; empty where it would not join the present. */
  function recall({ instrument, interval, from, to, limit }: CandleQuery): readonly ProvenCandle[] {
    if (from !== undefined || !store) return [];
    const known = store.read(
      { instrument, interval },
      Math.min(limit, MOST_ROWS),
      to === undefined ? undefined : to + 1,
    );
    const newest = known.at(-1);
    if (!newest) return [];
    const joins = to !== undefined || isJoinable(newest.openTime, serverNow(), interval, maxCandles);
    return joins ? known : [];
  }

  async function load(query: CandleQuery): Promise<readonly (Candle | ProvenCandle)[]> {
    const { instrument, interval, from, to } = query;
    const key = { instrument, interval };
    const limit = Math.min(query.limit, MOST_ROWS);
    const known = recall(query);
    const [oldest] = known;
    const page = await loaderOf(instrument).page({
      ...key,
      ...(from === undefined ? {} : { from }),
      ...(oldest ? { to: oldest.openTime - 1 } : to === undefined ? {} : { to }),
      limit: Math.max(1, limit - known.length),
    });
    store?.put(
      key,
      page.map((candle) => ({ provenance: 'history' as const, ...candle })),
    );
    return [...page, ...known];
  }

  return {
    open,
    get,
    rootOf,
    recall,
    load,
    apply(event) {
      returned();
      get(event.instrument, event.interval)?.apply(event);
    },
    trade(event) {
      returned();
      const minutes = minutesOf(event.instrument);
      const candle = minutes?.builder?.add(event);
      if (candle) minutes?.feed.take(candle, event.receivedAt);
    },
    tradesLoaded(instrument, trades) {
      const minutes = minutesOf(instrument);
      for (const candle of minutes?.builder?.backfill(trades) ?? []) minutes?.feed.take(candle, clock.now());
    },
    interrupted(stream) {
      isAway = true;
      const text = streamKeyText(stream);
      for (const { stream: own, feed, builder } of opened.values()) {
        if (own.instrument !== stream.instrument || streamKeyText(rootOf(own)) !== text) continue;
        builder?.interrupted();
        feed.interrupted();
      }
    },
  };
}

const PRESENT_MS = 10 * 60_000;
/** Most candles of one page from disk. */
const MOST_ROWS = 5000;
