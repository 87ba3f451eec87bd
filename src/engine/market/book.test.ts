import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { BookDeltaEvent, BookSnapshotEvent } from '#shared/domain/market-data.ts';
import type { BookRule } from '#venues/venue.ts';
import { type Book, createBook } from './book.ts';

const BTC = instrumentId('binance:BTC-USDT-PERP');

// The chain rule of the first venue, written again here: the book is tested with what a venue brings.
const chained = {
  snapshot: 'rest',
  snapshotDepth: 5,
  bridge(snapshotId, delta) {
    if (delta.lastUpdateId < snapshotId) return 'stale';
    return delta.firstUpdateId <= snapshotId || delta.previousUpdateId === snapshotId ? 'applied' : 'early';
  },
  follow(lastUpdateId, delta) {
    if (delta.lastUpdateId <= lastUpdateId) return 'stale';
    return delta.previousUpdateId === lastUpdateId ? 'applied' : 'gap';
  },
} satisfies BookRule;

type Pairs = readonly (readonly [number, number])[];

function snapshot(lastUpdateId: number, bids: Pairs, asks: Pairs, scales = [1, 3]): BookSnapshotEvent {
  return {
    kind: 'book-snapshot',
    instrument: BTC,
    venueTime: lastUpdateId * 10,
    receivedAt: lastUpdateId * 10 + 5,
    priceScale: scales[0] ?? 0,
    quantityScale: scales[1] ?? 0,
    lastUpdateId,
    bids: Float64Array.from(bids.flat()),
    asks: Float64Array.from(asks.flat()),
  };
}

function delta(previous: number, last: number, bids: Pairs, asks: Pairs, scales = [1, 3]): BookDeltaEvent {
  const { kind: _, ...rest } = snapshot(last, bids, asks, scales);
  return { ...rest, kind: 'book-delta', firstUpdateId: previous + 1, previousUpdateId: previous };
}

function shown(book: Book, depth = 10) {
  const { bids, asks } = book.read(depth);
  return { state: book.state, id: book.lastUpdateId, bids: [...bids], asks: [...asks] };
}

const START = snapshot(
  100,
  [
    [1000, 5],
    [999, 7],
  ],
  [
    [1001, 2],
    [1003, 4],
  ],
);

describe('order book', () => {
  test('takes changes after its snapshot and reads best first', () => {
    const book = createBook(chained);
    expect(book.applySnapshot(START)).toBe('live');
    expect(
      book.applyDelta(
        delta(
          100,
          103,
          [
            [999, 0],
            [998, 1],
          ],
          [[1002, 9]],
        ),
      ),
    ).toBe('applied');
    expect(shown(book)).toEqual({
      state: 'live',
      id: 103,
      bids: [1000, 5, 998, 1],
      asks: [1001, 2, 1002, 9, 1003, 4],
    });
    expect(book.best()).toEqual({ bid: { price: 1000, quantity: 5 }, ask: { price: 1001, quantity: 2 } });
    expect([book.venueTime, book.receivedAt]).toEqual([1030, 1035]);
  });

  test('keeps changes that come before the snapshot and tells of each one it applies', () => {
    const book = createBook(chained);
    const early = [
      delta(90, 95, [[1, 1]], []),
      delta(95, 102, [[1000, 6]], []),
      delta(102, 104, [[1000, 8]], []),
    ];
    expect(early.map((change) => book.applyDelta(change))).toEqual(['buffered', 'buffered', 'buffered']);
    const tops: unknown[] = [];
    expect(book.applySnapshot(START, (change) => tops.push([change.lastUpdateId, book.best().bid]))).toBe(
      'live',
    );
    expect(tops).toEqual([
      [102, { price: 1000, quantity: 6 }],
      [104, { price: 1000, quantity: 8 }],
    ]);
  });

  test('asks for a newer snapshot when the kept changes start after it', () => {
    const book = createBook(chained);
    book.applyDelta(delta(120, 125, [[1000, 1]], []));
    expect(book.applySnapshot(START)).toBe('early');
    expect(shown(book)).toEqual({ state: 'syncing', id: -1, bids: [], asks: [] });
    expect(book.applySnapshot(snapshot(122, [[1000, 9]], [[1001, 1]]))).toBe('live');
    expect(shown(book).bids).toEqual([1000, 1]);
  });

  test('a hole between the kept changes leaves it invalid, with what follows the hole kept', () => {
    const book = createBook(chained);
    book.applyDelta(delta(99, 101, [[1000, 6]], []));
    book.applyDelta(delta(105, 107, [[1000, 7]], []));
    expect(book.applySnapshot(START)).toBe('gap');
    expect(book.state).toBe('invalid');
    expect(book.applySnapshot(snapshot(106, [[1000, 1]], [[1001, 1]]))).toBe('live');
    expect(shown(book)).toMatchObject({ id: 107, bids: [1000, 7] });
  });

  test('a missing change invalidates it within that message, and it reads as empty', () => {
    const book = createBook(chained);
    book.applySnapshot(START);
    book.applyDelta(delta(100, 103, [[1000, 1]], []));
    expect(book.applyDelta(delta(104, 106, [[1000, 2]], []))).toBe('gap');
    expect(shown(book)).toEqual({ state: 'invalid', id: 103, bids: [], asks: [] });
    expect(book.best()).toEqual({ bid: undefined, ask: undefined });
    expect(book.applyDelta(delta(106, 108, [[1000, 3]], []))).toBe('buffered');
    expect(book.applySnapshot(snapshot(105, [[1000, 9]], [[1001, 9]]))).toBe('live');
    expect(shown(book)).toMatchObject({ id: 108, bids: [1000, 3] });
  });

  test('repeated and late changes are stale and change nothing', () => {
    const book = createBook(chained);
    book.applySnapshot(START);
    const first = delta(100, 103, [[1000, 1]], []);
    book.applyDelta(first);
    book.applyDelta(delta(103, 105, [[1000, 2]], []));
    expect([book.applyDelta(first), shown(book).bids.slice(0, 2)]).toEqual(['stale', [1000, 2]]);
  });

  test('bids that meet asks invalidate it', () => {
    const book = createBook(chained);
    book.applySnapshot(START);
    expect(book.applyDelta(delta(100, 101, [[1001, 3]], []))).toBe('gap');
    expect(book.state).toBe('invalid');
    expect(book.applySnapshot(snapshot(100, [[1002, 1]], [[1001, 1]]))).toBe('gap');
  });

  test('an interruption voids what it held and kept', () => {
    const book = createBook(chained);
    book.applyDelta(delta(99, 101, [[1000, 6]], []));
    book.invalidate();
    expect(book.state).toBe('syncing');
    expect(book.applySnapshot(START)).toBe('live');
    expect(book.lastUpdateId).toBe(100);
    book.invalidate();
    expect(shown(book)).toEqual({ state: 'invalid', id: 100, bids: [], asks: [] });
  });

  test('never shows levels beyond the reach of a full snapshot, but for the best one seen', () => {
    const book = createBook(chained);
    // Five levels a side are all the snapshot can hold: there may be more below 996 and above 1010.
    const bids: Pairs = [
      [1000, 1],
      [999, 1],
      [998, 1],
      [997, 1],
      [996, 1],
    ];
    const asks: Pairs = [
      [1001, 1],
      [1002, 1],
      [1003, 1],
      [1004, 1],
      [1010, 1],
    ];
    book.applySnapshot(snapshot(100, bids, asks));
    expect(book.known).toBe(5);
    book.applyDelta(delta(100, 101, [[990, 7]], [[1005, 2]]));
    expect(shown(book).bids).toEqual(bids.flat());
    expect(shown(book).asks.slice(-4)).toEqual([1005, 2, 1010, 1]);
    book.applyDelta(
      delta(
        101,
        102,
        bids.map(([price]) => [price, 0] as const),
        [],
      ),
    );
    expect([book.known, shown(book).bids]).toEqual([0, [990, 7]]);
  });

  test('renewing fetches depth anew without ever going dark', () => {
    const book = createBook(chained);
    book.applySnapshot(
      snapshot(
        100,
        [
          [1000, 1],
          [999, 1],
          [998, 1],
          [997, 1],
          [996, 1],
        ],
        [[1001, 1]],
      ),
    );
    book.renew();
    book.applyDelta(delta(100, 104, [[1000, 0]], []));
    book.applyDelta(delta(104, 106, [[999, 0]], []));
    expect(book.known).toBe(3);
    const again: number[] = [];
    // The answer is older than the book by one change.
    const answer = snapshot(
      104,
      [
        [999, 1],
        [998, 1],
        [997, 1],
        [996, 1],
        [995, 1],
      ],
      [[1001, 1]],
    );
    expect(book.applySnapshot(answer, (change) => again.push(change.lastUpdateId))).toBe('live');
    expect(shown(book)).toMatchObject({ id: 106, bids: [998, 1, 997, 1, 996, 1, 995, 1] });
    expect(again).toEqual([]);
  });

  test('a snapshot older than a live book that kept nothing is refused', () => {
    const book = createBook(chained);
    book.applySnapshot(START);
    book.applyDelta(delta(100, 103, [[1000, 1]], []));
    expect(book.applySnapshot(START)).toBe('early');
    expect(shown(book)).toMatchObject({ state: 'live', id: 103 });
  });

  test('more digits after the point widen it exactly; fewer are brought up to it', () => {
    const book = createBook(chained);
    book.applySnapshot(START);
    book.applyDelta(delta(100, 101, [[100_055, 12_345]], [], [3, 5]));
    expect(shown(book).bids).toEqual([100_055, 12_345, 100_000, 500, 99_900, 700]);
    book.applyDelta(delta(101, 102, [[100, 1]], [[1002, 3]], [0, 0]));
    expect(shown(book)).toMatchObject({
      bids: [100_055, 12_345, 100_000, 100_000, 99_900, 700],
      asks: [100_100, 200, 100_300, 400, 1_002_000, 300_000],
    });
    expect([book.priceScale, book.quantityScale]).toEqual([3, 5]);
  });

  test('a scale that cannot be held exactly invalidates it', () => {
    const book = createBook(chained);
    book.applySnapshot(snapshot(100, [[1e13, 5]], [[2e13, 5]]));
    expect(book.applyDelta(delta(100, 101, [[1, 1]], [], [6, 3]))).toBe('gap');
    expect(book.applySnapshot(snapshot(102, [[1000, 5]], [[1001, 2]]))).toBe('live');
    expect(book.priceScale).toBe(1);
  });

  test('forgets the farthest levels of a side that only grows, and says so', () => {
    const book = createBook({ ...chained, snapshotDepth: 1_000 });
    book.applySnapshot(snapshot(0, [[1e6, 1]], [[2e6, 1]]));
    expect(book.known).toBe(Number.POSITIVE_INFINITY);
    for (let index = 1; index <= 40_000; index++) {
      book.applyDelta(delta(index - 1, index, [[1e6 - index * 20, 1]], []));
    }
    const { bids } = book.read(50_000);
    expect(book.known).toBe(bids.length / 2);
    expect(bids.length / 2).toBeLessThan(17_000);
    expect([...bids.filter((_, index) => index % 2 === 0)]).toEqual(
      Array.from({ length: bids.length / 2 }, (_, index) => 1e6 - index * 20),
    );
  });
});

describe('order book against a plain model', () => {
  // `spread` is how far levels lie apart: 1 keeps all in the window; 1,024 puts them on its very edges and beyond.
  const change = fc.record({
    side: fc.constantFrom('bids', 'asks'),
    steps: fc.integer({ min: 0, max: 30 }),
    quantity: fc.constantFrom(0, 0, 1, 2, 3),
  });
  const step = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant('change'), changes: fc.array(change, { maxLength: 6 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('drift'), ticks: fc.integer({ min: -5_000, max: 5_000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('drop', 'double', 'swap', 'late', 'renew', 'invalidate'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('snapshot'), age: fc.integer({ min: 0, max: 3 }) }),
    },
  );

  interface Truth {
    readonly id: number;
    readonly bids: Pairs;
    readonly asks: Pairs;
  }

  function sorted(side: ReadonlyMap<number, number>, falling: boolean): Pairs {
    return [...side].sort((a, b) => (falling ? b[0] - a[0] : a[0] - b[0]));
  }

  test.each([1, 40, 1_024])(
    'any order of events ends equal or invalid, never silently different (spread %i)',
    (spread) => {
      let liveChecks = 0;
      fc.assert(
        fc.property(
          fc.array(step, { minLength: 60, maxLength: 120 }),
          fc.constantFrom(3, 8, 1_000),
          (steps, snapshotDepth) => {
            const book = createBook({ ...chained, snapshotDepth });
            const bids = new Map<number, number>();
            const asks = new Map<number, number>();
            const history: Truth[] = [{ id: 0, bids: [], asks: [] }];
            let middle = 1_000_000;
            let fault: string | undefined;
            let held: BookDeltaEvent | undefined;
            let last: BookDeltaEvent | undefined;

            const check = () => {
              if (book.state !== 'live') {
                expect(shown(book, 200)).toMatchObject({ bids: [], asks: [] });
                return;
              }
              liveChecks++;
              const truth = history.find(({ id }) => id === book.lastUpdateId);
              if (!truth) throw new Error(`the book claims a state that never was: ${book.lastUpdateId}`);
              const { bids: bidLevels, asks: askLevels } = book.read(200);
              for (const [levels, real] of [
                [bidLevels, truth.bids],
                [askLevels, truth.asks],
              ] as const) {
                if (book.known === Number.POSITIVE_INFINITY)
                  expect([...levels]).toEqual(real.slice(0, 200).flat());
                // Within reach there are no holes. A lone level may be the best one seen beyond it.
                else if (levels.length > 2)
                  expect([...levels]).toEqual(real.slice(0, levels.length / 2).flat());
              }
            };
            const deliver = (event: BookDeltaEvent) => {
              book.applyDelta(event);
              last = event;
              check();
            };
            const publish = (changedBids: Pairs, changedAsks: Pairs) => {
              for (const [price, quantity] of changedBids)
                quantity > 0 ? bids.set(price, quantity) : bids.delete(price);
              for (const [price, quantity] of changedAsks)
                quantity > 0 ? asks.set(price, quantity) : asks.delete(price);
              const previous = history.at(-1)?.id ?? 0;
              history.push({ id: previous + 2, bids: sorted(bids, true), asks: sorted(asks, false) });
              const event = delta(previous, previous + 2, changedBids, changedAsks);
              const doing = fault;
              fault = undefined;
              if (doing === 'drop') return;
              if (doing === 'swap') {
                held = event;
                return;
              }
              const before = last;
              deliver(event);
              if (doing === 'double') deliver(event);
              if (doing === 'late' && before) deliver(before);
              if (held) deliver(held);
              held = undefined;
            };

            for (const now of steps) {
              if (now.kind === 'change' && 'changes' in now) {
                const at = (name: string, sign: number) =>
                  now.changes
                    .filter(({ side }) => side === name)
                    .map(
                      ({ steps: away, quantity }) => [middle + sign * (1 + away * spread), quantity] as const,
                    );
                publish(at('bids', -1), at('asks', 1));
              } else if (now.kind === 'drift' && 'ticks' in now) {
                middle += now.ticks;
                // The market moves through levels: they go.
                const bidsGone = [...bids.keys()].filter((price) => price >= middle);
                const asksGone = [...asks.keys()].filter((price) => price <= middle);
                publish(
                  bidsGone.map((price) => [price, 0] as const),
                  asksGone.map((price) => [price, 0] as const),
                );
              } else if (now.kind === 'snapshot' && 'age' in now) {
                const truth = history[Math.max(0, history.length - 1 - now.age)] ?? {
                  id: 0,
                  bids: [],
                  asks: [],
                };
                book.applySnapshot(
                  snapshot(truth.id, truth.bids.slice(0, snapshotDepth), truth.asks.slice(0, snapshotDepth)),
                  check,
                );
                check();
              } else if (now.kind === 'renew') book.renew();
              else if (now.kind === 'invalidate') book.invalidate();
              else fault = now.kind;
            }
          },
        ),
        { numRuns: 400 },
      );
      expect(liveChecks).toBeGreaterThan(10_000);
    },
  );
});
