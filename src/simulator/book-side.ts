import type { Fill } from './print.ts';

/** Who has an order in the book and is not of the crowd, which leaves it alone: it only ever trades with it. */
export interface OrderOwner {
  /** What rests of the order. */
  resting: Order | undefined;
  /** Told once the command that did it is through and its prints are out. */
  filled(fill: Fill, isMaker: boolean): void;
}

/** One resting order. Price in ticks, remaining quantity in steps. Orders of a level form a queue, oldest first. */
export interface Order {
  readonly id: number;
  readonly level: Level;
  /** `undefined`: the crowd's. */
  readonly owner: OrderOwner | undefined;
  quantity: number;
  previous: Order | undefined;
  next: Order | undefined;
}

export interface Level {
  readonly price: number;
  /** Sum over its orders. */
  quantity: number;
  oldest: Order | undefined;
  newest: Order | undefined;
}

export type Side = 'bid' | 'ask';

/**
 * One side of a book: levels in one array, the best at its end, so that what happens near the best (nearly
 * everything) moves nearly nothing.
 */
export class BookSide {
  readonly side: Side;
  readonly #levels: Level[] = [];
  /** +1 where a higher price is better (bids), −1 where a lower one is. */
  readonly #sign: 1 | -1;

  constructor(side: Side) {
    this.side = side;
    this.#sign = side === 'bid' ? 1 : -1;
  }

  get levelCount(): number {
    return this.#levels.length;
  }

  get best(): Level | undefined {
    return this.#levels[this.#levels.length - 1];
  }

  /** 0 is the best level. */
  level(rank: number): Level | undefined {
    return this.#levels[this.#levels.length - 1 - rank];
  }

  quantityAt(price: number): number {
    const level = this.#levels[this.#slot(price)];
    return level?.price === price ? level.quantity : 0;
  }

  /** Is `price` as near to the other side as `other`, or nearer? */
  reaches(price: number, other: number): boolean {
    return (price - other) * this.#sign >= 0;
  }

  add(id: number, price: number, quantity: number, owner?: OrderOwner): Order {
    const slot = this.#slot(price);
    let level = this.#levels[slot];
    if (level?.price !== price) {
      level = { price, quantity: 0, oldest: undefined, newest: undefined };
      this.#levels.splice(slot, 0, level);
    }
    const order: Order = { id, level, owner, quantity, previous: level.newest, next: undefined };
    if (level.newest) level.newest.next = order;
    else level.oldest = order;
    level.newest = order;
    level.quantity += quantity;
    return order;
  }

  /** Takes `quantity` off an order; at 0 the order leaves its level, and an empty level leaves the side. */
  reduce(order: Order, quantity: number): void {
    const { level } = order;
    order.quantity -= quantity;
    level.quantity -= quantity;
    if (order.quantity > 0) return;
    if (order.previous) order.previous.next = order.next;
    else level.oldest = order.next;
    if (order.next) order.next.previous = order.previous;
    else level.newest = order.previous;
    if (!level.oldest) this.#levels.splice(this.#slot(level.price), 1);
  }

  /** Up to `limit` levels, best first. */
  top(limit: number): Level[] {
    return this.#levels.slice(Math.max(0, this.#levels.length - limit)).reverse();
  }

  /** Where a level of this price stands, or would have to stand. */
  #slot(price: number): number {
    const key = price * this.#sign;
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#levels[middle] as Level).price * this.#sign < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
