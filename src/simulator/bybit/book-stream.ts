import type { Side } from '../book-side.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { hash32, hashText } from '../random.ts';
import type { BookDepth } from './topic.ts';

/** Prices in ticks, quantities in steps; 0 deletes. */
export type Levels = readonly (readonly [price: number, quantity: number])[];

export interface BookChange {
  readonly bids: Levels;
  readonly asks: Levels;
}

/**
 * The best levels of one book as one topic tells them: a snapshot, then changes, each numbered one higher than the
 * one before. All subscribers share the numbering; whoever comes later begins with a snapshot of where it stands.
 */
export class BookStream {
  readonly instrument: InstrumentMarket;
  readonly depth: BookDepth;
  bids: Levels = [];
  asks: Levels = [];
  /** The topic's own count of what it sent. */
  u: number;
  /** The book's update id this stands for: the same on all depths. */
  seq = 0;
  /** Time of the book's change, ms epoch. */
  changedAt = 0;
  #checkedId = -1;

  constructor(instrument: InstrumentMarket, depth: BookDepth) {
    this.instrument = instrument;
    this.depth = depth;
    this.u = 1_000_000 + (hash32(hashText(instrument.coin.crowd), depth) % 60_000_000);
    this.cut();
  }

  /** What has changed since the last cut, numbered; `undefined` when nothing has among the levels it shows. */
  cut(): BookChange | undefined {
    const { instrument } = this;
    if (instrument.updateId === this.#checkedId) return undefined;
    this.#checkedId = instrument.updateId;
    const bids = this.#top('bid');
    const asks = this.#top('ask');
    const change = { bids: difference(this.bids, bids, -1), asks: difference(this.asks, asks, 1) };
    if (change.bids.length === 0 && change.asks.length === 0) return undefined;
    this.bids = bids;
    this.asks = asks;
    this.u++;
    this.seq = instrument.updateId;
    this.changedAt = instrument.updatedAt;
    return change;
  }

  /** Begins counting anew, as after a restart of the venue's service. */
  restart(): void {
    this.cut();
    this.u = 1;
  }

  #top(side: Side): Levels {
    return this.instrument.levels(side, this.depth) ?? [];
  }
}

/** What turns `before` into `after`; both best first. `direction`: 1 where prices rise with the rank. */
function difference(before: Levels, after: Levels, direction: 1 | -1): Levels {
  const changes: (readonly [number, number])[] = [];
  let index = 0;
  for (const level of after) {
    for (;;) {
      const old = before[index];
      if (!old || (old[0] - level[0]) * direction >= 0) break;
      changes.push([old[0], 0]);
      index++;
    }
    const same = before[index];
    if (same?.[0] !== level[0]) changes.push(level);
    else {
      if (same[1] !== level[1]) changes.push(level);
      index++;
    }
  }
  for (; index < before.length; index++) changes.push([(before[index] as readonly [number, number])[0], 0]);
  return changes;
}
