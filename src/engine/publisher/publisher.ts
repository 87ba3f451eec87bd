import { assertNever } from '#shared/base/assert-never.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type {
  Api,
  CheckedWatch,
  HealthView,
  LogEntry,
  WatchName,
  WatchSource,
  WatchUpdates,
} from '#shared/contract/api.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { type EventLog, KEPT } from '../health/event-log.ts';
import type { VenueMarket } from '../market/venue-market.ts';
import { createBookSource } from './book-source.ts';
import { createCandleSource } from './candle-source.ts';
import { createTickerSource } from './ticker-source.ts';
import { createTradeSource } from './trade-source.ts';

/** A venue's list that could not be had is asked for again after so many seconds. */
const CHECK_AGAIN_S = 10;

export interface PublisherOptions {
  readonly markets: readonly VenueMarket[];
  readonly log: EventLog;
  readonly health: () => HealthView;
}

/** Turns engine state into contract watches. Each source holds the streams it needs and lets them go when disposed. */
export interface Publisher {
  readonly watch: Api['watch'];
  /** Once a second: a new health view for everyone who watches it. */
  second(): void;
}

export function createPublisher(options: PublisherOptions): Publisher {
  const seconds = createEmitter<void>();

  function marketOf(instrument: InstrumentId): VenueMarket {
    const market = options.markets.find((candidate) => candidate.venue.id === venueOf(instrument));
    if (market) return market;
    throw new HeartlineError('venue.unknown', `no such venue: ${venueOf(instrument)}`, {
      details: { venue: venueOf(instrument), instrument },
    });
  }

  function tickers(
    { instruments }: CheckedWatch<'tickers'>,
    changed: () => void,
  ): WatchSource<WatchUpdates['tickers']> {
    const undo: Undo[] = [];
    const source = createTickerSource({
      instruments,
      row: (instrument) => marketOf(instrument).row(instrument),
      onDispose: () => runAll(undo),
    });
    const involved = new Set(instruments.map(marketOf));
    for (const market of involved) {
      undo.push(
        market.onChange((change) => {
          if (change.kind !== 'ticker') return;
          source.touch(change.instrument);
          changed();
        }),
      );
    }
    try {
      for (const instrument of instruments) {
        const held = (['ticker', 'top', 'trade', 'mark'] as const).map((kind) =>
          marketOf(instrument).hold({ kind, instrument }),
        );
        undo.push(() => runAll(held));
        // A row the venue does not list stays empty; its streams would keep the connection waiting for ever.
        marketOf(instrument)
          .check(instrument)
          .catch((fault: unknown) => {
            if (fault instanceof HeartlineError && fault.code === 'instrument.unknown') runAll(held);
          });
      }
    } catch (fault) {
      // One that cannot be held refuses the watch: what the others hold already would stay for ever.
      source.dispose();
      throw fault;
    }
    return source;
  }

  /** The venue's list may only be known later: an instrument that turns out not to be on it ends the watch with a word. */
  function checked<Update>(
    source: WatchSource<Update>,
    market: VenueMarket,
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
    return checked(source, market, instrument, changed);
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
    return checked(source, market, instrument, changed);
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
    return checked(source, market, instrument, changed);
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

  function open(name: WatchName, input: unknown, changed: () => void): WatchSource<WatchUpdates[WatchName]> {
    // The server checked `input` against the schema of `name`: the casts only tell the compiler so.
    switch (name) {
      case 'tickers':
        return tickers(input as CheckedWatch<'tickers'>, changed);
      case 'book':
        return book(input as CheckedWatch<'book'>, changed);
      case 'trades':
        return trades(input as CheckedWatch<'trades'>, changed);
      case 'candles':
        return candles(input as CheckedWatch<'candles'>, changed);
      case 'health':
        return health(changed);
      case 'log':
        return log(changed);
      default:
        return assertNever(name);
    }
  }

  return {
    watch: open as Api['watch'],
    second: () => seconds.emit(),
  };
}

function runAll(undo: Undo[]): void {
  for (const one of undo.splice(0).reverse()) one();
}
