import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { BookSnapshotEvent } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { binance } from '#venues/binance/index.ts';
import { upbit } from '#venues/upbit/index.ts';
import { createBook } from './book.ts';
import { createBookFeed } from './book-feed.ts';
import { BookSide } from './book-side.ts';

const instrument = instrumentId('upbit:BTC-KRW');

function frame(time: number, bids: readonly number[], asks: readonly number[], more = {}): BookSnapshotEvent {
  return {
    kind: 'book-snapshot',
    instrument,
    venueTime: time,
    receivedAt: time,
    lastUpdateId: time,
    priceScale: 0,
    quantityScale: 8,
    bids: Float64Array.from(bids),
    asks: Float64Array.from(asks),
    ...more,
  };
}

describe('a book of whole frames', () => {
  test('is what the last frame says, prices thousands of ticks apart', () => {
    const book = createBook(upbit.book);
    book.applySnapshot(frame(1, [116_538_000, 5, 116_000_000, 6], [116_539_000, 7]));
    book.applySnapshot(frame(2, [116_537_000, 1], [116_540_000, 2, 120_000_000, 3]));
    const { bids, asks } = book.read(10);
    expect({
      ...book.best(),
      bids: [...bids],
      asks: [...asks],
      known: book.known,
      state: book.state,
    }).toEqual({
      bid: { price: 116_537_000, quantity: 1 },
      ask: { price: 116_540_000, quantity: 2 },
      bids: [116_537_000, 1],
      asks: [116_540_000, 2, 120_000_000, 3],
      known: Number.POSITIVE_INFINITY,
      state: 'live',
    });
  });

  test('an older frame does not replace a newer one', () => {
    const book = createBook(upbit.book);
    book.applySnapshot(frame(100, [10, 1], [11, 1]));
    expect(book.applySnapshot(frame(99, [8, 1], [9, 1]))).toBe('early');
    expect([book.lastUpdateId, book.best().bid?.price, book.state]).toEqual([100, 10, 'live']);
  });

  test('after a break any frame is a beginning, also one of an older time', () => {
    const book = createBook(upbit.book);
    book.applySnapshot(frame(100, [10, 1], [11, 1]));
    book.invalidate();
    expect(book.applySnapshot(frame(90, [8, 1], [9, 1]))).toBe('live');
    expect(book.best().bid?.price).toBe(8);
  });

  test('a venue that set its clock back is followed after a few seconds', () => {
    const book = createBook(upbit.book);
    book.applySnapshot(frame(900_000, [10, 1], [11, 1]));
    expect(book.applySnapshot(frame(1, [8, 1], [9, 1], { receivedAt: 904_000 }))).toBe('early');
    expect(book.applySnapshot(frame(2, [8, 1], [9, 1], { receivedAt: 906_000 }))).toBe('live');
  });

  test('a crossed frame is one gap however often it is repeated, and the next good one heals it', () => {
    const clock = createVirtualClock();
    const told: string[] = [];
    const feed = createBookFeed({
      rule: upbit.book,
      clock,
      loadSnapshot: () => Promise.reject(new Error('nothing is fetched')),
      restartStream: () => told.push('restart'),
      onChange: () => undefined,
      onGap: () => told.push('gap'),
      onResync: (tookMs) => told.push(`resync ${tookMs}`),
      onFault: () => told.push('fault'),
    });
    feed.apply(frame(1, [10, 1], [11, 1]));
    feed.apply(frame(2, [11, 1], [11, 1]));
    feed.apply(frame(3, [12, 1], [11, 1]));
    expect([feed.book.state, feed.book.read(5).bids.length]).toEqual(['invalid', 0]);
    clock.advance(250);
    feed.apply(frame(4, [10, 1], [11, 1]));
    expect([told, feed.book.state, feed.gaps, feed.resyncs]).toEqual([['gap', 'resync 250'], 'live', 1, 1]);
    feed.dispose();
  });
});

describe('a side that is held as it was brought', () => {
  const levels = fc.uniqueArray(fc.integer({ min: 1, max: 20_000 }), { minLength: 0, maxLength: 40 });

  test('reads and changes like one whose levels were set one by one', () => {
    fc.assert(
      fc.property(
        levels,
        fc.boolean(),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 3 })), {
          maxLength: 12,
        }),
        fc.constantFrom(1, 10),
        (prices, isBids, changes, factor) => {
          const best = prices
            .toSorted((a, b) => (isBids ? b - a : a - b))
            .flatMap((price) => [price, (price % 7) + 1]);
          const brought = new BookSide(isBids ? 'bids' : 'asks');
          const set = new BookSide(isBids ? 'bids' : 'asks');
          brought.load(Float64Array.from(best), true);
          for (let index = 0; index < best.length; index += 2)
            set.set(best[index] ?? 0, best[index + 1] ?? 0);
          const seen = (side: BookSide) => {
            const into = new Float64Array(30);
            const count = side.read(into);
            return [count, ...into, side.bestPrice, side.bestQuantity, side.known, side.whole];
          };
          expect(seen(brought)).toEqual(seen(set));
          if (factor !== 1) expect(brought.rescale(factor, 1)).toBe(set.rescale(factor, 1));
          for (const [price, quantity] of changes) {
            brought.set(price, quantity);
            set.set(price, quantity);
            expect(seen(brought)).toEqual(seen(set));
          }
          brought.clear();
          expect(seen(brought)).toEqual(seen(new BookSide('bids')));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('that was cut off by the venue ends where its knowledge ends', () => {
    const book = createBook({ ...binance.book, snapshotDepth: 2 });
    book.applySnapshot(frame(1, [10, 1, 9, 1], [11, 1]));
    expect(book.known).toBe(2);
    book.applyDelta({ ...frame(2, [8, 5], []), kind: 'book-delta', firstUpdateId: 1, previousUpdateId: 1 });
    expect([...book.read(5).bids]).toEqual([10, 1, 9, 1]);
  });
});
