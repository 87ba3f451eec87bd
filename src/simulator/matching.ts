import { BookSide, type Order, type OrderOwner, type Side } from './book-side.ts';

export interface MatchingListener {
  /** One resting order was hit. `takerSide` is the side of the taker: `bid` bought. */
  filled(price: number, quantity: number, takerSide: Side, maker: Order): void;
  /** A level's quantity changed; 0 means it is gone. Called once per level and command. */
  changed(side: Side, price: number, before: number, after: number): void;
}

/**
 * A price-time matching engine for one instrument, on whole ticks and steps. The best price trades first; within a
 * price the oldest order trades first; a trade happens at the resting order's price.
 */
export class MatchingEngine {
  readonly bids = new BookSide('bid');
  readonly asks = new BookSide('ask');
  readonly #listener: MatchingListener;
  #nextOrderId = 1;

  constructor(listener: MatchingListener) {
    this.#listener = listener;
  }

  side(side: Side): BookSide {
    return side === 'bid' ? this.bids : this.asks;
  }

  /** A limit order: takes what it can reach, and what is left rests. Returns the resting order, if any is left. */
  limit(side: Side, price: number, quantity: number, owner?: OrderOwner): Order | undefined {
    const left = quantity - this.take(side, quantity, price);
    if (left === 0) return undefined;
    const own = this.side(side);
    const before = own.quantityAt(price);
    const order = own.add(this.#nextOrderId++, price, left, owner);
    this.#listener.changed(side, price, before, before + left);
    return order;
  }

  /** Takes up to `quantity` at `worstPrice` or better and lets the rest expire. Returns what was filled. */
  take(side: Side, quantity: number, worstPrice: number): number {
    const other = this.side(side === 'bid' ? 'ask' : 'bid');
    let left = quantity;
    for (let level = other.best; level && left > 0; level = other.best) {
      if (!other.reaches(level.price, worstPrice)) break;
      const { price } = level;
      const before = level.quantity;
      let taken = 0;
      while (left > 0 && level.oldest) {
        const maker: Order = level.oldest;
        const fill = Math.min(left, maker.quantity);
        left -= fill;
        taken += fill;
        other.reduce(maker, fill);
        this.#listener.filled(price, fill, side, maker);
      }
      this.#listener.changed(other.side, price, before, before - taken);
    }
    return quantity - left;
  }

  /** How much a taker could have at `worstPrice` or better; stops looking at `enough`. */
  reachable(side: Side, worstPrice: number, enough: number): number {
    const other = this.side(side === 'bid' ? 'ask' : 'bid');
    let found = 0;
    for (let rank = 0; found < enough; rank++) {
      const level = other.level(rank);
      if (!level || !other.reaches(level.price, worstPrice)) break;
      found += level.quantity;
    }
    return found;
  }

  cancel(side: Side, order: Order): void {
    this.reduce(side, order, order.quantity);
  }

  /** Takes `quantity` off a resting order, which keeps its place. */
  reduce(side: Side, order: Order, quantity: number): void {
    const { price, quantity: before } = order.level;
    this.side(side).reduce(order, quantity);
    this.#listener.changed(side, price, before, before - quantity);
  }
}
