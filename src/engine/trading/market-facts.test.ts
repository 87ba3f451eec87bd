import { expect, test } from 'vitest';
import { createBook } from '../market/book.ts';
import type { BookFeed } from '../market/book-feed.ts';
import { createTickerRows } from '../market/ticker-rows.ts';
import { marketFacts, VISIBLE_LEVELS } from './market-facts.ts';
import { perp } from './test-kit/small-order.ts';

const AT = 1_800_000_000_000;

function bookOf(levels: number) {
  const book = createBook({
    snapshot: 'stream',
    bridge: () => 'applied',
    follow: () => 'applied',
  });
  const side = (from: number, step: number) =>
    Float64Array.from({ length: levels * 2 }, (_, at) => (at % 2 === 0 ? from + (at / 2) * step : 1500 + at));
  book.applySnapshot({
    kind: 'book-snapshot',
    instrument: perp.id,
    venueTime: AT - 50,
    receivedAt: AT - 40,
    lastUpdateId: 1,
    priceScale: 1,
    quantityScale: 3,
    bids: side(9999, -1),
    asks: side(10_000, 1),
  });
  return book;
}

function facts(book: ReturnType<typeof createBook> | undefined, now = AT) {
  const rows = createTickerRows();
  rows.apply({
    kind: 'mark',
    instrument: perp.id,
    venueTime: AT,
    receivedAt: AT,
    markPrice: 0.000_000_1,
    indexPrice: 1,
  });
  return marketFacts({ book: () => book && ({ book } as BookFeed), row: () => rows.row(perp.id) }, perp, now);
}

test('levels are exact texts, best first, and no more than count as visible', () => {
  const { bids, asks } = facts(bookOf(50));
  expect([bids.length, asks.length, bids.slice(0, 2), asks.slice(0, 2)]).toEqual([
    VISIBLE_LEVELS,
    VISIBLE_LEVELS,
    [
      ['999.9', '1.501'],
      ['999.8', '1.503'],
    ],
    [
      ['1000', '1.501'],
      ['1000.1', '1.503'],
    ],
  ]);
});

test('prices that are not known are left out, and small ones are plain', () => {
  expect(facts(undefined)).toEqual({
    instrument: perp,
    bids: [],
    asks: [],
    isBookValid: false,
    bookAgeMs: undefined,
    bookAt: undefined,
    mark: '0.0000001',
  });
});

test('nothing is seen of a book that is not live, but how old it is', () => {
  const book = bookOf(3);
  book.invalidate();
  const { bids, asks, isBookValid, bookAgeMs, bookAt } = facts(book);
  expect([bids, asks, isBookValid, bookAgeMs, bookAt]).toEqual([[], [], false, 40, AT - 40]);
});

test('a frame from the future, after our clock was set back, is new and no less', () => {
  expect(facts(bookOf(1), AT - 10_000).bookAgeMs).toBe(0);
});
