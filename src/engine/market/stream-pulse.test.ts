import { describe, expect, test } from 'vitest';
import { createStreamPulse } from './stream-pulse.ts';

/** States seen at these ages after the last of `frames` frames, `gapMs` apart. */
function statesAfter(nominalMs: number | undefined, frames: number, gapMs: number, ages: readonly number[]) {
  const pulse = createStreamPulse(nominalMs);
  for (let index = 0; index < frames; index += 1) pulse.note(index * gapMs, index * gapMs);
  return ages.map((age) => pulse.stateAt((frames - 1) * gapMs + age));
}

describe('stream pulse', () => {
  test('judges a stream with a nominal rhythm by that rhythm', () => {
    expect(statesAfter(2000, 3, 2000, [2500, 6500, 11_000])).toEqual(['live', 'late', 'stale']);
  });

  test('judges a busy stream by the gap it has shown, never before the floors', () => {
    expect(statesAfter(undefined, 500, 20, [2900, 3100, 8100])).toEqual(['live', 'late', 'stale']);
  });

  test('calls a quiet stream live however long it is silent: its silence proves nothing', () => {
    expect(statesAfter(undefined, 500, 4000, [2900, 60_000, 600_000])).toEqual(['live', 'live', 'live']);
  });

  test('is pending on a new socket until its first frame there, and keeps the time of the last one', () => {
    const pulse = createStreamPulse(2000);
    pulse.note(0, 5000);
    pulse.reset();
    expect([pulse.stateAt(100), pulse.lastReceivedAt, pulse.firstAt]).toEqual(['pending', 5000, undefined]);
  });

  test('counts frames per second over ten seconds', () => {
    const pulse = createStreamPulse(undefined);
    for (let second = 0; second < 12; second += 1) {
      for (let frame = 0; frame < (second < 2 ? 100 : 5); frame += 1) pulse.note(second * 1000, 0);
      pulse.second();
    }
    expect(pulse.perSecond).toBe(5);
  });
});
