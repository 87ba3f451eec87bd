import { describe, expect, test } from 'vitest';
import type { BookDeltaEvent, BookSnapshotEvent } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { BookRule } from '#venues/venue.ts';
import { PLAIN_BTC, plainVenue } from '../test-kit/plain-venue.ts';
import { createBookFeed } from './book-feed.ts';

const common = {
  instrument: PLAIN_BTC,
  venueTime: 0,
  receivedAt: 0,
  priceScale: 0,
  quantityScale: 0,
} as const;
const snapshot = (lastUpdateId: number, bid: number): BookSnapshotEvent => ({
  ...common,
  kind: 'book-snapshot',
  lastUpdateId,
  bids: Float64Array.of(bid, 1),
  asks: Float64Array.of(200, 1),
});
const delta = (lastUpdateId: number, bid: number, previousUpdateId = lastUpdateId - 1): BookDeltaEvent => ({
  ...common,
  kind: 'book-delta',
  firstUpdateId: previousUpdateId + 1,
  lastUpdateId,
  previousUpdateId,
  bids: Float64Array.of(bid, 2),
  asks: new Float64Array(),
});
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

function start(
  snapshots: (BookSnapshotEvent | Promise<BookSnapshotEvent> | Error)[],
  rule: BookRule = plainVenue.book,
) {
  const clock = createVirtualClock();
  const log: string[] = [];
  const feed = createBookFeed({
    rule,
    clock,
    async loadSnapshot() {
      const next = snapshots.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error('no more snapshots');
      return next;
    },
    restartStream: () => log.push('restart'),
    onChange: () => undefined,
    onGap: () => log.push('gap'),
    onResync: () => log.push('resync'),
    onFault: () => log.push('fault'),
  });
  const bids = () => [...feed.book.read(5).bids];
  return { clock, feed, log, bids };
}

describe('book feed', () => {
  test('builds the book from a snapshot and the changes that came meanwhile', async () => {
    const { feed, bids } = start([snapshot(10, 100)]);
    feed.apply(delta(10, 99));
    feed.apply(delta(11, 101));
    await settle();
    expect({ state: feed.book.state, bids: bids() }).toEqual({
      state: 'live',
      bids: [101, 2, 100, 1, 99, 2],
    });
  });

  test('shows nothing as live from the moment of a gap until a new snapshot is in', async () => {
    const { feed, bids, log } = start([snapshot(10, 100), snapshot(20, 150)]);
    feed.apply(delta(10, 99));
    await settle();
    feed.apply(delta(20, 102, 18));
    const atGap = { state: feed.book.state, bids: bids() };
    await settle();
    feed.apply(delta(21, 151));
    expect({ atGap, after: feed.book.state, bids: bids(), log }).toEqual({
      atGap: { state: 'invalid', bids: [] },
      after: 'live',
      bids: [151, 2, 150, 1, 102, 2],
      log: ['gap', 'resync'],
    });
  });

  test('asks again when the snapshot is older than the first change kept, and when the venue does not answer', async () => {
    const { feed, clock, log } = start([snapshot(5, 100), new Error('timeout'), snapshot(11, 100)]);
    feed.apply(delta(11, 99));
    for (let round = 0; round < 4; round += 1) {
      await settle();
      clock.advance(2000);
    }
    await settle();
    expect({ state: feed.book.state, log }).toEqual({ state: 'live', log: ['fault'] });
  });

  test('does not call a book live on a snapshot that was asked for before the stream broke', async () => {
    let answer: (snapshot: BookSnapshotEvent) => void = () => undefined;
    const { feed, bids, log } = start([new Promise((resolve) => (answer = resolve)), snapshot(31, 150)]);
    feed.apply(delta(10, 99));
    feed.interrupted();
    answer(snapshot(10, 100));
    await settle();
    const whileAway = { state: feed.book.state, bids: bids() };
    feed.apply(delta(31, 151));
    await settle();
    expect({ whileAway, after: feed.book.state, bids: bids(), log }).toEqual({
      whileAway: { state: 'syncing', bids: [] },
      after: 'live',
      bids: [151, 2, 150, 1],
      log: [],
    });
  });

  test('fetches a snapshot for the new stream though the one for the old is still under way', async () => {
    let answer: (snapshot: BookSnapshotEvent) => void = () => undefined;
    const { feed, bids } = start([new Promise((resolve) => (answer = resolve)), snapshot(31, 150)]);
    feed.apply(delta(10, 99));
    feed.interrupted();
    feed.apply(delta(31, 151));
    answer(snapshot(10, 100));
    await settle();
    expect({ state: feed.book.state, bids: bids() }).toEqual({ state: 'live', bids: [151, 2, 150, 1] });
  });

  test('is invalid at once when the stream breaks', async () => {
    const { feed } = start([snapshot(10, 100)]);
    feed.apply(delta(10, 99));
    await settle();
    feed.interrupted();
    expect(feed.book.state).toBe('invalid');
  });
});

describe('book feed of a stream that brings its own snapshots', () => {
  const next = (lastUpdateId: number, delta: BookDeltaEvent) =>
    delta.lastUpdateId <= lastUpdateId
      ? ('stale' as const)
      : delta.lastUpdateId === lastUpdateId + 1
        ? ('applied' as const)
        : undefined;
  const rule: BookRule = {
    snapshot: 'stream',
    bridge: (lastUpdateId, delta) => next(lastUpdateId, delta) ?? 'early',
    follow: (lastUpdateId, delta) => next(lastUpdateId, delta) ?? 'gap',
  };

  test('asks for the stream anew at a gap, at once and then patiently, and is live with the snapshot it begins with', () => {
    const { feed, clock, log, bids } = start([], rule);
    feed.apply(snapshot(10, 100));
    feed.apply(delta(11, 101));
    feed.apply(delta(13, 103));
    for (let id = 14; id <= 40; id += 1) {
      clock.advance(100);
      feed.apply(delta(id, 103));
    }
    const meanwhile = { state: feed.book.state, log: [...log] };
    feed.apply(snapshot(41, 150));
    feed.apply(delta(42, 151));
    expect({ meanwhile, after: feed.book.state, bids: bids(), log }).toEqual({
      meanwhile: { state: 'invalid', log: ['gap', 'restart', 'restart'] },
      after: 'live',
      bids: [151, 2, 150, 1],
      log: ['gap', 'restart', 'restart', 'resync'],
    });
  });

  test('takes a snapshot whose ids start anew although changes of the old count came after the gap', () => {
    const { feed, log } = start([], rule);
    feed.apply(snapshot(1000, 100));
    feed.apply(delta(1002, 101));
    feed.apply(delta(1003, 101));
    feed.apply(snapshot(1, 100));
    feed.apply(delta(2, 101));
    expect({ state: feed.book.state, log }).toEqual({ state: 'live', log: ['gap', 'restart', 'resync'] });
  });

  test('asks for the stream anew where changes come and the snapshot before them does not', () => {
    const { feed, clock, log } = start([], rule);
    feed.apply(delta(11, 101));
    feed.interrupted();
    feed.apply(delta(5, 101));
    const early = [...log];
    clock.advance(2000);
    feed.apply(delta(6, 101));
    expect({ early, log }).toEqual({ early: ['restart'], log: ['restart', 'restart'] });
  });
});
