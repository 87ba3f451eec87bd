import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { clampInto, hasGrip, type Rectangle } from './window-grip.ts';

const at = (x: number, y: number, width: number, height: number): Rectangle => ({ x, y, width, height });
const LEFT = at(0, 0, 1920, 1040);
const RIGHT = at(1920, 0, 2560, 1400);

describe('a window can be gripped', () => {
  test.each([
    ['with its whole title on a screen', at(100, 100, 800, 600), true],
    ['with 200 px of it at the left edge', at(-600, 100, 800, 600), true],
    ['not with 199', at(-601, 100, 800, 600), false],
    ['with 200 px of it at the right edge', at(1720, 100, 800, 600), true],
    ['not with 199 there', at(1721, 100, 800, 600), false],
    ['at the very top', at(100, 0, 800, 600), true],
    ['not from above it: the title is cut', at(100, -1, 800, 600), false],
    ['with the 40 px of a title above the bottom', at(100, 1000, 800, 600), true],
    ['not with 39', at(100, 1001, 800, 600), false],
    ['if it is smaller than a grip and all of it is there', at(1820, 1010, 100, 30), true],
    ['not if it is smaller and a part is beyond', at(1821, 1010, 100, 30), false],
  ])('%s', (_, window, expected) => {
    expect(hasGrip(window, [LEFT])).toBe(expected);
  });

  test('on any one of the screens, and on none where there is none', () => {
    const window = at(1800, 100, 800, 600);
    expect([hasGrip(window, [LEFT]), hasGrip(window, [LEFT, RIGHT]), hasGrip(window, [])]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('by no sum of parts: each of two screens shows too little', () => {
    expect(hasGrip(at(1820, 100, 200, 600), [LEFT, RIGHT])).toBe(false);
  });
});

describe('a window that is brought into an area', () => {
  const least = { width: 320, height: 200 };
  test.each([
    ['stays where all of it is there', at(10, 20, 800, 600), at(10, 20, 800, 600)],
    ['moves no farther than it has to', at(-50, 900, 800, 600), at(0, 440, 800, 600)],
    ['becomes as large as it is of use', at(10, 20, 3, 3), at(10, 20, 320, 200)],
    ['becomes no larger than the area', at(-9, -9, 9000, 9000), LEFT],
  ])('%s', (_, window, expected) => {
    expect(clampInto(window, LEFT, least)).toEqual(expected);
  });

  test('can be gripped, wherever it was and however small the area is', () => {
    const anywhere = fc.integer({ min: -30_000, max: 30_000 });
    const size = fc.integer({ min: 1, max: 10_000 });
    const rectangle = fc.record({ x: anywhere, y: anywhere, width: size, height: size });
    for (const seed of seedsOf(3)) {
      fc.assert(
        fc.property(rectangle, rectangle, (window, area) => {
          const clamped = clampInto(window, area, least);
          expect(hasGrip(clamped, [area]), replayOf(seed, 'src/shared/domain/window-grip.test.ts')).toBe(
            true,
          );
          expect(clampInto(clamped, area, least)).toEqual(clamped);
        }),
        { seed, numRuns: 300 },
      );
    }
  });
});
