import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cascade } from './cascade.ts';
import { History } from './history.ts';
import { createCommonFactor, PricePath } from './price-path.ts';
import { coinsNamed, MINUTE, START } from './test-kit/trace.ts';

const OPTIONS = { seed: 77, variancePerMinute: 2.5e-7, wander: 0.2 };
const DAY = 1440 * MINUTE;

describe('the price path', () => {
  it('has one value per time, whatever was asked before', () => {
    const time = fc.integer({ min: START - 200 * DAY, max: START + 2000 * DAY });
    fc.assert(
      fc.property(fc.array(time, { minLength: 2, maxLength: 30 }), (times) => {
        const walked = new Cascade(OPTIONS);
        for (const one of times) {
          const fresh = new Cascade(OPTIONS);
          expect(walked.valueAt(one)).toBe(fresh.valueAt(one));
          const minute = Math.floor(one / MINUTE);
          expect(walked.massAtMinute(minute)).toBe(fresh.massAtMinute(minute));
        }
      }),
      { seed: 20261121, numRuns: 200 },
    );
  });

  it('is continuous, moves about as much as asked for, and its clock runs about one per minute', () => {
    const walk = new Cascade(OPTIONS);
    const first = Math.floor(START / MINUTE);
    let [squares, biggest] = [0, 0];
    const minutes = 20_000;
    for (let minute = first; minute < first + minutes; minute++) {
      const step = walk.valueAt((minute + 1) * MINUTE) - walk.valueAt(minute * MINUTE);
      squares += step * step;
      biggest = Math.max(
        biggest,
        Math.abs(walk.valueAt(minute * MINUTE + 0.5) - walk.valueAt(minute * MINUTE)),
      );
      expect(walk.massAtMinute(minute + 1)).toBeGreaterThan(walk.massAtMinute(minute));
    }
    const mass = walk.massAtMinute(first + minutes) - walk.massAtMinute(first);
    // Two weeks may be calmer or busier than the average, within reason; the variance follows the clock.
    expect(mass / minutes).toBeGreaterThan(0.25);
    expect(mass / minutes).toBeLessThan(4);
    expect(squares / mass / OPTIONS.variancePerMinute).toBeGreaterThan(0.85);
    expect(squares / mass / OPTIONS.variancePerMinute).toBeLessThan(1.15);
    expect(biggest).toBeLessThan(1e-4);
  });
});

describe('history', () => {
  it('makes the same minutes again after having forgotten them', () => {
    const [coin] = coinsNamed('SOLUSDT');
    if (!coin) throw new Error('no coin');
    const history = new History(3, coin, new PricePath(3, coin, createCommonFactor(3)));
    const first = Math.floor(START / MINUTE) - 5000;
    const hours = [0, 60, 120].map((minute) => history.minute(first + minute));
    const before = structuredClone(hours);
    for (let other = 1; other <= 100; other++) history.minute(first - other * 60);
    expect([0, 60, 120].map((minute) => history.minute(first + minute))).toEqual(before);
  });
});
