import { expect } from 'vitest';
import { watchInstrument } from '#drill/watched-instrument.ts';
import { type Desk, eventually, expectTrueBook } from './trial-desk.ts';

/** What a venue has to come through, with the market itself as the judge of what is left. */

export async function survivesNonsense(desk: Desk): Promise<void> {
  const { stage, venue, other, market, target, watched, connections } = desk;
  const failed = () => connections().reduce((sum, { failedFrames }) => sum + failedFrames, 0);
  const reconnects = () => connections().map((one) => one.reconnects);
  const before = { failed: failed(), reconnects: reconnects() };
  for (const style of ['json', 'truncated', 'binary', 'shape']) {
    await stage.control.fault({ ...target, kind: 'garbage', style, count: 1 });
  }
  await eventually('four unreadable frames', () => failed() >= before.failed + 4);
  // What the venue listed and does not serve any more: a refusal, or silence, but never anybody else's trouble.
  const symbol = venue.symbolOf(other);
  await stage.post('listing', { ...market, symbol, listing: 'delisted' });
  const unserved = watchInstrument(stage.engine, other);
  const seen = watched.trades.size;
  await eventually('trades to go on', () => watched.trades.size > seen + 3);
  expect({ reconnects: reconnects(), unserved: unserved.book?.state ?? 'syncing' }).toEqual({
    reconnects: before.reconnects,
    unserved: 'syncing',
  });
  unserved.dispose();
  await stage.post('listing', { ...market, symbol, listing: 'trading' });
  await expectTrueBook(desk);
}

export async function findsBackIntoTheBook(desk: Desk): Promise<void> {
  const { stage, venue, instrument, target, watched, connections } = desk;
  const count = () => {
    const rows = connections().flatMap(({ streams }) => streams);
    const { gaps = 0, resyncs = 0 } = rows.find(({ stream }) => stream === `book ${instrument}`) ?? {};
    return { gaps, resyncs };
  };
  const before = count();
  const { updateId = 0, venueTime = 0 } = watched.book ?? {};
  await stage.control.fault({ ...target, kind: 'gap', count: 1 });
  if (venue.sheet.bookProof === 'sequence') {
    await eventually('the gap to be seen', () => count().gaps > before.gaps);
    await eventually('the book to be read anew', () => count().resyncs > before.resyncs);
  }
  await eventually('the book to go on', () => (watched.book?.venueTime ?? 0) > venueTime + 500);
  await expectTrueBook(desk);
  if (venue.sheet.bookProof !== 'sequence' || venue.book.snapshot !== 'stream') return;
  // A stream that brings its own snapshots may start to count anew at any time.
  await stage.control.fault({ ...target, kind: 'restartBook' });
  await eventually('a book that counts anew', () => (watched.book?.updateId ?? updateId) < updateId);
  await expectTrueBook(desk);
}

export async function comesBackWithoutALoss(desk: Desk): Promise<void> {
  const { stage, target, watched, connections, compare } = desk;
  const before = connections().map(({ reconnects }) => reconnects);
  const { symbol: _, ...connection } = target;
  await stage.control.fault({ ...connection, kind: 'reset' });
  await eventually('new connections, all of them live', () =>
    connections().every(
      ({ reconnects, state }, at) => reconnects > (before[at] ?? 0) && state.kind === 'live',
    ),
  );
  await expectTrueBook(desk);
  await eventually('every trade to be there', async () => (await compare()).tradesLost === 0);
  expect(watched.doubledTrades).toBe(0);
}
