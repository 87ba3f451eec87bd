import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { BACKOFF, delayMs, nominalDelayMs } from './backoff.ts';

describe('backoff', () => {
  test('climbs 1-2-4-8-16 s and stays at 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 400].map((attempt) => nominalDelayMs(BACKOFF, attempt))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  test('keeps every delay within half and one and a half of its nominal, and under the cap, over 10 000 seeds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const nominal = nominalDelayMs(BACKOFF, attempt);
          const delay = delayMs(BACKOFF, attempt, chance);
          return delay >= nominal * 0.5 && delay <= nominal * 1.5 && delay <= BACKOFF.capMs;
        },
      ),
      { numRuns: 10_000, seed: 20261121 },
    );
    figure('G4', 'delays within their bounds, of 10,000 seeds', 10_000, 'seeds');
  });

  test('honours a longer Retry-After and never shortens its own delay to a shorter one', () => {
    expect([delayMs(BACKOFF, 1, 0.5, 90_000), delayMs(BACKOFF, 3, 0.5, 10)]).toEqual([90_000, 4000]);
  });
});
