import { expect, test } from 'vitest';
import type { DrillScore } from '../src/shared/domain/drill.ts';
import { ACCOUNT_GOALS } from './account-goals.ts';
import { ORDER_GOALS } from './order-goals.ts';
import type { SafetyGoal } from './safety-goal.ts';
import { SAFETY_GOALS } from './safety-goals.ts';
import { safetyTable } from './safety-table.ts';

const goal: SafetyGoal = {
  id: 'G1',
  never: 'it lies',
  state: 'wholly',
  tests: ['a.test.ts'],
  drills: ['kill'],
};
const score: DrillScore = {
  scenario: 'kill',
  venue: 'binance',
  passed: true,
  noticedAfterMs: 120,
  falseGreenMs: 0,
  recoveredAfterMs: 2100,
  unrepairedGaps: 0,
  tradesLost: 0,
  doubledSubscriptions: 0,
  faults: [],
};
const passed = new Map([['a.test.ts', { passed: true, count: 3 }]]);

test('a goal whose proof passed shows its numbers', () => {
  const figures = [{ goal: 'G1', what: 'slowest', value: 7012, unit: 'ms' }];
  const { table, failed } = safetyTable([goal], { figures, scores: [score], tests: passed });
  expect(failed).toEqual([]);
  expect(table.split('\n')[2]).toBe(
    '| G1 | it lies | wholly | `a.test.ts` · drill: kill | 3 tests. slowest: 7,012 ms. drill kill, worst of 1 venues: noticed 0.1 s, false green 0.0 s, back 2.1 s, trades lost 0. |',
  );
});

test('a test that fails, one that did not run and a drill that failed each fail the goal', () => {
  const failing = new Map([['a.test.ts', { passed: false, count: 2 }]]);
  const proofs = [
    { figures: [], scores: [score], tests: failing },
    { figures: [], scores: [score], tests: new Map() },
    { figures: [], scores: [{ ...score, passed: false }], tests: passed },
    { figures: [], scores: [], tests: passed },
  ];
  expect(proofs.map((proof) => safetyTable([goal], proof).failed)).toEqual([['G1'], ['G1'], ['G1'], ['G1']]);
});

test('every goal from G1 to G18 is there, once', () => {
  expect(SAFETY_GOALS.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (_, at) => `G${at + 1}`));
});

test('every goal about orders is there, once', () => {
  const ids = [...ACCOUNT_GOALS, ...ORDER_GOALS].map(({ id }) => Number(id.slice(1))).sort((a, b) => a - b);
  // There is no G29; G34 to G39 but for the secrets are the shell’s.
  expect(ids).toEqual([19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31, 32, 33, 38]);
});
