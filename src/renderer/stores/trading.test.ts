import { expect, it } from 'vitest';
import type { TradingView } from '#shared/contract/order-views.ts';
import { joinOwnOrders, recentOrders } from './own-orders.ts';
import { createFakeClient } from './test-kit/fake-client.ts';
import { ownOrder } from './test-kit/ticket-views.ts';
import { createTrading } from './trading.ts';

function view(...unknown: string[]): TradingView {
  return {
    arms: [],
    unknown: unknown.map((id) => ownOrder(id, { state: 'unknown' })),
    sweeps: [],
    confirms: 'none',
    paperVenues: [],
  };
}

it('opens the board once for each order in the dark, also for one that was there before the window', () => {
  const client = createFakeClient();
  const trading = createTrading(client);
  const isOpen = () => trading.shown.getState().isBoardOpen;
  const seen: boolean[] = [isOpen()];
  client.tell('trading', view('a'));
  seen.push(isOpen());
  trading.closeBoard();
  client.tell('trading', view('a'));
  seen.push(isOpen());
  client.tell('trading', view('a', 'b'));
  seen.push(isOpen());
  trading.closeBoard();
  client.tell('trading', view());
  client.tell('trading', view('b'));
  seen.push(isOpen());
  expect(seen).toEqual([false, true, false, true, false]);
});

it('holds orders by their own ids, all of them replaced after a restart, and lets only settled ones go', () => {
  const first = joinOwnOrders(undefined, { restart: true, orders: [ownOrder('a'), ownOrder('b')] });
  const second = joinOwnOrders(first, { restart: false, orders: [ownOrder('b', { state: 'filled' })] });
  const many = Array.from({ length: 600 }, (_, index) =>
    ownOrder(`o${index}`, { placedAt: index, state: index === 0 ? 'unknown' : 'filled' }),
  );
  const full = joinOwnOrders(second, { restart: true, orders: many });
  expect({
    second: [...second.values()].map(({ request, state }) => [request.clientOrderId, state]),
    held: full.size,
    unknown: full.has('o0'),
    oldest: full.has('o1'),
    newest: full.has('o599'),
  }).toEqual({
    second: [
      ['a', 'open'],
      ['b', 'filled'],
    ],
    held: 500,
    unknown: true,
    oldest: false,
    newest: true,
  });
});

it('lists what may still change first, then the newest', () => {
  const orders = joinOwnOrders(undefined, {
    restart: true,
    orders: [
      ownOrder('old', { state: 'filled', placedAt: 1 }),
      ownOrder('open', { state: 'open', placedAt: 2 }),
      ownOrder('new', { state: 'rejected', placedAt: 3 }),
      ownOrder('dark', { state: 'unknown', placedAt: 0 }),
    ],
  });
  expect(recentOrders(orders).map(({ request }) => request.clientOrderId)).toEqual([
    'open',
    'dark',
    'new',
    'old',
  ]);
});
