import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { Coin } from './coins.ts';
import type { InstrumentListener, InstrumentMarket } from './instrument-market.ts';
import { Instruments } from './instruments.ts';
import { type Basis, createCommonFactor } from './price-path.ts';

/** Slices of market time: nothing that happens at fixed times happens between two of them. */
export const SLICE_MS = 50;
const DAY = 86_400_000;
const HISTORY_DAYS = 100;

export interface MarketListener extends InstrumentListener {
  /** All instruments stand at `time`, a multiple of `SLICE_MS`; everything before it has been reported. */
  sliced(time: number): void;
}

export interface MarketOptions {
  readonly seed: number;
  /** ms epoch. */
  readonly startTime: number;
  readonly coins: readonly Coin[];
  /** What the venue adds to a coin's price, which is otherwise the same on all venues. Default nothing. */
  readonly basisOf?: (coin: Coin, seed: number) => Basis;
  /** How far back the book can be asked for, ms of market time. Default three minutes. */
  readonly keepChangesMs?: number;
  readonly listener?: Partial<MarketListener>;
}

export interface Market {
  readonly instruments: Instruments;
  readonly seed: number;
  /** First moment of the market's history, ms epoch, a UTC midnight. */
  readonly onboardTime: number;
  /** Where the market stands, ms epoch. */
  readonly now: number;
  /** Told after the listener that all instruments stand at a multiple of `SLICE_MS`, with fresh marks where a second is full. */
  onSliced(watcher: (time: number) => void): Undo;
  /**
   * Lets the market run up to `time`. `mayGoOn` is asked after every slice: false stops early.
   * What happens does not depend on how the way is cut into calls.
   */
  advanceTo(time: number, mayGoOn?: () => boolean): void;
  /** Jumps to `time` with nothing happening: candles of the way close empty. */
  skipTo(time: number): void;
}

/** One seeded market of one venue, stepped from outside: it knows no clock. */
export function createMarket(options: MarketOptions): Market {
  const { seed, startTime, coins, basisOf, keepChangesMs = 180_000 } = options;
  const told = options.listener ?? {};
  const onboardTime = Math.floor(startTime / DAY) * DAY - HISTORY_DAYS * DAY;
  let now = startTime;
  const watchers = createEmitter<number>();
  const instruments = new Instruments({
    seed,
    coins,
    basisOf: (coin) => basisOf?.(coin, seed),
    common: createCommonFactor(seed),
    startTime,
    onboardTime,
    keepChangesMs,
    listener: {
      filled: (market, fill) => told.filled?.(market, fill),
      printed: (market, print) => told.printed?.(market, print),
      topChanged: (market, time) => told.topChanged?.(market, time),
    },
    now: () => now,
  });

  function slice(time: number, move: (market: InstrumentMarket) => void): void {
    for (const market of instruments.made) move(market);
    now = time;
    if (time % SLICE_MS !== 0) return;
    if (time % 1000 === 0) for (const market of instruments.made) market.updateMark(time);
    told.sliced?.(time);
    watchers.emit(time);
  }

  return {
    instruments,
    seed,
    onboardTime,
    onSliced: (watcher) => watchers.on(watcher),
    get now() {
      return now;
    },
    advanceTo(time, mayGoOn = () => true) {
      while (now < time) {
        const next = Math.min(time, (Math.floor(now / SLICE_MS) + 1) * SLICE_MS);
        slice(next, (market) => market.advanceTo(next));
        if (!mayGoOn()) return;
      }
    },
    skipTo(time) {
      while (now < time) {
        const next = Math.min(time, (Math.floor(now / SLICE_MS) + 1) * SLICE_MS);
        slice(next, (market) => market.skipTo(next));
      }
    },
  };
}
