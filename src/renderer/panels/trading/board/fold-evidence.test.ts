import { expect, it } from 'vitest';
import type { Evidence } from '#shared/domain/own-order.ts';
import { foldEvidence } from './fold-evidence.ts';

function found(at: number, kind: Evidence['kind'], detail = ''): Evidence {
  return { at, kind, detail };
}

it('folds what was found again into one line with both its times, and keeps a change between two of them', () => {
  const evidence = [
    found(1, 'answer', 'ECONNRESET'),
    found(2, 'not-found'),
    found(3, 'not-found'),
    found(4, 'not-found', '404'),
    found(5, 'stream-down'),
    found(6, 'not-found'),
  ];
  expect(
    foldEvidence(evidence).map(({ first, last, count }) => [first.kind, first.at, last.at, count]),
  ).toEqual([
    ['answer', 1, 1, 1],
    ['not-found', 2, 3, 2],
    ['not-found', 4, 4, 1],
    ['stream-down', 5, 5, 1],
    ['not-found', 6, 6, 1],
  ]);
});
