import type { Levels } from '#shared/domain/market-data.ts';

/**
 * Slots of the window around the best price, one per tick: 32 KB a side. Nearly every change of a busy book
 * falls inside it and costs one array access, wherever it lies.
 */
const WIDTH = 4_096;
/** Where the best level lands when the window moves: most of the window looks away from the other side. */
const HOME = 3_072;
/** The best level may sink this low before the window follows it. */
const LOW = 1_024;
/** Where the window of an empty side stands: no key is near, so the first level brings it home. */
const NOWHERE = Number.MAX_SAFE_INTEGER;
const NO_WINDOW = new Float64Array(0);
/** Levels kept outside the window; beyond that the farthest half is forgotten. */
const MOST_FAR = 16_384;

/**
 * One side of a book in integer ticks. Levels live in a window of slots around the best price, the far ones in a map.
 * Inside, prices are keys that are greater the better: the price itself for bids, its negative for asks.
 *
 * `reach` is how far the side is *known*. A snapshot of the best thousand says nothing of the levels beyond its
 * last one; a change out there is stored, but its neighbours may be missing, so such levels are not read.
 * A class for speed: its fields are the hot state.
 */
export class BookSide {
  readonly #sign: 1 | -1;
  /** Made with the first change: a book that only ever comes whole needs none. */
  #window: Float64Array = NO_WINDOW;
  /** Key of slot 0. */
  #base = NOWHERE;
  /** Slot of the best level; −1 when the side is empty. The best is always inside the window. */
  #best = -1;
  /** Levels below the window. */
  readonly #far = new Map<number, number>();
  #farOrder: Float64Array | undefined;
  #reach = Number.NEGATIVE_INFINITY;
  #known = 0;
  /**
   * All levels as a snapshot brought them, best first, while nothing has changed since: then nothing else here is in
   * use. Where every frame is a whole book, a frame costs no more than this.
   */
  #asBrought: Levels | undefined;
  #isBroughtWhole = true;

  constructor(side: 'bids' | 'asks') {
    this.#sign = side === 'bids' ? 1 : -1;
  }

  /** Levels within reach: all of them are known. */
  get known(): number {
    return this.#asBrought ? this.#asBrought.length >> 1 : this.#known;
  }

  /** True while every level of the side is known, however far. */
  get whole(): boolean {
    return this.#asBrought ? this.#isBroughtWhole : this.#reach === Number.NEGATIVE_INFINITY;
  }

  /** Price of the best level, 0 when there is none. */
  get bestPrice(): number {
    if (this.#asBrought) return this.#asBrought[0] ?? 0;
    return this.#best < 0 ? 0 : this.#sign * (this.#base + this.#best);
  }

  /** Quantity at the best level, 0 when there is none. */
  get bestQuantity(): number {
    if (this.#asBrought) return this.#asBrought[1] ?? 0;
    return this.#best < 0 ? 0 : (this.#window[this.#best] as number);
  }

  clear(): void {
    this.#asBrought = undefined;
    // A window that stands nowhere holds nothing.
    if (this.#base !== NOWHERE) this.#window.fill(0);
    this.#base = NOWHERE;
    this.#best = -1;
    this.#far.clear();
    this.#farOrder = undefined;
    this.#reach = Number.NEGATIVE_INFINITY;
    this.#known = 0;
  }

  /** Replaces everything. `whole`: no level exists beyond these. */
  load(levels: Levels, whole: boolean): void {
    this.clear();
    if (isBestFirst(levels, this.#sign)) {
      this.#asBrought = levels;
      this.#isBroughtWhole = whole || levels.length === 0;
    } else {
      this.#takeIn(levels, whole);
    }
  }

  #takeIn(levels: Levels, whole: boolean): void {
    let worst = Number.POSITIVE_INFINITY;
    for (let index = 0; index + 1 < levels.length; index += 2) {
      this.set(levels[index] as number, levels[index + 1] as number);
      worst = Math.min(worst, this.#sign * (levels[index] as number));
    }
    if (!whole && levels.length > 0) this.#reach = worst;
  }

  /** Sets the quantity at a price; 0 removes the level, known or not. */
  set(price: number, quantity: number): void {
    if (this.#asBrought) this.#settle();
    const slot = this.#sign * price - this.#base;
    if (slot < 0 || slot >= WIDTH) {
      this.#setOutside(this.#sign * price, quantity);
      return;
    }
    const window = this.#window;
    const before = window[slot] as number;
    window[slot] = quantity;
    if (quantity > 0) {
      if (before === 0) this.#count(this.#base + slot, 1);
      if (slot > this.#best) this.#best = slot;
    } else if (before > 0) {
      this.#count(this.#base + slot, -1);
      if (slot === this.#best) this.#sinkBest();
    }
  }

  /**
   * Writes the best levels as price, quantity, … into `into` and returns how many fitted.
   * Levels beyond the reach are left out, but for the best one seen.
   */
  read(into: Levels): number {
    if (this.#asBrought) {
      const fitting = Math.min(this.#asBrought.length, into.length & ~1);
      into.set(this.#asBrought.subarray(0, fitting));
      return fitting / 2;
    }
    const window = this.#window;
    const base = this.#base;
    const last = Math.max(0, this.#reach - base);
    let at = 0;
    for (let slot = this.#best; slot >= last && at + 1 < into.length; slot--) {
      const quantity = window[slot] as number;
      if (quantity > 0) {
        into[at] = this.#sign * (base + slot);
        into[at + 1] = quantity;
        at += 2;
      }
    }
    // The far levels have to be sorted: not where the reach ends before them.
    if (at + 1 < into.length && this.#far.size > 0 && this.#reach < base) at = this.#readFar(into, at);
    if (at === 0 && this.#best >= 0 && into.length > 1) {
      into[0] = this.bestPrice;
      into[1] = this.bestQuantity;
      at = 2;
    }
    return at / 2;
  }

  /**
   * Multiplies every price and quantity: the scales grew. False when a value would no longer be exact;
   * the side is garbage then.
   */
  rescale(priceFactor: number, quantityFactor: number): boolean {
    this.#settle();
    const levels = this.#all();
    const reach = this.#reach * priceFactor;
    const exact = levels.every(
      ([key, quantity]) =>
        Number.isSafeInteger(key * priceFactor) && Number.isSafeInteger(quantity * quantityFactor),
    );
    this.clear();
    if (!exact) return false;
    for (const [key, quantity] of levels) this.set(this.#sign * key * priceFactor, quantity * quantityFactor);
    this.#limitTo(reach);
    return true;
  }

  /** The first change: what was brought goes where changes find it. */
  #settle(): void {
    const levels = this.#asBrought;
    this.#asBrought = undefined;
    if (levels) this.#takeIn(levels, this.#isBroughtWhole);
  }

  #count(key: number, change: 1 | -1): void {
    if (key >= this.#reach) this.#known += change;
  }

  #setOutside(key: number, quantity: number): void {
    if (key >= this.#base + WIDTH || (this.#best < 0 && quantity > 0)) {
      // Better than anything held, or the first level of an empty side.
      if (quantity === 0) return;
      this.#moveWindow(key - HOME);
      this.set(this.#sign * key, quantity);
      return;
    }
    const held = this.#far.has(key);
    if (quantity > 0) {
      this.#far.set(key, quantity);
      if (held) return;
      this.#count(key, 1);
      this.#farOrder = undefined;
      if (this.#far.size > MOST_FAR) this.#forgetFarthest();
    } else if (held) {
      this.#far.delete(key);
      this.#count(key, -1);
      this.#farOrder = undefined;
    }
  }

  /** The best level is gone: finds the next one, in the window or in the map. */
  #sinkBest(): void {
    const window = this.#window;
    let slot = this.#best - 1;
    while (slot >= 0 && window[slot] === 0) slot--;
    this.#best = slot;
    if (this.#far.size === 0) return;
    if (slot < 0) this.#moveWindow((this.#sortedFar()[0] as number) - HOME);
    else if (slot < LOW) this.#moveWindow(this.#base + slot - HOME);
  }

  /** Slot 0 becomes the key `base`. Levels that fall out below go to the map, levels of the map that fit come in. */
  #moveWindow(base: number): void {
    if (this.#window === NO_WINDOW) this.#window = new Float64Array(WIDTH);
    const window = this.#window;
    const shift = base - this.#base;
    const leaving = Math.min(Math.max(shift, 0), WIDTH);
    for (let slot = 0; slot < leaving; slot++) {
      if ((window[slot] as number) > 0) this.#far.set(this.#base + slot, window[slot] as number);
    }
    if (Math.abs(shift) >= WIDTH) {
      window.fill(0);
      this.#best = -1;
    } else {
      if (shift > 0) window.copyWithin(0, shift).fill(0, WIDTH - shift);
      else window.copyWithin(-shift, 0).fill(0, 0, -shift);
      this.#best = this.#best < 0 ? -1 : Math.max(-1, this.#best - shift);
    }
    this.#base = base;
    for (const [key, quantity] of this.#far) {
      if (key < base) continue;
      this.#far.delete(key);
      window[key - base] = quantity;
      this.#best = Math.max(this.#best, key - base);
    }
    this.#farOrder = undefined;
  }

  #readFar(into: Levels, from: number): number {
    let at = from;
    for (const key of this.#sortedFar()) {
      if (at + 1 >= into.length || key < this.#reach) break;
      into[at] = this.#sign * key;
      into[at + 1] = this.#far.get(key) ?? 0;
      at += 2;
    }
    return at;
  }

  /** Keys of the map, best first. */
  #sortedFar(): Float64Array {
    this.#farOrder ??= Float64Array.from(this.#far.keys()).sort().reverse();
    return this.#farOrder;
  }

  /** Bounds the memory of a book that only ever grows. What is forgotten is out of reach from here on. */
  #forgetFarthest(): void {
    const order = this.#sortedFar();
    const kept = order.length >> 1;
    for (const key of order.subarray(kept)) this.#far.delete(key);
    this.#farOrder = undefined;
    this.#limitTo(Math.max(this.#reach, order[kept - 1] as number));
  }

  #limitTo(reach: number): void {
    this.#reach = reach;
    this.#known = this.#all().filter(([key]) => key >= reach).length;
  }

  #all(): (readonly [number, number])[] {
    const levels: (readonly [number, number])[] = [...this.#far];
    for (let slot = 0; slot <= this.#best; slot++) {
      const quantity = this.#window[slot] as number;
      if (quantity > 0) levels.push([this.#base + slot, quantity]);
    }
    return levels;
  }
}

/** Prices fall (bids) or rise (asks) strictly from the first level on, and every level has a quantity. */
function isBestFirst(levels: Levels, sign: 1 | -1): boolean {
  let last = Number.POSITIVE_INFINITY;
  for (let index = 0; index < levels.length; index += 2) {
    const key = (levels[index] as number) * sign;
    if (key >= last || !((levels[index + 1] as number) > 0)) return false;
    last = key;
  }
  return true;
}
