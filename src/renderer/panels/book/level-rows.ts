import type { Levels } from '#shared/domain/market-data.ts';

/** One side of the book as shown: `count` levels from the best on, with the running total of quantity. */
export interface LevelRows {
  readonly count: number;
  /** Running totals as exact integers at the quantity scale. */
  readonly totals: Float64Array;
}

export function levelRows(levels: Levels, most: number): LevelRows {
  const count = Math.min(most, Math.floor(levels.length / 2));
  const totals = new Float64Array(count);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    total += levels[2 * index + 1] ?? 0;
    totals[index] = total;
  }
  return { count, totals };
}

/** Best ask less best bid as an integer at the price scale; NaN while either side is empty. */
export function spreadOf(bids: Levels, asks: Levels): number {
  return (asks[0] ?? Number.NaN) - (bids[0] ?? Number.NaN);
}
