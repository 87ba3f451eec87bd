import { expect, it } from 'vitest';
import { awakeMarket, START } from '../test-kit/trace.ts';
import { BookStream } from './book-stream.ts';
import { BYBIT_COINS } from './coins.ts';

it.each([1, 50, 200, 1000] as const)(
  'a book %i deep follows thousands of changes, one number at a time',
  (depth) => {
    const market = awakeMarket({
      seed: 9,
      startTime: START,
      coins: BYBIT_COINS.linear.filter(({ symbol }) => symbol === 'ETHUSDT'),
    });
    const instrument = market.instruments.get('ETHUSDT');
    if (!instrument) throw new Error('no instrument');
    instrument.setActivity(20);
    const stream = new BookStream(instrument, depth);
    const bids = new Map(stream.bids);
    const asks = new Map(stream.asks);
    let changes = 0;
    for (let time = START + 50; time < START + 30_000; time += 50) {
      market.advanceTo(time);
      const before = stream.u;
      const change = stream.cut();
      if (!change) continue;
      changes++;
      expect(stream.u).toBe(before + 1);
      for (const [side, levels] of [
        [bids, change.bids],
        [asks, change.asks],
      ] as const) {
        for (const [price, quantity] of levels) {
          // Nothing is deleted that was not there, nothing told again that has not changed.
          expect(side.get(price) ?? 0).not.toBe(quantity);
          if (quantity === 0) side.delete(price);
          else side.set(price, quantity);
        }
      }
      expect({
        bids: [...bids].sort((a, b) => b[0] - a[0]),
        asks: [...asks].sort((a, b) => a[0] - b[0]),
      }).toEqual({ bids: instrument.levels('bid', depth), asks: instrument.levels('ask', depth) });
    }
    expect(changes).toBeGreaterThan(100);
    stream.restart();
    expect([stream.u, stream.bids]).toEqual([1, instrument.levels('bid', depth)]);
  },
);
