import type { Coin } from '../coins.ts';

/** The groupings books are offered in: so many of the price's own steps become one. */
export const LEVELS = [1, 10, 100, 1000] as const;

/** A grouping in ticks; 0 where books stay as they are. */
export function groupTicks(coin: Coin, level: number): number {
  if (level <= 1) return 0;
  return level * (coin.grainAt?.(coin.anchorPrice / coin.tick) ?? 1);
}
