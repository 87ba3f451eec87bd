import { expect, test } from 'vitest';
import { createEmitter } from '#shared/base/emitter.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { logOrders } from './order-log.ts';

const order = (change: Partial<OwnOrder>): OwnOrder =>
  ({
    request: { clientOrderId: 'a1', side: 'buy', instrument: 'bybit:BTC-USDT-PERP', quantity: '0.01' },
    state: 'open',
    filledQuantity: '0',
    ...change,
  }) as OwnOrder;

test('the log has each standing of an order once, the standard status with the venue’s own word beside it', () => {
  const orders = new Map<string, OwnOrder>();
  const told = createEmitter<OwnOrder>();
  const lines: (readonly [string, string, unknown])[] = [];
  const log = {
    add: (level: string, code: string, _message: string, details: object = {}) =>
      void lines.push([level, code, Object.entries(details).at(-1)?.[1]]),
  };
  const stop = logOrders(
    { orders, onOrder: (listener) => told.on(listener) },
    log as never,
    (venue) => venue,
  );
  const steps: readonly Partial<OwnOrder>[] = [
    { state: 'submitting' },
    { state: 'unknown' },
    { state: 'unknown' },
    { state: 'open', status: 'NEW', venueStatus: 'New' },
    { state: 'open', status: 'PARTIALLY_FILLED', venueStatus: 'PartiallyFilled', filledQuantity: '0.004' },
    { state: 'cancelled', status: 'CANCELED', venueStatus: 'PartiallyFilledCanceled' },
    { state: 'cancelled', status: 'CANCELED', venueStatus: 'PartiallyFilledCanceled' },
    { state: 'rejected', rejection: { venueCode: '110007', message: 'no money' } },
  ];
  for (const step of steps) {
    orders.set('a1', order(step));
    told.emit(order(step));
  }
  stop();
  told.emit(order({ state: 'unsent' }));
  expect(lines).toEqual([
    ['warn', 'order.buy', 'UNKNOWN'],
    ['info', 'order.buy', 'NEW · New'],
    ['info', 'order.buy', 'PARTIALLY_FILLED · PartiallyFilled'],
    ['info', 'order.buy', 'CANCELED · PartiallyFilledCanceled'],
    ['warn', 'order.buy', 'REJECTED · 110007'],
  ]);
});
