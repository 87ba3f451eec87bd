import type { Order } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';

/** Kinds of which the engine can change the price. */
const MOVABLE: ReadonlySet<Order['type']> = new Set([
  'limit',
  'stop',
  'stop-market',
  'take-profit',
  'take-profit-market',
]);

export function isMovable({ type }: Pick<Order, 'type'>): boolean {
  return MOVABLE.has(type);
}

/** What a move to this price changes: the trigger while it waits for that, else the price. */
export function moveTo({ isConditional }: Pick<Order, 'isConditional'>, price: string): OrderChange {
  return isConditional ? { triggerPrice: price } : { price };
}
