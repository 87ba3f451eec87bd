import { decimalPlaces, fromScaled, toScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { isTerminal, type Order, type OrderSide } from '#shared/domain/order.ts';
import { type LadderScale, restingRow } from './ladder-scale.ts';

/** Own orders in one row of the ladder. */
export interface RowOrders {
  readonly orders: readonly Order[];
  /** What is left of them, by side; decimal text, absent where none is of that side. */
  readonly buy?: string;
  readonly sell?: string;
}

/** Where an order stands: at its trigger while it waits for that, else at its price. */
function standsAt({ price, triggerPrice, isConditional }: Order): string | undefined {
  return isConditional ? (triggerPrice ?? price) : (price ?? triggerPrice);
}

/** The open orders of an account at an instrument, by row. One without a price is in none. */
export function ordersByRow(
  scale: LadderScale,
  orders: Iterable<Order>,
  account: AccountId,
  instrument: InstrumentId,
): ReadonlyMap<number, RowOrders> {
  const rows = new Map<number, Order[]>();
  for (const order of orders) {
    if (order.account !== account || order.instrument !== instrument || isTerminal(order.status)) continue;
    const at = toScaled(standsAt(order) ?? '', scale.scale);
    if (at === undefined || at <= 0) continue;
    const row = restingRow(scale, at, order.side);
    const held = rows.get(row);
    if (held) held.push(order);
    else rows.set(row, [order]);
  }
  return new Map(
    [...rows].map(([row, held]) => {
      const buy = sumLeft(held, 'buy');
      const sell = sumLeft(held, 'sell');
      return [row, { orders: held, ...(buy && { buy }), ...(sell && { sell }) }];
    }),
  );
}

/** For showing: what the orders of a side still ask for together, exactly. */
function sumLeft(orders: readonly Order[], side: OrderSide): string | undefined {
  const ours = orders.filter((order) => order.side === side);
  if (ours.length === 0) return undefined;
  const scale = Math.max(
    ...ours.flatMap(({ quantity = '0', filledQuantity }) => [
      decimalPlaces(quantity),
      decimalPlaces(filledQuantity),
    ]),
  );
  const left = ours.reduce(
    (sum, { quantity = '0', filledQuantity }) =>
      sum + (toScaled(quantity, scale) ?? 0) - (toScaled(filledQuantity, scale) ?? 0),
    0,
  );
  return trimDecimal(fromScaled(left, scale));
}
