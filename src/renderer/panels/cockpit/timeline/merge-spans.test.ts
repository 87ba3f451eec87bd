import { expect, it } from 'vitest';
import type { ConnectionStateKind } from '#shared/domain/connection.ts';
import { cellAt, mergeSpans } from './merge-spans.ts';

function spans(...rows: readonly (readonly [number, number, ConnectionStateKind])[]) {
  return rows.map(([from, to, kind]) => ({ from, to, kind }));
}

it('clips spans to the range and keeps what is long enough to stand alone', () => {
  const cells = mergeSpans(
    spans([-50, 10, 'live'], [10, 40, 'stale'], [40, 300, 'live'], [300, 400, 'idle']),
    0,
    200,
    5,
  );
  expect(cells.map(({ from, to, kind }) => [from, to, kind])).toEqual([
    [0, 10, 'live'],
    [10, 40, 'stale'],
    [40, 200, 'live'],
  ]);
});

it('joins what is too short into one cell that says the worst, and never paints over a bad second', () => {
  const cells = mergeSpans(
    spans(
      [0, 100, 'live'],
      [100, 101, 'waiting'],
      [101, 102, 'connecting'],
      [102, 103, 'live'],
      [103, 200, 'live'],
    ),
    0,
    200,
    5,
  );
  expect(cells.map(({ from, to, kind, count }) => [from, to, kind, count])).toEqual([
    [0, 100, 'live', 1],
    [100, 103, 'waiting', 3],
    [103, 200, 'live', 1],
  ]);
});

it('does not join over a time nobody watched', () => {
  const cells = mergeSpans(spans([0, 2, 'stale'], [50, 52, 'live']), 0, 100, 5);
  expect(cells.map(({ from, to, kind }) => [from, to, kind])).toEqual([
    [0, 2, 'stale'],
    [50, 52, 'live'],
  ]);
});

it('finds the cell at a time, or the nearest before the end', () => {
  const cells = mergeSpans(spans([0, 10, 'live'], [20, 30, 'stale']), 0, 100, 1);
  expect([5, 15, 25, 99].map((at) => cellAt(cells, at))).toEqual([0, 1, 1, 1]);
  expect(cellAt([], 5)).toBe(-1);
});
