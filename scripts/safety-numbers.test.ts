import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACCOUNT_GOALS } from './account-goals.ts';
import { ORDER_GOALS } from './order-goals.ts';
import type { SafetyGoal } from './safety-goal.ts';
import { SAFETY_GOALS } from './safety-goals.ts';
import { benchParts, figureParts } from './safety-numbers.ts';

const goal: SafetyGoal = {
  id: 'G1',
  never: 'it lies',
  state: 'wholly',
  tests: [],
  figures: [
    { match: '^false alarms', of: 'sum', say: '{value} false alarms in {count} sessions', max: 0 },
    { match: 'noticed', of: 'max', say: 'noticed after {value} ms', max: 5000 },
  ],
  benches: [{ bench: 'burst', field: 'delay.p99Ms', say: 'p99 {value} ms', max: 50 }],
};
const figure = (what: string, value: number, id = 'G1') => ({ goal: id, what, value, unit: 'ms' });

test('figures of one kind are told together, by their worst or their sum, and others as they are', () => {
  const noted = [
    figure('false alarms in one', 0),
    figure('false alarms in another', 0),
    figure('cut noticed', 1200.4),
    figure('freeze noticed', 3900),
    figure('something else', 7),
    figure('noticed elsewhere', 99_999, 'G2'),
  ];
  expect(figureParts(goal, noted)).toEqual({
    words: ['0 false alarms in 2 sessions', 'noticed after 3,900 ms', 'something else: 7 ms'],
    faults: [],
  });
});

test('a number out of its bound is a fault, and still told', () => {
  expect(figureParts(goal, [figure('noticed', 5001), figure('false alarms', 2)])).toEqual({
    words: ['2 false alarms in 1 sessions', 'noticed after 5,001 ms'],
    faults: [
      '2 false alarms in 1 sessions (allowed: at most 0)',
      'noticed after 5,001 ms (allowed: at most 5,000)',
    ],
  });
});

test('a bench that broke its bound, or told nothing, is a fault; none that was not asked for is', () => {
  const printed = (value: unknown) => benchParts(goal, new Map([['burst', value]])).faults;
  expect([
    printed({ delay: { p99Ms: 12.34 } }),
    printed({ delay: { p99Ms: 80 } }),
    printed({}),
    printed(undefined),
    benchParts(goal, undefined).faults,
    benchParts(goal, new Map([['burst', { delay: { p99Ms: 12.34 } }]])).words,
  ]).toEqual([
    [],
    ['p99 80 ms (allowed: at most 50)'],
    ['bench burst told no delay.p99Ms'],
    ['bench burst told no delay.p99Ms'],
    [],
    ['bench burst: p99 12.3 ms'],
  ]);
});

test('every test and every bench that is named is there', () => {
  const project = join(import.meta.dirname, '..');
  const named = [...SAFETY_GOALS, ...ACCOUNT_GOALS, ...ORDER_GOALS].flatMap(({ tests, benches = [] }) => [
    ...tests,
    ...benches.map(({ bench }) => `bench/${bench}.ts`),
  ]);
  expect(named.filter((file) => !existsSync(join(project, file)))).toEqual([]);
});
