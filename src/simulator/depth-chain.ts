import type { Side } from './book-side.ts';
import type { MatchingEngine } from './matching.ts';

/** What changed in a book between two cuts. Levels are [price, quantity], absolute; 0 removes. */
export interface DepthDiff {
  readonly firstId: number;
  readonly lastId: number;
  /** `lastId` of the diff before this one in the same chain. */
  readonly previousLastId: number;
  /** Time of the last change in it. */
  readonly time: number;
  readonly bids: readonly (readonly [number, number])[];
  readonly asks: readonly (readonly [number, number])[];
}

/** Collects changes and cuts them into a chain of diffs, each knowing where the one before it ended. */
export class DepthChain {
  readonly #engine: MatchingEngine;
  #bids: number[] = [];
  #asks: number[] = [];
  #firstId = 0;
  #lastId: number;
  #previousLastId: number;
  #time = 0;

  constructor(engine: MatchingEngine, updateId: number) {
    this.#engine = engine;
    this.#lastId = updateId;
    this.#previousLastId = updateId;
  }

  changed(side: Side, price: number, id: number, time: number): void {
    if (this.#lastId === this.#previousLastId) this.#firstId = id;
    this.#lastId = id;
    this.#time = time;
    (side === 'bid' ? this.#bids : this.#asks).push(price);
  }

  /** The diff since the last cut, or `undefined` when nothing changed. */
  cut(): DepthDiff | undefined {
    if (this.#lastId === this.#previousLastId) return undefined;
    const diff: DepthDiff = {
      firstId: this.#firstId,
      lastId: this.#lastId,
      previousLastId: this.#previousLastId,
      time: this.#time,
      bids: this.#levels('bid', this.#bids),
      asks: this.#levels('ask', this.#asks),
    };
    this.#previousLastId = this.#lastId;
    this.#bids = [];
    this.#asks = [];
    return diff;
  }

  /** Ascending by price, each price once, at its present quantity. */
  #levels(side: Side, prices: number[]): [number, number][] {
    const book = this.#engine.side(side);
    prices.sort((a, b) => a - b);
    const levels: [number, number][] = [];
    for (const [index, price] of prices.entries()) {
      if (index > 0 && prices[index - 1] === price) continue;
      levels.push([price, book.quantityAt(price)]);
    }
    return levels;
  }
}
