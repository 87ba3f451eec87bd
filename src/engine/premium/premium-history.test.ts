import { expect, test } from 'vitest';
import { createPremiumHistory } from './premium-history.ts';

function stage() {
  let now = 10 * 60_000;
  const history = createPremiumHistory({ monotonic: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { history, pass };
}

test('a minute keeps the last premium known in it, and one that was not watched is a gap', () => {
  const { history, pass } = stage();
  history.note('a', Number.NaN);
  history.note('a', 0.01);
  history.note('a', 0.02);
  history.note('a', Number.NaN);
  pass(3 * 60_000);
  history.note('a', 0.0312345678);
  expect([history.read('a'), history.read('b')]).toEqual([[0.02, Number.NaN, Number.NaN, 0.031235], []]);
});

test('nothing older than an hour is told, also where nobody watched since', () => {
  const { history, pass } = stage();
  history.note('a', 0.01);
  for (let minute = 1; minute <= 70; minute += 1) {
    pass(60_000);
    history.note('a', minute);
  }
  const full = history.read('a');
  pass(58 * 60_000);
  const late = history.read('a');
  pass(2 * 60_000);
  expect([
    full.length,
    full[0],
    full.at(-1),
    late.length,
    late[0],
    late[1],
    late.at(-1),
    history.read('a'),
  ]).toEqual([60, 11, 70, 60, 69, 70, Number.NaN, []]);
});
