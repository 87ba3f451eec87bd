import type { Side } from './book-side.ts';

const FIRST_CAPACITY = 4096;

/**
 * The latest book changes of one instrument, each with what stood there before: walking it backwards turns the
 * present book into the book as of any update id it still holds.
 */
export class ChangeLog {
  readonly #keepMs: number;
  readonly #maxEntries: number;
  #ids = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #prices = new Float64Array(FIRST_CAPACITY);
  #before = new Float64Array(FIRST_CAPACITY);
  #isBid = new Uint8Array(FIRST_CAPACITY);
  /** Ever written, and ever dropped; entry n sits at n modulo the capacity. */
  #written = 0;
  #dropped = 0;
  /** Update id of the book before the oldest entry held. */
  #baseId = 0;

  constructor(keepMs: number, maxEntries: number) {
    this.#keepMs = keepMs;
    this.#maxEntries = maxEntries;
  }

  /** Sets the id the log starts from: the book as it is now. */
  begin(id: number): void {
    this.#dropped = this.#written;
    this.#baseId = id;
  }

  add(id: number, time: number, side: Side, price: number, before: number): void {
    while (this.#written > this.#dropped && this.#oldestIsDue(time)) this.#drop();
    if (this.#written - this.#dropped === this.#ids.length) this.#grow();
    const slot = this.#written % this.#ids.length;
    this.#ids[slot] = id;
    this.#times[slot] = time;
    this.#prices[slot] = price;
    this.#before[slot] = before;
    this.#isBid[slot] = side === 'bid' ? 1 : 0;
    this.#written++;
  }

  /**
   * What to put back into the present book to get the one as of `id`: quantities by price, per side.
   * `undefined` when the id was never given out or is too old.
   */
  undoTo(id: number): { readonly bids: Map<number, number>; readonly asks: Map<number, number> } | undefined {
    const bids = new Map<number, number>();
    const asks = new Map<number, number>();
    for (let entry = this.#written - 1; entry >= this.#dropped; entry--) {
      const slot = entry % this.#ids.length;
      const entryId = this.#ids[slot] as number;
      if (entryId === id) return { bids, asks };
      if (entryId < id) return undefined;
      (this.#isBid[slot] === 1 ? bids : asks).set(this.#prices[slot] as number, this.#before[slot] as number);
    }
    return id === this.#baseId ? { bids, asks } : undefined;
  }

  /** The newest id given out at or before `time`, or the oldest still known. */
  idAt(time: number): number {
    for (let entry = this.#written - 1; entry >= this.#dropped; entry--) {
      const slot = entry % this.#ids.length;
      if ((this.#times[slot] as number) <= time) return this.#ids[slot] as number;
    }
    return this.#baseId;
  }

  #oldestIsDue(now: number): boolean {
    const slot = this.#dropped % this.#ids.length;
    return (
      (this.#times[slot] as number) < now - this.#keepMs || this.#written - this.#dropped >= this.#maxEntries
    );
  }

  #drop(): void {
    this.#baseId = this.#ids[this.#dropped % this.#ids.length] as number;
    this.#dropped++;
  }

  #grow(): void {
    const from = this.#ids.length;
    const to = from * 2;
    const move = <Column extends Float64Array | Uint8Array>(old: Column, fresh: Column): Column => {
      for (let entry = this.#dropped; entry < this.#written; entry++) {
        fresh[entry % to] = old[entry % from] as number;
      }
      return fresh;
    };
    this.#ids = move(this.#ids, new Float64Array(to));
    this.#times = move(this.#times, new Float64Array(to));
    this.#prices = move(this.#prices, new Float64Array(to));
    this.#before = move(this.#before, new Float64Array(to));
    this.#isBid = move(this.#isBid, new Uint8Array(to));
  }
}
