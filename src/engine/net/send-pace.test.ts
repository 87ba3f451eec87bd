import { describe, expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createSendBudget } from './send-budget.ts';
import { createSendPace } from './send-pace.ts';

const LIMITS = { sendsPerSecond: 10, sendsPerMinute: 100 };

function start() {
  const clock = createVirtualClock();
  const pace = createSendPace(clock, venueId('alpha'), LIMITS);
  const budget = createSendBudget(clock, LIMITS, () => pace.factor);
  pace.join(() => budget.used());
  /** Frames that leave within so many ms when there is always one to send. */
  function sendFor(ms: number): number {
    const until = clock.monotonic() + ms;
    let sent = 0;
    while (clock.monotonic() < until) {
      if (budget.nextAt() <= clock.monotonic()) {
        budget.spend();
        sent += 1;
      }
      clock.advance(1);
    }
    return sent;
  }
  return { clock, pace, budget, sendFor };
}

describe('the pace of frames', () => {
  test('is the venue’s own until the third error within a minute, then seven tenths of it', () => {
    const { clock, pace } = start();
    const seen = [40_000, 40_000, 10_000, 5000, 5000].map((ms) => {
      pace.failed();
      const { factor } = pace;
      clock.advance(ms);
      return Math.round(factor * 100);
    });
    expect(seen).toEqual([100, 100, 100, 70, 49]);
  });

  test('is whole again a minute after the last error', () => {
    const { clock, pace } = start();
    for (let error = 0; error < 3; error += 1) pace.failed();
    clock.advance(59_999);
    const before = pace.gauge();
    clock.advance(1);
    expect([before, pace.gauge()]).toMatchObject([
      { factor: 0.7, state: 'reduced', until: clock.now() },
      { factor: 1, state: 'normal' },
    ]);
  });

  test('reaches what is sent: by the second and by the minute', () => {
    const calm = start();
    const slowed = start();
    for (let error = 0; error < 3; error += 1) slowed.pace.failed();
    const second = [calm.sendFor(1000), slowed.sendFor(1000)];
    const minute = [calm.sendFor(50_000) + 10, slowed.sendFor(50_000) + 7];
    expect([second, minute]).toEqual([
      [10, 7],
      [100, 70],
    ]);
  });

  test('shows the busiest socket, and forgets one that has ended', () => {
    const { clock, pace, budget } = start();
    const other = createSendBudget(clock, LIMITS);
    const leave = pace.join(() => other.used());
    for (let sent = 0; sent < 3; sent += 1) other.spend();
    budget.spend();
    const both = pace.gauge().used;
    leave();
    expect([both, pace.gauge().used]).toEqual([3, 1]);
  });
});
