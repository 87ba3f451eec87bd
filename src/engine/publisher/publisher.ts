import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { CheckedWatch, HealthView, LogEntry, WatchSource, WatchUpdates } from '#shared/contract/api.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { type EventLog, KEPT } from '../health/event-log.ts';
import type { Market } from '../market/market.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Room } from '../room.ts';
import { createBookSource } from './book-source.ts';
import { createCandleSource } from './candle-source.ts';
import { createTickerSource } from './ticker-source.ts';
import { createTradeSource } from './trade-source.ts';

/** A venue's list that could not be had is asked for again after so many seconds. */
const CHECK_AGAIN_S = 10;

export interface PublisherOptions {
  readonly marketOf: (venue: string) => Market;
  /** Markets come and go: a watchlist may name one that comes back in a moment. */
  readonly watchEach: MarketList['watchEach'];
  readonly log: EventLog;
  readonly health: () => HealthView;
  /** Something of the stream leaves for a window; `receivedAt` is when the newest of it arrived, wall ms. */
  readonly published?: (stream: StreamKey, receivedAt: number) => void;
}

/** Turns engine state into contract watches. Each source holds the streams it needs and lets them go when disposed. */
export interface Publisher extends Room<never, 'tickers' | 'book' | 'trades' | 'candles' | 'health' | 'log'> {
  /** Once a second: a new health view for everyone who watches it. */
  second(): void;
}

export function createPublisher(options: PublisherOptions): Publisher {
  const seconds = createEmitter<void>();

  function marketOf(instrument: InstrumentId): Market {
    return options.marketOf(venueOf(instrument));
  }

  function tickers(
    { instruments }: CheckedWatch<'tickers'>,
    changed: () => void,
  ): WatchSource<WatchUpdates['tickers']> {
    let refused: unknown;
    let leave: Undo = () => undefined;
    const present = new Map<string, Market>();
    const source = createTickerSource({
      instruments,
      published: options.published,
      row: (instrument) => present.get(venueOf(instrument))?.row(instrument),
      onDispose: () => leave(),
    });
    const meet = (market: Market): Undo => {
      const undo: Undo[] = [() => present.delete(market.venue.id)];
      present.set(market.venue.id, market);
      try {
        for (const instrument of instruments) {
          if (venueOf(instrument) === market.venue.id) undo.push(...holdTicker(market, instrument));
        }
      } catch (fault) {
        refused = fault;
      }
      undo.push(
        market.onChange((change) => {
          if (change.kind !== 'ticker') return;
          source.touch(change.instrument);
          changed();
        }),
      );
      return () => runAll(undo);
    };
    for (const instrument of instruments) if (!isAdded(instrument)) marketOf(instrument);
    leave = options.watchEach(meet);
    if (refused === undefined) return source;
    // One that cannot be held refuses the watch: what the others hold already would stay for ever.
    source.dispose();
    throw refused;
  }

  function holdTicker(market: Market, instrument: InstrumentId): Undo[] {
    const held = (['ticker', 'top', 'trade', 'mark'] as const).map((kind) =>
      market.hold({ kind, instrument }),
    );
    // A row the venue does not list stays empty; its streams would keep the connection waiting for ever.
    market.check(instrument).catch((fault: unknown) => {
      if (fault instanceof HeartlineError && fault.code === 'instrument.unknown') runAll(held);
    });
    return [() => runAll(held)];
  }

  /** The venue's list may only be known later: an instrument that turns out not to be on it ends the watch with a word. */
  function checked<Update>(
    source: WatchSource<Update>,
    market: Market,
    instrument: InstrumentId,
    changed: () => void,
  ): WatchSource<Update> {
    let unknown: HeartlineError | undefined;
    let isDisposed = false;
    let cancelRetry: Undo = () => undefined;
    function ask(): void {
      cancelRetry();
      market.check(instrument).catch((fault: unknown) => {
        if (isDisposed) return;
        if (fault instanceof HeartlineError && fault.code === 'instrument.unknown') {
          unknown = fault;
          changed();
          return;
        }
        // Any other fault (no network) says nothing about the instrument; the connection's health tells of it.
        let secondsLeft = CHECK_AGAIN_S;
        cancelRetry = seconds.on(() => {
          secondsLeft -= 1;
          if (secondsLeft === 0) ask();
        });
      });
    }
    ask();
    return {
      take() {
        if (unknown) throw unknown;
        return source.take();
      },
      dispose() {
        isDisposed = true;
        cancelRetry();
        source.dispose();
      },
    };
  }

  /** Tells how long the newest of what leaves was on its way inside. */
  function measured<Update>(
    source: WatchSource<Update>,
    stream: StreamKey,
    receivedAtOf: (update: Update) => number | undefined,
  ): WatchSource<Update> {
    const { published } = options;
    if (!published) return source;
    return {
      take() {
        const update = source.take();
        const receivedAt = update === undefined ? undefined : receivedAtOf(update);
        if (receivedAt !== undefined) published(stream, receivedAt);
        return update;
      },
      dispose: () => source.dispose(),
    };
  }

  function book(
    { instrument, depth }: CheckedWatch<'book'>,
    changed: () => void,
  ): WatchSource<WatchUpdates['book']> {
    const market = marketOf(instrument);
    const undo: Undo[] = [market.hold({ kind: 'book', instrument })];
    const source = createBookSource({
      instrument,
      depth,
      feed: () => market.book(instrument),
      onDispose: () => runAll(undo),
    });
    undo.push(
      market.onChange((change) => {
        if (change.kind !== 'book' || change.instrument !== instrument) return;
        source.touch();
        changed();
      }),
    );
    return checked(
      measured(source, { kind: 'book', instrument }, (view) => view.receivedAt),
      market,
      instrument,
      changed,
    );
  }

  function trades(
    { instrument }: CheckedWatch<'trades'>,
    changed: () => void,
  ): WatchSource<WatchUpdates['trades']> {
    const market = marketOf(instrument);
    const undo: Undo[] = [market.hold({ kind: 'trade', instrument })];
    const source = createTradeSource({
      recent: () => market.tape(instrument).recent,
      onDispose: () => runAll(undo),
    });
    undo.push(
      market.onChange((change) => {
        if (change.kind !== 'trade' || change.instrument !== instrument) return;
        if (change.trade) source.push(change.trade);
        else source.restart(); // the past was filled in: the whole tape goes out again
        changed();
      }),
    );
    const shown = measured(source, { kind: 'trade', instrument }, (trades) =>
      trades.restart ? undefined : trades.receivedAt.at(-1),
    );
    return checked(shown, market, instrument, changed);
  }

  function candles(
    { instrument, interval }: { readonly instrument: InstrumentId; readonly interval: Interval },
    changed: () => void,
  ): WatchSource<WatchUpdates['candles']> {
    const market = marketOf(instrument);
    if (!market.venue.intervals.includes(interval)) {
      throw new HeartlineError('interval.unknown', `${market.venue.name} has no ${interval} candles`, {
        details: { interval, venue: market.venue.name, known: market.venue.intervals.join(' ') },
      });
    }
    const stream: StreamKey = { kind: 'candle', instrument, interval };
    const undo: Undo[] = [market.hold(stream)];
    const source = createCandleSource({
      feed: () => market.candles(instrument, interval),
      onDispose: () => runAll(undo),
    });
    undo.push(
      market.onChange((change) => {
        if (change.kind !== 'candle' || change.instrument !== instrument || change.interval !== interval)
          return;
        source.touch(change.openTimes);
        changed();
      }),
    );
    return checked(
      measured(source, stream, (update) => update.receivedAt),
      market,
      instrument,
      changed,
    );
  }

  function health(changed: () => void): WatchSource<HealthView> {
    const undo = seconds.on(changed);
    let takenAt = Number.NaN;
    return {
      take() {
        const view = options.health();
        // Two takes within the same millisecond say the same.
        if (view.asOf === takenAt) return undefined;
        takenAt = view.asOf;
        return view;
      },
      dispose: undo,
    };
  }

  function log(changed: () => void): WatchSource<readonly LogEntry[]> {
    let pending: LogEntry[] = [...options.log.entries];
    const undo = options.log.onEntry((entry) => {
      pending.push(entry);
      if (pending.length > KEPT) pending.shift();
      changed();
    });
    return {
      take() {
        if (pending.length === 0) return undefined;
        const entries = pending;
        pending = [];
        return entries;
      },
      dispose: undo,
    };
  }

  return {
    requests: {},
    watches: {
      tickers,
      book,
      trades,
      candles,
      health: (_input, changed) => health(changed),
      log: (_input, changed) => log(changed),
    },
    second: () => seconds.emit(),
  };
}

/** Of an exchange that was added through ccxt: it may come back, or be gone. */
function isAdded(instrument: InstrumentId): boolean {
  return venueOf(instrument).startsWith('ccxt:');
}

function runAll(undo: Undo[]): void {
  for (const one of undo.splice(0).reverse()) one();
}
