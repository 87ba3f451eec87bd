import { COINS, type Coin } from './coins.ts';
import { type InstrumentListener, InstrumentMarket } from './instrument-market.ts';
import { createCommonFactor } from './price-path.ts';

/** Slices of market time: nothing that happens at fixed times happens between two of them. */
const SLICE_MS = 50;
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
  readonly coins?: readonly Coin[];
  /** How far back the book can be asked for, ms of market time. Default three minutes. */
  readonly keepChangesMs?: number;
  readonly listener?: Partial<MarketListener>;
}

export interface Market {
  readonly instruments: ReadonlyMap<string, InstrumentMarket>;
  readonly seed: number;
  /** First moment of the market's history, ms epoch, a UTC midnight. */
  readonly onboardTime: number;
  /** Where the market stands, ms epoch. */
  readonly now: number;
  /**
   * Lets the market run up to `time`. `mayGoOn` is asked after every slice: false stops early.
   * What happens does not depend on how the way is cut into calls.
   */
  advanceTo(time: number, mayGoOn?: () => boolean): void;
  /** Jumps to `time` with nothing happening: candles of the way close empty. */
  skipTo(time: number): void;
  /** Makes order events this many times as frequent, everywhere or for some symbols. */
  setActivity(multiplier: number, symbols?: readonly string[]): void;
}

/** One seeded market, stepped from outside: it knows no clock. */
export function createMarket(options: MarketOptions): Market {
  const { seed, startTime } = options;
  const told = options.listener ?? {};
  const listener: MarketListener = {
    filled: (market, fill) => told.filled?.(market, fill),
    printed: (market, print) => told.printed?.(market, print),
    topChanged: (market, time) => told.topChanged?.(market, time),
    sliced: (time) => told.sliced?.(time),
  };
  const common = createCommonFactor(seed);
  const onboardTime = Math.floor(startTime / DAY) * DAY - HISTORY_DAYS * DAY;
  const instruments = new Map<string, InstrumentMarket>();
  for (const coin of options.coins ?? COINS) {
    const { keepChangesMs = 180_000 } = options;
    const market = new InstrumentMarket({
      seed,
      coin,
      common,
      startTime,
      onboardTime,
      keepChangesMs,
      listener,
    });
    instruments.set(coin.symbol, market);
  }
  let now = startTime;

  function slice(time: number, move: (market: InstrumentMarket) => void): void {
    for (const market of instruments.values()) move(market);
    now = time;
    if (time % SLICE_MS !== 0) return;
    if (time % 1000 === 0) for (const market of instruments.values()) market.updateMark(time);
    listener.sliced(time);
  }

  return {
    instruments,
    seed,
    onboardTime,
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
    setActivity(multiplier, symbols) {
      for (const [symbol, market] of instruments) {
        if (!symbols || symbols.includes(symbol)) market.setActivity(multiplier);
      }
    },
  };
}
