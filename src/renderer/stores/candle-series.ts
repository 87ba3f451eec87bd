import type { CandleColumns, CandleUpdate } from '#shared/contract/columns.ts';
import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import { PROVENANCES, type Provenance, type ProvenCandle } from '#shared/domain/market-data.ts';

export type HeldCandle = ProvenCandle;

/** Candles missing between two that are held: `[from, to)` in open times. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * What a change touched: nothing · every candle from `index` on (nothing before moved) · everything
 * (older ones came in front, a repair in the past, a hole that was not known).
 */
export type SeriesChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'from'; readonly index: number }
  | { readonly kind: 'all' };

/** The candles of one instrument and interval as this window holds them, oldest first, one per open time. */
export interface CandleSeries {
  readonly interval: Interval;
  readonly candles: readonly HeldCandle[];
  /** Adds a page of history. What the stream has said since `restart` wins over the page. */
  addPage(page: CandleColumns): SeriesChange;
  /** Applies what the stream says: new candles, the current one, repairs. */
  apply(update: CandleUpdate): SeriesChange;
  /** The stream begins again after a break: from now on a page may correct what was held before. */
  restart(): void;
  /**
   * Gaps that are holes, oldest first. Within what the engine holds its own list is the truth: a gap it does not
   * name is a time without a candle. Outside of that, wherever open times are not consecutive.
   */
  holes(): readonly Hole[];
  /** How many candles came from each. */
  counts(): Readonly<Record<Provenance, number>>;
}

export function createCandleSeries(interval: Interval): CandleSeries {
  let candles: HeldCandle[] = [];
  let spoken = new Set<number>();
  // What the engine holds: its first update brings all of it. A hole once named stays one until its candle comes,
  // for the engine forgets its oldest candles and their holes with them.
  let engineFrom = Infinity;
  let engineTo = -Infinity;
  let named = new Set<number>();
  // Asked for by several, and looks at every candle: found once until a candle comes or goes.
  let knownHoles: readonly Hole[] | undefined;

  /** Index of the first candle that opens at or after `openTime`. */
  const find = (openTime: number): number => {
    const last = candles.at(-1);
    if (last === undefined || openTime > last.openTime) return candles.length;
    let low = 0;
    let high = candles.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((candles[middle]?.openTime ?? 0) < openTime) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const isHole = (from: number, before: number, after: number): boolean => {
    if (before < engineFrom || after > engineTo) return true;
    for (let openTime = from; openTime < after; openTime = nextOpenTime(interval, openTime)) {
      if (named.has(openTime)) return true;
    }
    return false;
  };

  return {
    interval,
    get candles() {
      return candles;
    },
    addPage(page) {
      // Scrolling back brings page after page in front of all that is held: nothing there needs sorting again.
      const older = [...rowsOf(page)];
      const oldest = candles[0];
      if (
        oldest !== undefined &&
        older.length > 0 &&
        (older.at(-1) as HeldCandle).openTime < oldest.openTime
      ) {
        candles = [...older, ...candles];
        knownHoles = undefined;
        return { kind: 'all' };
      }
      const merged = new Map(candles.map((candle) => [candle.openTime, candle]));
      let changed = false;
      for (const candle of older) {
        if (spoken.has(candle.openTime)) continue;
        merged.set(candle.openTime, candle);
        changed = true;
      }
      if (!changed) return { kind: 'none' };
      knownHoles = undefined;
      candles = [...merged.values()].sort((one, other) => one.openTime - other.openTime);
      return { kind: 'all' };
    },
    apply(update) {
      let lowest = Infinity;
      for (const candle of rowsOf(update.candles)) {
        const index = find(candle.openTime);
        if (candles[index]?.openTime === candle.openTime) candles[index] = candle;
        else {
          candles.splice(index, 0, candle);
          knownHoles = undefined;
        }
        spoken.add(candle.openTime);
        lowest = Math.min(lowest, index);
        engineFrom = Math.min(engineFrom, candle.openTime);
        engineTo = Math.max(engineTo, candle.openTime);
      }
      const before = named.size;
      for (const openTime of update.holes) named.add(openTime);
      if (named.size > before) {
        knownHoles = undefined;
        return { kind: 'all' };
      }
      return lowest === Infinity ? { kind: 'none' } : { kind: 'from', index: lowest };
    },
    restart() {
      spoken = new Set();
      engineFrom = Infinity;
      engineTo = -Infinity;
      named = new Set();
      knownHoles = undefined;
    },
    holes() {
      if (knownHoles !== undefined) return knownHoles;
      const holes: Hole[] = [];
      for (let index = 1; index < candles.length; index += 1) {
        const before = candles[index - 1] as HeldCandle;
        const after = candles[index] as HeldCandle;
        const expected = nextOpenTime(interval, before.openTime);
        if (after.openTime > expected && isHole(expected, before.openTime, after.openTime)) {
          const count = countBetween(interval, expected, after.openTime);
          holes.push({ from: expected, to: after.openTime, count });
        }
      }
      knownHoles = holes;
      return holes;
    },
    counts() {
      const counts = { history: 0, live: 0, built: 0, backfilled: 0, verified: 0, corrected: 0 };
      for (const { provenance } of candles) counts[provenance] += 1;
      return counts;
    },
  };
}

/** How many candles open in `[from, to)`. */
export function countBetween(interval: Interval, from: number, to: number): number {
  if (interval !== '1M') return Math.round((to - from) / (nextOpenTime(interval, from) - from));
  let count = 0;
  for (let openTime = from; openTime < to; openTime = nextOpenTime(interval, openTime)) count += 1;
  return count;
}

function* rowsOf(columns: CandleColumns): Generator<HeldCandle> {
  for (const [row, openTime] of columns.openTime.entries()) {
    yield {
      openTime,
      open: columns.open[row] ?? Number.NaN,
      high: columns.high[row] ?? Number.NaN,
      low: columns.low[row] ?? Number.NaN,
      close: columns.close[row] ?? Number.NaN,
      volume: columns.volume[row] ?? Number.NaN,
      closed: columns.closed[row] === 1,
      // One of a newer engine has at least been told by somebody.
      provenance: PROVENANCES[columns.provenance[row] ?? 0] ?? 'history',
    };
  }
}
