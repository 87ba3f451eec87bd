import type { OrderSide } from '#shared/domain/order.ts';
import type { Desk } from '../../stores/desk.ts';
import { bookTrust } from '../book/book-painter.ts';
import { isMovable, moveTo } from '../changes/move-order.ts';
import type { RowOrders } from './ladder-orders.ts';

/** What can be done in the ladder, by pointer or key. Prices: decimal text, as painted. */
export interface LadderActs {
  place(side: OrderSide, price: string, isStop: boolean): void;
  /** Cancels own orders. Never held back. */
  cancel(own: RowOrders | undefined): void;
  move(own: RowOrders, price: string): void;
}

export function ladderActs(desk: Desk): LadderActs {
  const { ladder, orderChanges, settings } = desk;
  /** The engine judges it anew; what is plain to see here is said at once. */
  const isBelieved = () => {
    const { freshness, notice } = bookTrust(desk);
    if (freshness === 'fresh' || freshness === 'late') return true;
    ladder.refuse({ kind: 'stale', why: notice });
    return false;
  };
  return {
    place(side, price, isStop) {
      orderChanges.drop();
      if (isBelieved()) ladder.click(side, price, isStop);
    },
    cancel(own) {
      for (const order of own?.orders ?? []) void orderChanges.cancel('ladder', order);
    },
    move({ orders }, price) {
      const [order, ...others] = orders;
      if (order === undefined) return;
      if (others.length > 0) return ladder.refuse({ kind: 'several' });
      if (!isMovable(order)) return ladder.refuse({ kind: 'unmovable' });
      if (!isBelieved()) return;
      ladder.drop();
      ladder.forget();
      const amend = { place: 'ladder', order, change: moveTo(order, price) } as const;
      if (settings.store.getState().trading.oneClick) void orderChanges.amend(amend);
      else orderChanges.ask(amend);
    },
  };
}
