import type { OwnOrdersUpdate } from '#shared/contract/order-views.ts';
import { isSettled, type OwnOrder } from '#shared/domain/own-order.ts';

/** By client order id. */
export type OwnOrders = ReadonlyMap<string, OwnOrder>;

const MOST_HELD = 500;

/** What is held with what came. A restart replaces all; beyond 500 the oldest settled ones go. */
export function joinOwnOrders(held: OwnOrders | undefined, { restart, orders }: OwnOrdersUpdate): OwnOrders {
  const joined = new Map(restart ? [] : held);
  for (const order of orders) joined.set(order.request.clientOrderId, order);
  if (joined.size <= MOST_HELD) return joined;
  const oldestFirst = [...joined.values()].sort((a, b) => a.placedAt - b.placedAt);
  for (const order of oldestFirst) {
    if (joined.size <= MOST_HELD) break;
    if (isSettled(order.state)) joined.delete(order.request.clientOrderId);
  }
  return joined;
}

/** What is not settled first, then by when it was placed, newest first. */
export function recentOrders(orders: OwnOrders | undefined): readonly OwnOrder[] {
  return [...(orders?.values() ?? [])].sort(
    (a, b) => Number(isSettled(a.state)) - Number(isSettled(b.state)) || b.placedAt - a.placedAt,
  );
}
