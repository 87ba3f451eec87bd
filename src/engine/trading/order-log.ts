import type { Undo } from '#shared/base/emitter.ts';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import type { OrderStatus } from '#shared/domain/order.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { EventLog } from '../health/event-log.ts';
import type { Journal } from './journal-port.ts';

/**
 * Tells the log how the orders placed from here go on: the standard status with the venue's own word beside it, once each
 * time it changes.
 */
export function logOrders(
  journal: Pick<Journal, 'orders' | 'onOrder'>,
  log: Pick<EventLog, 'add'>,
  venueName: (venue: string) => string,
): Undo {
  const told = new Map<string, string>();
  for (const order of journal.orders.values()) told.set(order.request.clientOrderId, wordsOf(order));
  return journal.onOrder((order) => {
    const { clientOrderId, side, instrument, quantity } = order.request;
    const words = wordsOf(order);
    const before = told.get(clientOrderId);
    if (before === words || words === '') return;
    told.set(clientOrderId, words);
    // What ended long ago the journal forgets, and so does this.
    for (const id of told.keys()) if (!journal.orders.has(id) && id !== clientOrderId) told.delete(id);
    const isBad = order.state === 'unknown' || order.state === 'rejected';
    const name = instrumentName(instrument);
    log.add(
      isBad ? 'warn' : 'info',
      `order.${side}`,
      `${side} ${quantity} ${name} (${clientOrderId}): ${words}`,
      {
        order: clientOrderId,
        venue: venueName(venueOf(instrument)),
        instrument: name,
        quantity,
        filled: order.filledQuantity,
        words,
      },
    );
  });
}

/** `FILLED · Filled`; before the venue has said anything: what is known of it. Empty while it is on its way. */
function wordsOf(order: OwnOrder): string {
  const { state, status, venueStatus, rejection } = order;
  if (state === 'unknown') return 'UNKNOWN';
  if (state === 'unsent') return 'UNSENT';
  if (state === 'rejected' && status === undefined) {
    const rejected: OrderStatus = 'REJECTED';
    return `${rejected} · ${rejection?.venueCode ?? ''}`.trim();
  }
  if (status === undefined) return '';
  return `${status} · ${venueStatus ?? ''}`.trim();
}
