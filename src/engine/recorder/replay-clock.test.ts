import { expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createReplayClock } from './replay-clock.ts';

const FROM = 1_680_652_700_000;

test('stands at the first frame until it is let go, then runs at its speed', () => {
  const base = createVirtualClock();
  const clock = createReplayClock(base, FROM, 10);
  base.advance(5000);
  const before = clock.now() - FROM;
  clock.start();
  clock.holdAt(Number.POSITIVE_INFINITY);
  base.advance(100);
  expect([before, clock.now() - FROM, clock.monotonic()]).toEqual([0, 1000, 1000]);
});

test('does not pass what has not been heard yet, makes up for a short wait and never goes back', () => {
  const base = createVirtualClock();
  const clock = createReplayClock(base, FROM, 2);
  clock.start();
  const seen: number[] = [];
  const see = () => seen.push(clock.now() - FROM);
  clock.holdAt(FROM + 300);
  base.advance(400);
  see();
  // Heard; the next is due at 1000: the machine's 400 ms are 800 of the recording.
  clock.holdAt(FROM + 1000);
  see();
  clock.holdAt(FROM + 500);
  see();
  base.advance(200);
  see();
  expect(seen).toEqual([300, 800, 800, 800]);
});

test('does not leap after a long wait: a machine that cannot keep up plays slower', () => {
  const base = createVirtualClock();
  const clock = createReplayClock(base, FROM, 10);
  clock.start();
  clock.holdAt(FROM + 1000);
  base.advance(60_000);
  const held = clock.now() - FROM;
  clock.holdAt(Number.POSITIVE_INFINITY);
  expect([held, clock.now() - FROM]).toEqual([1000, 11_000]);
});

test('lets timers run as fast as the time they are of', () => {
  const base = createVirtualClock();
  const clock = createReplayClock(base, FROM, 100);
  const rung: string[] = [];
  clock.after(5000, () => rung.push('once'));
  const stop = clock.every(1000, () => rung.push('again'));
  base.advance(45);
  stop();
  base.advance(1000);
  expect(rung).toEqual(['again', 'again', 'again', 'again', 'once']);
});
