import { expect, it } from 'vitest';
import { heatBounds, heatLevel } from './heat-levels.ts';

it('calls a cell by its bounds, each bound still being the better level', () => {
  const levels = (['latency', 'silence'] as const).map((measure) => {
    const [good, fair, late] = heatBounds(measure);
    return [0, good, good + 1, fair, late, late + 1].map((value) => heatLevel(measure, value));
  });
  const expected = ['good', 'good', 'fair', 'fair', 'late', 'bad'];
  expect(levels).toEqual([expected, expected]);
});

it('never calls what is not known good, and tells a standstill from a low rate', () => {
  expect([
    heatLevel('latency', Number.NaN),
    heatLevel('silence', Number.NaN),
    heatLevel('rate', Number.NaN),
    heatLevel('rate', 0),
    heatLevel('rate', 0.1),
  ]).toEqual(['unknown', 'unknown', 'unknown', 'late', 'good']);
});
