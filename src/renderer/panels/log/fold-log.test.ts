import { expect, it } from 'vitest';
import type { LogEntry } from '#shared/contract/api.ts';
import { foldLog } from './fold-log.ts';

function entry(at: number, code: string, details: LogEntry['details'] = {}): LogEntry {
  return { at, level: 'warn', code, details, message: code };
}

it('folds what says the same one after another into one line with the newest time, and nothing else', () => {
  const entries = [
    entry(1, 'subscription.trouble', { connection: 'a/x', channels: 'one' }),
    entry(2, 'subscription.trouble', { connection: 'a/x', channels: 'two' }),
    entry(3, 'subscription.trouble', { connection: 'a/y', channels: 'three' }),
    entry(4, 'connection.live', { connection: 'a/x' }),
    entry(5, 'subscription.trouble', { connection: 'a/y', channels: 'three' }),
    entry(6, 'book.resynced', { instrument: 'a', tookMs: 10 }),
    entry(7, 'book.resynced', { instrument: 'a', tookMs: 20 }),
  ];
  expect(foldLog(entries).map(({ entry: { at }, count }) => [at, count])).toEqual([
    [7, 1],
    [6, 1],
    [5, 1],
    [4, 1],
    [3, 1],
    [2, 2],
  ]);
});

it('folds two connections that take turns in the same trouble into a line each', () => {
  const turns = ['a/x', 'a/y', 'a/x', 'a/y', 'a/x'].map((connection, at) =>
    entry(at, 'subscription.trouble', { connection }),
  );
  expect(foldLog(turns).map(({ entry: { at }, count }) => [at, count])).toEqual([
    [4, 3],
    [3, 2],
  ]);
});

it('never folds two orders into one line, nor two things said of one order', () => {
  const told = (at: number, order: string, words: string) => entry(at, 'order.buy', { order, words });
  const entries = [
    told(1, 'a', 'NEW'),
    told(2, 'b', 'NEW'),
    told(3, 'b', 'FILLED'),
    told(4, 'a', 'CANCELED'),
  ];
  expect(foldLog(entries).map(({ entry: { at }, count }) => [at, count])).toEqual([
    [4, 1],
    [3, 1],
    [2, 1],
    [1, 1],
  ]);
});
