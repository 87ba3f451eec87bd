import { expect, it } from 'vitest';
import type { Order } from '#shared/domain/order.ts';
import { orderBoxes, orderUnder, type PlacedLine } from './order-boxes.ts';

const order = (venueOrderId: string) => ({ venueOrderId }) as Order;
const placed = (id: string, y: number, of = order(id)): PlacedLine => ({
  y,
  line: { id, kind: 'order', side: 'buy', price: 1, title: id, isBelieved: true, order: of },
});

it('gives every order one cross, and none covers another', () => {
  const both = order('2');
  const boxes = orderBoxes([
    placed('1', 100),
    placed('2', 105, both),
    placed('2t', 300, both),
    placed('3', 130),
  ]);
  expect(boxes.map(({ line, x, y }) => [line.id, x, y])).toEqual([
    ['1', 14, 100],
    ['2', 32, 105],
    ['3', 14, 130],
  ]);
});

it('takes hold of the cross before the line, of the nearest line, and of nothing further away', () => {
  const lines = [placed('1', 100), placed('2', 106)];
  const under = (x: number, y: number) => {
    const found = orderUnder(lines, x, y);
    return found && [found.kind, found.line.id];
  };
  expect([
    under(14, 96),
    under(32, 110),
    under(400, 102),
    under(400, 105),
    under(400, 112),
    under(14, 300),
  ]).toEqual([['cross', '1'], ['cross', '2'], ['line', '1'], ['line', '2'], undefined, undefined]);
});
