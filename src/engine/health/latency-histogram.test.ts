import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRollingLatency, LatencyHistogram } from './latency-histogram.ts';

describe('a latency histogram', () => {
  test('tells every quantile to within five per cent, or a tenth of a millisecond', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0.5, 0.9, 0.99, 1),
        (durations, share) => {
          const histogram = new LatencyHistogram();
          for (const duration of durations) histogram.note(duration);
          const exact = durations.toSorted((a, b) => a - b)[Math.ceil(share * durations.length) - 1] ?? 0;
          const told = histogram.quantile(share);
          expect(Math.abs(told - exact)).toBeLessThanOrEqual(Math.max(0.1, exact * 0.05));
        },
      ),
    );
  });

  test('holds the same however its parts are put together', () => {
    const duration = fc.double({ min: 0, max: 200_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.array(duration, { maxLength: 20 }), { maxLength: 8 }), (parts) => {
        const whole = new LatencyHistogram();
        const sum = new LatencyHistogram();
        for (const part of parts) {
          const one = new LatencyHistogram();
          for (const duration of part) {
            one.note(duration);
            whole.note(duration);
          }
          sum.add(one);
        }
        const told = (histogram: LatencyHistogram) =>
          [0.01, 0.5, 0.99, 1].map((share) => histogram.quantile(share));
        expect([sum.count, told(sum)]).toEqual([whole.count, told(whole)]);
      }),
    );
  });

  test('takes what came before it was sent as at once, and what is no number not at all', () => {
    const histogram = new LatencyHistogram();
    histogram.note(-30);
    histogram.note(Number.NaN);
    expect([histogram.count, histogram.quantile(1)]).toEqual([1, 0]);
  });

  test('forgets what is older than a minute', () => {
    const rolling = createRollingLatency();
    rolling.note(500);
    const counts = Array.from({ length: 7 }, () => {
      const { count } = rolling.figures();
      rolling.turn();
      return count;
    });
    expect(counts).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });
});
