import type { Undo } from '#shared/base/emitter.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { OwnOrdersUpdate, TradingView } from '#shared/contract/order-views.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { Journal } from './journal-port.ts';

/** What a window knows of trading as a whole, sent again when it reads otherwise. */
export function watchTrading(
  view: () => TradingView,
  onChange: (listener: () => void) => Undo,
  changed: () => void,
): WatchSource<TradingView> {
  let sent = '';
  const stop = onChange(changed);
  return {
    take() {
      const now = view();
      const text = JSON.stringify(now);
      if (text === sent) return undefined;
      sent = text;
      return now;
    },
    dispose: stop,
  };
}

/** Most a window is told of at once: what is open, and the newest of the rest. */
const MOST = 500;

/** The orders placed from here: all of them first, then those that changed. */
export function watchOwnOrders(
  journal: Pick<Journal, 'orders' | 'onOrder'>,
  shown: (order: OwnOrder) => OwnOrder,
  changed: () => void,
): WatchSource<OwnOrdersUpdate> {
  let isFirst = true;
  const waiting = new Map<string, OwnOrder>();
  const stop = journal.onOrder((order) => {
    waiting.set(order.request.clientOrderId, order);
    changed();
  });
  return {
    take() {
      if (isFirst) {
        isFirst = false;
        waiting.clear();
        const newest = [...journal.orders.values()].sort((a, b) => b.placedAt - a.placedAt).slice(0, MOST);
        return { restart: true, orders: newest.map(shown) };
      }
      if (waiting.size === 0) return undefined;
      const orders = [...waiting.values()].map(shown);
      waiting.clear();
      return { restart: false, orders };
    },
    dispose: stop,
  };
}
