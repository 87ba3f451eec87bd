import { expect, it } from 'vitest';
import { sparkPath } from './spark-path.ts';

it('draws known stretches only, the newest at the right edge, with zero where it is in sight', () => {
  expect(
    sparkPath([0.01, Number.NaN, -0.01, 0], { slots: 4, width: 30, height: 10, leastSpan: 0.002 }),
  ).toEqual({
    d: 'M0 0M20 10L30 5',
    zero: 5,
    end: { x: 30, y: 5 },
  });
});

it('does not blow a calm hour up to the whole height, and draws nothing of nothing', () => {
  const box = { slots: 60, width: 59, height: 10, leastSpan: 0.002 };
  expect([sparkPath([0.02, 0.02], box), sparkPath([Number.NaN], box)]).toEqual([
    { d: 'M58 5L59 5', zero: undefined, end: { x: 59, y: 5 } },
    { d: '', zero: undefined, end: undefined },
  ]);
});
