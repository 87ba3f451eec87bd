import type { Engine } from '#engine/engine.ts';
import { type CheckedWatch, type WatchName, type WatchUpdates, watchInputs } from '#shared/contract/api.ts';
import type { BookView } from '#shared/contract/columns.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

/** A trade as a window got it. */
export interface SeenTrade {
  readonly price: number;
  readonly quantity: number;
  readonly isBuy: boolean;
  readonly venueTime: number;
}

export interface SeenCandle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly closed: boolean;
}

/** Everything a window would have been told of one instrument, kept. */
export interface WatchedInstrument {
  readonly instrument: InstrumentId;
  readonly trades: ReadonlyMap<string, SeenTrade>;
  /** Ids that came twice as news. */
  readonly doubledTrades: number;
  readonly candles: ReadonlyMap<number, SeenCandle>;
  /** Open times the engine itself calls missing. */
  readonly holes: readonly number[];
  readonly book: BookView | undefined;
  dispose(): void;
}

const DEPTH = 20;

export function watchInstrument(engine: Engine, instrument: InstrumentId): WatchedInstrument {
  const trades = new Map<string, SeenTrade>();
  const candles = new Map<number, SeenCandle>();
  let doubledTrades = 0;
  let holes: readonly number[] = [];
  let book: BookView | undefined;
  const undo: (() => void)[] = [];

  function open<Name extends WatchName>(
    name: Name,
    input: CheckedWatch<Name>,
    taken: (update: WatchUpdates[Name]) => void,
  ): void {
    const checked = watchInputs[name].parse(input) as CheckedWatch<Name>;
    const take = () => {
      const update = source.take();
      if (update !== undefined) taken(update);
    };
    let isQueued = false;
    const source = engine.api.watch(name, checked, () => {
      if (isQueued) return;
      isQueued = true;
      queueMicrotask(() => {
        isQueued = false;
        take();
      });
    });
    undo.push(() => source.dispose());
    take();
  }

  open('trades', { instrument }, (columns) => {
    columns.ids.forEach((id, at) => {
      if (trades.has(id) && !columns.restart) doubledTrades += 1;
      trades.set(id, {
        price: columns.price[at] ?? Number.NaN,
        quantity: columns.quantity[at] ?? Number.NaN,
        isBuy: columns.buy[at] === 1,
        venueTime: columns.venueTime[at] ?? Number.NaN,
      });
    });
  });
  open('candles', { instrument, interval: '1m' }, (update) => {
    holes = [...update.holes];
    const { candles: columns } = update;
    columns.openTime.forEach((openTime, at) => {
      candles.set(openTime, {
        open: columns.open[at] ?? Number.NaN,
        high: columns.high[at] ?? Number.NaN,
        low: columns.low[at] ?? Number.NaN,
        close: columns.close[at] ?? Number.NaN,
        volume: columns.volume[at] ?? Number.NaN,
        closed: columns.closed[at] === 1,
      });
    });
  });
  open('book', { instrument, depth: DEPTH }, (view) => {
    book = view;
  });
  open('tickers', { instruments: [instrument] }, () => undefined);

  return {
    instrument,
    trades,
    get doubledTrades() {
      return doubledTrades;
    },
    candles,
    get holes() {
      return holes;
    },
    get book() {
      return book;
    },
    dispose() {
      for (const one of undo.splice(0)) one();
    },
  };
}
