import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order, Side } from './book-side.ts';
import { MatchingEngine } from './matching.ts';

interface Resting {
  readonly side: Side;
  readonly price: number;
  readonly order: Order;
}

const command = fc.oneof(
  fc.record({
    kind: fc.constant('limit' as const),
    side: fc.constantFrom<Side>('bid', 'ask'),
    price: fc.integer({ min: 90, max: 110 }),
    quantity: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({
    kind: fc.constant('take' as const),
    side: fc.constantFrom<Side>('bid', 'ask'),
    price: fc.integer({ min: 85, max: 115 }),
    quantity: fc.integer({ min: 1, max: 120 }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), which: fc.nat() }),
);

function resting(engine: MatchingEngine): number {
  let sum = 0;
  for (const side of [engine.bids, engine.asks]) {
    for (const level of side.top(side.levelCount)) {
      let inQueue = 0;
      for (let order = level.oldest; order; order = order.next) inQueue += order.quantity;
      expect(level.quantity).toBe(inQueue);
      sum += inQueue;
    }
  }
  return sum;
}

describe('the matching engine', () => {
  it('never crosses, conserves quantity, and trades best price first, oldest order first', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
        const orders: Resting[] = [];
        const book = new Map<string, number>();
        let filled = 0;
        let lastFill: { price: number; makerId: number; takerSide: Side } | undefined;
        const engine = new MatchingEngine({
          filled(price, quantity, takerSide, maker) {
            filled += quantity;
            expect(maker.level.price).toBe(price);
            if (lastFill?.takerSide === takerSide) {
              const worse = takerSide === 'bid' ? price >= lastFill.price : price <= lastFill.price;
              expect(worse).toBe(true);
              if (price === lastFill.price) expect(maker.id).toBeGreaterThanOrEqual(lastFill.makerId);
            }
            lastFill = { price, makerId: maker.id, takerSide };
          },
          changed(side, price, before, after) {
            const key = `${side} ${price}`;
            expect(book.get(key) ?? 0).toBe(before);
            book.set(key, after);
          },
        });
        let submitted = 0;
        let gone = 0;
        for (const one of commands) {
          lastFill = undefined;
          if (one.kind === 'limit') {
            submitted += one.quantity;
            const order = engine.limit(one.side, one.price, one.quantity);
            if (order) orders.push({ side: one.side, price: one.price, order });
          } else if (one.kind === 'take') {
            submitted += one.quantity;
            gone += one.quantity - engine.take(one.side, one.quantity, one.price);
          } else {
            const alive = orders.filter(({ order }) => order.quantity > 0);
            const chosen = alive[one.which % Math.max(1, alive.length)];
            if (chosen) {
              gone += chosen.order.quantity;
              engine.cancel(chosen.side, chosen.order);
            }
          }
          const bid = engine.bids.best?.price ?? Number.NEGATIVE_INFINITY;
          const ask = engine.asks.best?.price ?? Number.POSITIVE_INFINITY;
          expect(bid).toBeLessThan(ask);
          // Each filled unit was submitted twice: once by the maker, once by the taker.
          expect(resting(engine) + gone + 2 * filled).toBe(submitted);
        }
        for (const [key, quantity] of book) {
          const [side, price] = key.split(' ') as [Side, string];
          expect(engine.side(side).quantityAt(Number(price))).toBe(quantity);
        }
      }),
      { seed: 20261121, numRuns: 400 },
    );
  });

  it('fills at the resting price and leaves the rest of a limit order in the book', () => {
    const fills: [number, number][] = [];
    const engine = new MatchingEngine({
      filled: (price, quantity) => fills.push([price, quantity]),
      changed: () => undefined,
    });
    engine.limit('ask', 101, 5);
    engine.limit('ask', 100, 2);
    engine.limit('ask', 100, 3);
    engine.limit('bid', 101, 12);
    expect(fills).toEqual([
      [100, 2],
      [100, 3],
      [101, 5],
    ]);
    expect(engine.bids.top(5).map((level) => [level.price, level.quantity])).toEqual([[101, 2]]);
    expect(engine.asks.levelCount).toBe(0);
  });
});
