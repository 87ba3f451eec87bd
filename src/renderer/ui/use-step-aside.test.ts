import { expect, test } from 'vitest';
import { isOver } from './use-step-aside.ts';

const area = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('a toast goes aside for a control it touches, not for one beside it nor for a part wider than any toast', () => {
  const toast = area(1_248, 40, 340, 90);
  expect(
    [
      area(1_560, 44, 24, 24),
      area(1_200, 100, 60, 24),
      area(1_560, 130, 24, 24),
      area(700, 40, 900, 400),
    ].map((under) => isOver(toast, under)),
  ).toEqual([true, true, false, false]);
});
