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
    expect(statesAfter(undefined, 500, 20, [3900, 4100, 8100])).toEqual(['live', 'late', 'stale']);
  });

  test('calls a quiet stream live however long it is silent: its silence proves nothing', () => {
    expect(statesAfter(undefined, 500, 4000, [2900, 60_000, 600_000])).toEqual(['live', 'live', 'live']);
  });

  test('does not take one burst for a rhythm', () => {
    expect(statesAfter(undefined, 60, 5, [8100, 60_000])).toEqual(['live', 'live']);
  });

  test('remembers how long a bursty stream has been silent before, and still says stale at 30 s', () => {
    const pulse = createStreamPulse(undefined);
    let at = 0;
    const seen = new Set<string>();
    for (let burst = 0; burst < 20; burst += 1) {
      for (let frame = 0; frame < 100; frame += 1) pulse.note(at + frame * 20, 0);
      at += 99 * 20;
      if (burst > 0) for (let age = 0; age < 9000; age += 500) seen.add(pulse.stateAt(at + age));
      at += 9000;
    }
    const last = at - 9000;
    expect([[...seen], pulse.stateAt(last + 31_000)]).toEqual([['live'], 'stale']);
  });

  test('gives a busy stream three times as long while everything else of its market holds its breath, but never 30 s', () => {
    const pulse = createStreamPulse(undefined);
    for (let index = 0; index < 500; index += 1) pulse.note(index * 20, 0);
    const last = 499 * 20;
    const ages = [4100, 11_900, 12_100, 23_900, 24_100];
    expect(ages.map((age) => pulse.stateAt(last + age, true))).toEqual([
      'live',
      'live',
      'late',
      'late',
      'stale',
    ]);
  });

  test('never holds its breath for a nominal rhythm', () => {
    const pulse = createStreamPulse(1000);
    pulse.note(0, 0);
    expect([4100, 8100].map((age) => pulse.stateAt(age, true))).toEqual(['late', 'stale']);
  });

  test('tells its tempo against what it usually brings, and none where it is quiet, nominal or gone', () => {
    const tempoOf = (gapMs: number, slowMs: number, silentMs = 0, nominal?: number) => {
      const pulse = createStreamPulse(nominal);
      let at = 0;
      const pass = (untilMs: number, everyMs: number) => {
        for (let next = at + everyMs; next <= untilMs; next += everyMs) {
          if (Math.floor(next / 1000) > Math.floor(at / 1000)) pulse.second();
          pulse.note(next, 0);
          at = next;
        }
      };
      pass(60_000, gapMs);
      pass(64_000, slowMs);
      return pulse.tempoAt(at + silentMs);
    };
    const rounded = (tempo: number | undefined) => tempo && Math.round(tempo * 10) / 10;
    expect([
      rounded(tempoOf(50, 50)),
      rounded(tempoOf(50, 500)),
      tempoOf(2000, 2000),
      tempoOf(50, 50, 6100),
      tempoOf(50, 50, 0, 100),
    ]).toEqual([0.9, 0.1, undefined, undefined, undefined]);
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
