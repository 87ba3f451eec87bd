import Big from 'big.js';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { HeldFacts } from '../facts.ts';

type Sided = Pick<OrderRequest, 'side' | 'leg'>;

/** Signed position the order is about, in base; zero: none. */
export function positionOf({ leg }: Pick<OrderRequest, 'leg'>, { positions }: HeldFacts): Big {
  const held = positions.find((one) => one.leg === leg);
  return new Big(held?.quantity ?? 0);
}

/** How much of its position an order of that side could close, in base: zero where it would add to it. */
export function closable(order: Sided, held: HeldFacts): Big {
  const position = positionOf(order, held);
  const isOpposite = order.side === 'buy' ? position.lt(0) : position.gt(0);
  return isOpposite ? position.abs() : new Big(0);
}

/**
 * The most a reduce-only order may be for. One that stands in the book shares the position with those that stand there
 * already (G27). One that fills at once, or waits for a trigger, may be for all of it: the way out is never barred by a
 * take-profit, and the venue lets none of them go past zero.
 */
export function reducible(order: Sided, held: HeldFacts, stands: boolean): Big {
  const whole = closable(order, held);
  if (!stands) return whole;
  const left = whole.minus(held.reducing[order.side]);
  return left.gt(0) ? left : new Big(0);
}
