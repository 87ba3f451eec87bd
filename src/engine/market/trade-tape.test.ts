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
        const tape = createTradeTape(10_000);
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
    const tape = createTradeTape(2);
    for (const id of ['999', '9007199254740993', '17000000000000001']) tape.add({ ...trade(1), id });
    expect(tape.recent.map((held) => held.id)).toEqual(['9007199254740993', '17000000000000001']);
  });

  test('goes by time where ids are no numbers, and still takes each trade once', () => {
    const tape = createTradeTape();
    const at = (id: string, venueTime: number) => ({ ...trade(venueTime), id });
    const isNew = [at('ff-1', 5), at('0a-2', 5), at('ff-1', 5), at('00-3', 6), at('zz-9', 4)].map((one) =>
      tape.add(one),
    );
    const added = tape.merge([at('aa-0', 1), at('0a-2', 5), at('00-3', 6)]);
    expect({ isNew, added: [...added], ids: tape.recent.map(({ id }) => id) }).toEqual({
      isNew: [true, true, false, true, false],
      added: ['aa-0'],
      ids: ['aa-0', '0a-2', 'ff-1', '00-3'],
    });
  });
});
