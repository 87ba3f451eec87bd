import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkEvent, TickerEvent, TopEvent, TradeEvent } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { PLAIN_BTC } from '../test-kit/plain-venue.ts';
import { checkConsistency } from './consistency.ts';
import { createFigureWatch } from './figure-watch.ts';

const at = (receivedAt: number, venueTime = receivedAt) => ({ instrument: PLAIN_BTC, receivedAt, venueTime });
const ticker = (last: number, receivedAt = 0, venueTime = receivedAt): TickerEvent => ({
  kind: 'ticker',
  ...at(receivedAt, venueTime),
  last,
  open: 1,
  high: 1,
  low: 1,
  volume: 1,
  quoteVolume: 1,
});
const top = (bidPrice: number, askPrice: number, quantity = 1): TopEvent => ({
  kind: 'top',
  ...at(0),
  updateId: 1,
  bidPrice,
  bidQuantity: bidPrice === 0 ? 0 : quantity,
  askPrice,
  askQuantity: quantity,
});
const mark = (markPrice: number, receivedAt: number, venueTime: number): MarkEvent => ({
  kind: 'mark',
  ...at(receivedAt, venueTime),
  markPrice,
  indexPrice: 0,
});
const trade = (price: number, receivedAt = 0, venueTime = receivedAt): TradeEvent => ({
  kind: 'trade',
  ...at(receivedAt, venueTime),
  id: '1',
  price,
  quantity: 1,
  side: 'buy',
});

describe('consistency of figures', () => {
  test('refuses bids that meet asks, but not a book with nothing on one side', () => {
    expect(
      [top(10, 9), top(10, 10), top(9, 10), top(0, 10)].map((one) => checkConsistency(undefined, one)?.kind),
    ).toEqual(['crossed', 'crossed', undefined, undefined]);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1.1e12])('refuses a price of %d', (price) => {
    expect(checkConsistency(ticker(5), ticker(price))).toEqual({
      kind: 'out-of-range',
      was: 5,
      is: price,
      isRefused: true,
    });
  });

  test('refuses what is older than what is known, unless that was long ago', () => {
    expect([
      checkConsistency(ticker(5, 1000, 1900), ticker(6, 2000, 899)),
      checkConsistency(ticker(5, 1000, 1900), ticker(6, 2000, 900)),
      // A venue whose clock had been wrong is not muted for ever.
      checkConsistency(mark(5, 0, 9e12), mark(5, 10_001, 5000)),
      // A trade's place is told by its id.
      checkConsistency(trade(5, 1000, 900), trade(5, 1001, 800)),
    ]).toEqual([{ kind: 'backwards', was: 1900, is: 899, isRefused: true }, undefined, undefined, undefined]);
  });

  test('flags a jump of more than a fifth within ten seconds, and lets it through', () => {
    expect([
      checkConsistency(trade(100, 0), trade(121, 10_000)),
      checkConsistency(trade(100, 0), trade(79, 1)),
      checkConsistency(trade(100, 0), trade(120, 1)),
      checkConsistency(trade(100, 0), trade(300, 10_001)),
    ]).toEqual([
      { kind: 'jump', was: 100, is: 121, isRefused: false },
      { kind: 'jump', was: 100, is: 79, isRefused: false },
      undefined,
      undefined,
    ]);
  });

  test('whatever comes, what is let through is a possible price', () => {
    const price = fc.oneof(fc.double(), fc.double({ min: 0.01, max: 1000, noNaN: true }));
    fc.assert(
      fc.property(price, price, (before, next) => {
        const finding = checkConsistency(ticker(before), ticker(next));
        return finding?.isRefused === true || (next > 0 && next <= 1e12);
      }),
    );
  });

  test('says each kind of finding once a minute, with both values, and remembers only what was used', () => {
    const clock = createVirtualClock();
    const log = createEventLog(clock);
    const watch = createFigureWatch({ clock, log, venue: 'Plain' });
    const admitted = [ticker(100, 0), ticker(0, 1), ticker(-1, 2), ticker(150, 3), ticker(Number.NaN, 4)].map(
      watch.admits,
    );
    clock.advance(60_000);
    watch.admits(ticker(0, 5));
    expect(admitted).toEqual([true, false, false, true, false]);
    expect(log.entries.map(({ code, details }) => [code, details['was'], details['is']])).toEqual([
      ['data.out-of-range', '100', '0'],
      ['data.jump', '100', '150'],
      ['data.out-of-range', '150', '0'],
    ]);
  });
});
