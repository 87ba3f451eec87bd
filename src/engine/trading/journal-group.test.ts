import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { createJournal } from './journal.ts';
import { answer, fill, ID, report, sending } from './test-kit/own-events.ts';
import { ACCOUNT, request } from './test-kit/small-order.ts';

// Several lines forced to the disk at the price of one: no less is promised of them than of lines written one by one.

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function stage() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-journal-'));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const clock = createVirtualClock();
  const open = () => {
    const journal = createJournal({ clock, dataDir, log: createEventLog(clock) });
    cleanups.push(() => journal.dispose());
    return journal;
  };
  return { dataDir, open };
}

const guarded = { kind: 'guarded', order: ID, request: request() } as const;

test('lines written together are chained, counted and judged like lines written one by one', () => {
  const { open } = stage();
  const journal = open();
  const heard: string[] = [];
  journal.onOrder(({ state }) => heard.push(state));
  const lines = journal.appendAll([guarded, sending(), answer('unknown'), report('NEW'), fill('1', '1')]);
  expect(lines.map(({ seq, event, state }) => [seq, event.kind, state])).toEqual([
    [2, 'guarded', undefined],
    [3, 'sending', 'submitting'],
    [4, 'answer', 'unknown'],
    [5, 'report', 'open'],
    [6, 'fill', 'filled'],
  ]);
  expect({
    heard,
    state: journal.orders.get(ID)?.state,
    linesOf: journal.linesOf(ID),
    left: journal.left(ACCOUNT, 0),
    verified: journal.verify(),
    none: journal.appendAll([]),
  }).toEqual({
    heard: ['submitting', 'unknown', 'open', 'filled'],
    state: 'filled',
    linesOf: lines,
    left: 1,
    verified: { lines: 6 },
    none: [],
  });
  journal.dispose();
  const next = open();
  expect([next.verify(), next.orders.get(ID)?.state]).toEqual([{ lines: 7 }, 'filled']);
});

test('where one of them cannot be written none is, nothing of them counts, and the next one goes on from before', () => {
  const { open, dataDir } = stage();
  const journal = open();
  const heard: string[] = [];
  journal.onOrder(({ state }) => heard.push(state));
  const hold = new Sqlite(join(dataDir, 'orders.db'));
  hold.exec('begin immediate');
  expect(() => journal.appendAll([guarded, sending()])).toThrowError(
    expect.objectContaining({ code: 'journal.unwritable' }),
  );
  const during = [journal.orders.size, journal.left(ACCOUNT, 0), heard.length, journal.fault !== undefined];
  hold.exec('rollback');
  // A line with this number is there already: the second of two fails, and takes the first with it.
  hold.exec(`insert into lines (seq, at, kind, body, hash) values (3, 0, 'halted', '{}', '')`);
  expect(() => journal.appendAll([guarded, sending()])).toThrowError(
    expect.objectContaining({ code: 'journal.unwritable' }),
  );
  const halves = hold.prepare(`select count(*) as count from lines where kind = 'guarded'`).get();
  hold.exec('delete from lines where seq = 3');
  hold.close();
  const [line] = journal.appendAll([sending()]);
  expect([during, halves, line?.seq, journal.verify(), journal.fault]).toEqual([
    [0, 0, 0, true],
    { count: 0 },
    2,
    { lines: 2 },
    undefined,
  ]);
});
