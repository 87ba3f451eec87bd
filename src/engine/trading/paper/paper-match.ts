import Big from 'big.js';
import type { OrderSide } from '#shared/domain/order.ts';

/**
 * The rules a paper order is filled by: pure, exact, and never kinder than the venue would have been.
 * Taking: the visible book, best level first, at the levels' own prices, never beyond the limit and never more than is there; what
 * was taken of a level is gone until the level changes. Resting: a trade through the price fills; a trade at the price fills
 * with what is left of it once everything that stood ahead has traded; and so does a book that has come to meet the order.
 */

/** Price and quantity in base. */
export type PaperLevel = readonly [price: Big, quantity: Big];

export interface Taken {
  readonly price: Big;
  readonly quantity: Big;
}

/** What was taken of public levels, by `levelName`: how much stood there then, and how much of it is gone. */
export type Consumed = ReadonlyMap<string, { readonly stood: Big; readonly taken: Big }>;

/** A public trade. `side`: the aggressor. */
export interface Print {
  readonly price: Big;
  readonly quantity: Big;
  readonly side: OrderSide;
}

/** An order of ours in the book. */
export interface Resting {
  readonly id: string;
  readonly number: number;
  readonly side: OrderSide;
  readonly price: Big;
  readonly left: Big;
  /** See `PaperOrder.rest`. */
  readonly ahead: Big | undefined;
}

const ZERO = new Big(0);
const least = (a: Big, b: Big) => (a.lt(b) ? a : b);

/** Whether an order of this side may have `price` where `limit` is the worst it takes. */
export function isWithin(side: OrderSide, price: Big, limit: Big): boolean {
  return side === 'buy' ? price.lte(limit) : price.gte(limit);
}

/** `side`: of who takes. */
function levelName(side: OrderSide, price: Big): string {
  return `${side} ${price.toFixed()}`;
}

/**
 * Takes up to `quantity` out of the other side's levels, best first. `limit` absent: as far as there are levels. Returns what
 * was had, and what is consumed afterwards.
 */
export function takeFrom(
  levels: readonly PaperLevel[],
  consumed: Consumed,
  order: { readonly side: OrderSide; readonly quantity: Big; readonly limit: Big | undefined },
): { readonly taken: readonly Taken[]; readonly quantity: Big; readonly consumed: Consumed } {
  const { side, limit } = order;
  const after = new Map(consumed);
  const taken: Taken[] = [];
  let left = order.quantity;
  for (const [price, stood] of levels) {
    if (left.lte(0) || (limit !== undefined && !isWithin(side, price, limit))) break;
    const name = levelName(side, price);
    const before = after.get(name)?.taken ?? ZERO;
    const quantity = least(left, stood.minus(before));
    if (quantity.lte(0)) continue;
    taken.push({ price, quantity });
    after.set(name, { stood, taken: before.plus(quantity) });
    left = left.minus(quantity);
  }
  return { taken, quantity: order.quantity.minus(left), consumed: after };
}

/** What is still consumed with these levels in the book: of a level that changed or left, nothing. */
export function stillConsumed(consumed: Consumed, side: OrderSide, levels: readonly PaperLevel[]): Consumed {
  const prefix = `${side} `;
  const now = new Map(levels.map(([price, quantity]) => [levelName(side, price), quantity]));
  return new Map(
    [...consumed].filter(([name, { stood }]) => !name.startsWith(prefix) || now.get(name)?.eq(stood)),
  );
}

/** First in line first: the better price, then the older order. */
export function byPriority(a: Resting, b: Resting): number {
  const price = a.price.cmp(b.price) * (a.side === 'buy' ? -1 : 1);
  return price === 0 ? a.number - b.number : price;
}

/**
 * What a public trade does to resting orders: how much of each is filled, and what is left ahead of each. All of them
 * together have no more than was traded.
 */
export function fillByPrint(
  resting: readonly Resting[],
  print: Print,
): readonly { readonly id: string; readonly filled: Big; readonly ahead: Big | undefined }[] {
  let left = print.quantity;
  return [...resting].sort(byPriority).flatMap((order) => {
    const { id, side, price, ahead } = order;
    // Who sells at a price our bid is above would have met the bid first.
    const isThrough = side === 'buy' ? print.price.lt(price) : print.price.gt(price);
    if (isThrough) {
      const filled = least(order.left, left);
      left = left.minus(filled);
      return [{ id, filled, ahead: ZERO }];
    }
    // At the price only what came from the other side has met the line we stand in.
    if (!print.price.eq(price) || print.side === side || ahead === undefined) return [];
    const past = left.minus(ahead);
    const filled = past.gt(0) ? least(order.left, past) : ZERO;
    const stillAhead = past.gte(0) ? ZERO : ahead.minus(left);
    left = left.minus(filled);
    return [{ id, filled, ahead: stillAhead }];
  });
}

/**
 * What stands at `price` on a side whose visible levels these are; `undefined`: it is out of sight. `isWhole`: there is
 * nothing beyond the last of them.
 */
export function standingAt(
  side: OrderSide,
  price: Big,
  levels: readonly PaperLevel[],
  isWhole: boolean,
): Big | undefined {
  for (const [at, quantity] of levels) {
    if (at.eq(price)) return quantity;
    // Past it: the levels go away from the other side.
    if (side === 'buy' ? at.lt(price) : at.gt(price)) return ZERO;
  }
  return isWhole ? ZERO : undefined;
}

/** Stops wait for the price to go the order's way, take-profits for it to come towards it. */
export function hasPassed(
  { side, type }: { readonly side: OrderSide; readonly type: string },
  trigger: Big,
  now: Big,
): boolean {
  const isStop = type === 'stop' || type === 'stop-market';
  return (side === 'buy') === isStop ? now.gte(trigger) : now.lte(trigger);
}
