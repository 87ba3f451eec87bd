import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import { createTradeTape } from './trade-tape.ts';

const trade = (id: number): TradeEvent => ({
  kind: 'trade',
  instrument: instrumentId('binance:BTC-USDT-PERP'),
  id: String(id),
  price: 1,
  quantity: 1,
  side: 'buy',
  venueTime: id,
  receivedAt: id,
});

describe('trade tape', () => {
  test('holds every trade once and in order of id, whatever stream and REST bring in which order', () => {
    const bringing = fc.oneof(
      fc.record({ kind: fc.constant('live' as const), ids: fc.tuple(fc.integer({ min: 1, max: 1200 })) }),
      fc.record({
        kind: fc.constant('rest' as const),
        ids: fc.array(fc.integer({ min: 1, max: 1200 }), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(bringing, { maxLength: 80 }), (all) => {
        const tape = createTradeTape('counted', 10_000);
        const expected = new Set<number>();
        for (const one of all) {
          const newest = Math.max(0, ...expected);
          // The stream itself never goes back; a straggler is dropped there and comes back over REST.
          if (one.kind === 'live' && one.ids[0] > newest) expected.add(one.ids[0]);
          if (one.kind === 'rest') for (const id of one.ids) expected.add(id);
          if (one.kind === 'live') tape.add(trade(one.ids[0]));
          else tape.merge(one.ids.map(trade));
        }
        return tape.recent.map((held) => held.id).join() === [...expected].sort((a, b) => a - b).join();
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  test('compares ids by value beyond 2^53 and keeps only the newest', () => {
    const tape = createTradeTape('counted', 2);
    for (const id of ['999', '9007199254740993', '17000000000000001']) tape.add({ ...trade(1), id });
    expect(tape.recent.map((held) => held.id)).toEqual(['9007199254740993', '17000000000000001']);
  });

  test('takes what comes late where ids tell no order, at its place in time, and each trade once', () => {
    const tape = createTradeTape('unordered');
    const at = (id: string, venueTime: number) => ({ ...trade(venueTime), id });
    // Upbit's ids are unique and grow with the time, but not strictly: two of one second may come swapped.
    const coming = [
      at('17000000002', 5),
      at('17000000001', 5),
      at('17000000002', 5),
      at('ff-3', 6),
      at('9', 4),
    ];
    const isNew = coming.map((one) => tape.add(one));
    const added = tape.merge([at('1', 1), at('17000000001', 5), at('ff-3', 6)]);
    expect({ isNew, added: [...added], ids: tape.recent.map(({ id }) => id) }).toEqual({
      isNew: [true, true, false, true, true],
      added: ['1'],
      ids: ['1', '9', '17000000001', '17000000002', 'ff-3'],
    });
  });

  test('does not take an old trade again that it has forgotten', () => {
    const tape = createTradeTape('unordered', 2);
    for (let id = 1; id <= 5; id += 1) tape.add(trade(id));
    expect([1, 2, 3, 4].map((id) => tape.add(trade(id)))).toEqual([false, false, false, false]);
  });

  test('holds every trade once and in order of time, whatever comes in which order, where ids tell no order', () => {
    const one = fc.record({ id: fc.integer({ min: 1, max: 200 }), live: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 300 }), (all) => {
        const tape = createTradeTape('unordered', 10_000);
        // The id goes against the time, as badly as it can.
        const of = (id: number) => ({ ...trade(id), id: String(1000 - id) });
        for (const { id, live } of all) {
          if (live) tape.add(of(id));
          else tape.merge([of(id)]);
        }
        const expected = [...new Set(all.map(({ id }) => id))].sort((a, b) => a - b);
        return tape.recent.map(({ venueTime }) => venueTime).join() === expected.join();
      }),
      { numRuns: 1000 },
    );
  });
});
