import type { Coin } from '../coins.ts';
import { tickAt, UPBIT_BANDS } from '../krw-ticks.ts';

/** How many ever wider groupings a book is offered in. */
const WIDTHS = 4;

/** The price groupings (won, text) a coin's book is offered in around its anchor; `0` is none. */
export function levelsOf(coin: Coin): string[] {
  const tick = Number(tickAt(UPBIT_BANDS, coin.anchorPrice));
  const widths = Array.from({ length: WIDTHS }, (_, index) => tick * 10 ** (index + 1));
  // Written shortest: 0.1 + 0.2 has no place in a price.
  return ['0', ...widths.map((width) => String(Number(width.toPrecision(6))))];
}

/** A grouping in ticks; 0 for one the coin does not offer, and for none. */
export function groupTicks(coin: Coin, level: number): number {
  return level > 0 && levelsOf(coin).includes(String(level)) ? Math.round(level / coin.tick) : 0;
}
