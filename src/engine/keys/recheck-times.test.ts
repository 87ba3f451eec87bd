import { expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createRecheckTimes } from './recheck-times.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ONE = accountId('bybit#aaaaaa');
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a key that was locked and unlocked while its venue kept us waiting has one time, not two', async () => {
  const clock = createVirtualClock();
  const answers: ((isFound: boolean) => void)[] = [];
  const times = createRecheckTimes(clock, () => new Promise((answer) => answers.push(answer)));
  times.follow([ONE], () => false);
  clock.advance(MINUTE_MS);
  times.follow([], () => false);
  times.follow([ONE], () => false);
  answers[0]?.(true);
  await settle();
  const planned = clock.pendingTimers;
  times.dispose();
  expect([answers.length, planned, clock.pendingTimers]).toEqual([1, 1, 0]);
});

test('an answer that arrives after the end plans nothing', async () => {
  const clock = createVirtualClock();
  const answers: ((isFound: boolean) => void)[] = [];
  const times = createRecheckTimes(clock, () => new Promise((answer) => answers.push(answer)));
  times.follow([ONE], () => false);
  clock.advance(MINUTE_MS);
  times.dispose();
  answers[0]?.(true);
  await settle();
  expect([answers.length, clock.pendingTimers]).toEqual([1, 0]);
});

test('the hours a machine sleeps count: timers stand still then, the day does not', async () => {
  const clock = createVirtualClock();
  let slept = 0;
  let asked = 0;
  const times = createRecheckTimes({ ...clock, now: () => clock.now() + slept }, async () => {
    asked += 1;
    return true;
  });
  times.follow([ONE], () => true);
  clock.advance(60 * MINUTE_MS);
  await settle();
  const before = asked;
  slept = DAY_MS;
  clock.advance(20 * MINUTE_MS);
  await settle();
  expect([before, asked]).toEqual([0, 1]);
  // A clock that is set back must not put it off.
  slept = -30 * DAY_MS;
  for (let hour = 0; hour < 24; hour++) {
    clock.advance(60 * MINUTE_MS);
    await settle();
  }
  expect(asked).toBe(2);
});
