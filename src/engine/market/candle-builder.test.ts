import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import { createCandleBuilder } from './candle-builder.ts';

const MINUTE = 60_000;
interface Trade {
  readonly id: string;
  readonly venueTime: number;
  readonly price: number;
  readonly quantity: number;
}
const trade = (id: number, venueTime: number, price: number, quantity = 1): Trade => ({
  id: String(id),
  venueTime,
  price,
  quantity,
});

/** What the trades of one minute come to, counted the plain way. */
function truth(trades: readonly Trade[], openTime: number): Candle {
  const own = trades.filter(({ venueTime }) => openTimeAt('1m', venueTime) === openTime);
  const prices = own.map(({ price }) => price);
  return {
    openTime,
    open: prices[0] ?? Number.NaN,
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1) ?? Number.NaN,
    volume: own.reduce((sum, { quantity }) => sum + quantity, 0),
    closed: false,
  };
}

describe('candle builder', () => {
  test('tells nothing of a minute it has not seen from its beginning, and everything of the next', () => {
    const builder = createCandleBuilder('1m');
    const told = [trade(1, 30_000, 5), trade(2, 59_999, 7), trade(3, 60_000, 6), trade(4, 61_000, 9, 2)].map(
      (one) => builder.add(one),
    );
    expect(told).toEqual([
      undefined,
      undefined,
      { openTime: MINUTE, open: 6, high: 6, low: 6, close: 6, volume: 1, closed: false },
      { openTime: MINUTE, open: 6, high: 9, low: 6, close: 9, volume: 3, closed: false },
    ]);
  });

  test('goes on from the venue’s open candle, counting no trade the venue had counted', () => {
    const builder = createCandleBuilder('1m');
    builder.add(trade(7, 20_000, 5, 4));
    const base = { openTime: 0, open: 4, high: 6, low: 3, close: 5, volume: 10, closed: false };
    const built = builder.base(base, 25_000);
    const later = builder.add(trade(8, 26_000, 8, 2));
    expect([built, later]).toEqual([base, { ...base, high: 8, close: 8, volume: 12 }]);
  });

  test('counts a trade once that the stream and REST both told, and none that came outside the book', () => {
    const builder = createCandleBuilder('1m');
    builder.add(trade(1, 59_000, 4));
    builder.add(trade(2, 60_500, 5));
    const [candle] = builder.backfill([trade(1, 59_000, 4), trade(2, 60_500, 5), trade(3, 60_600, 6)]);
    const outside = builder.add({ ...trade(4, 60_700, 99), offBook: true } as Trade);
    expect([candle?.volume, outside]).toEqual([2, undefined]);
  });

  test('orders ids beyond 2^53 within one millisecond', () => {
    const builder = createCandleBuilder('1m');
    builder.add(trade(1, 59_000, 1));
    const one = (id: string, price: number) => builder.add({ id, venueTime: 61_000, price, quantity: 1 });
    one('1700000000000000002', 7);
    expect(one('1700000000000000001', 6)).toMatchObject({ open: 6, close: 7 });
  });

  test('whatever was lost and asked for again, a candle it tells is the true one of that moment', () => {
    const step = fc.record({
      waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 25_000 })),
      price: fc.integer({ min: 1, max: 50 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      /** The stream does not deliver it, and knows that it broke. */
      lost: fc.boolean(),
      /** How much of the past the venue answers when the stream is back. */
      answered: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
        const builder = createCandleBuilder('1m');
        const happened: Trade[] = [];
        let time = 5 * MINUTE;
        let isBroken = true;
        const check = (candle: Candle | undefined) => {
          if (candle) expect(candle).toEqual(truth(happened, candle.openTime));
        };
        for (const [index, { waitMs, price, quantity, lost, answered }] of steps.entries()) {
          time += waitMs;
          const one = trade(index, time, price, quantity);
          happened.push(one);
          if (lost) {
            if (!isBroken) builder.interrupted();
            isBroken = true;
            continue;
          }
          check(builder.add(one));
          if (!isBroken) continue;
          isBroken = false;
          for (const candle of builder.backfill(happened.slice(-answered))) check(candle);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('tells the whole minute again after a break as soon as the answer reaches back over it', () => {
    const builder = createCandleBuilder('1m');
    const all = [trade(1, 59_000, 1), trade(2, 61_000, 2), trade(3, 62_000, 9), trade(4, 63_000, 4)];
    builder.add(all[0] as Trade);
    builder.add(all[1] as Trade);
    builder.interrupted();
    const alone = builder.add(all[3] as Trade);
    const [mended] = builder.backfill(all.slice(1)).filter(({ openTime }) => openTime === MINUTE);
    expect([alone, mended]).toEqual([undefined, truth(all, MINUTE)]);
  });
});
