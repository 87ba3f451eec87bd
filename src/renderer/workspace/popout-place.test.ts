import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasGrip } from '#shared/domain/window-grip.ts';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { type Box, placePopout, type ScreenArea } from './popout-place.ts';

const MAIN: ScreenArea = { availLeft: 0, availTop: 0, availWidth: 1920, availHeight: 1040 };
const RIGHT: ScreenArea = { availLeft: 1920, availTop: 0, availWidth: 2560, availHeight: 1400 };
const box = (left: number, top: number, width = 800, height = 600): Box => ({ left, top, width, height });

test.each([
  ['where it stood', box(2000, 100), [MAIN, RIGHT], { box: box(2000, 100), moved: false }],
  [
    'on the screen that is left when its own is gone',
    box(2000, 100),
    [MAIN],
    { box: box(1120, 100), moved: true },
  ],
  [
    'where it stood, if the browser tells of one of several screens alone',
    box(2000, 100),
    [{ ...MAIN, isExtended: true }],
    { box: box(2000, 100), moved: false },
  ],
  [
    'on the screen even so, if it stood where no screen can be',
    box(90_000, 100),
    [{ ...MAIN, isExtended: true }],
    { box: box(1120, 100), moved: true },
  ],
  ['below the top edge', box(100, -300), [MAIN], { box: box(100, 0), moved: true }],
  [
    'where it stood, if two hundred pixels of its title are on the screen',
    box(1720, 100),
    [MAIN],
    { box: box(1720, 100), moved: false },
  ],
  [
    'wholly on the screen, if less than that is: the shell would move it as well',
    box(1721, 100),
    [MAIN],
    { box: box(1120, 100), moved: true },
  ],
  ['no larger than a screen', box(0, 0, 9000, 9000), [MAIN], { box: box(0, 0, 1920, 1040), moved: true }],
  ['as large as it is of use', box(0, 0, 3, 3), [MAIN], { box: box(0, 0, 320, 200), moved: true }],
  ['in the middle when nothing was saved', undefined, [MAIN], { box: box(600, 280, 720, 480), moved: false }],
  [
    'in the middle, with a word, when what was saved is none',
    { left: Number.NaN, top: 0, width: 1, height: 'x' } as unknown as Box,
    [MAIN],
    { box: box(600, 280, 720, 480), moved: true },
  ],
  ['as it is where no screen is known', box(5, 5), [], { box: box(5, 5), moved: false }],
] as const)('a pop-out is opened %s', (_word, saved, screens, expected) => {
  expect(placePopout(saved, screens)).toEqual(expected);
});

test('whatever was saved and whatever the screens, it can be gripped on one of them', () => {
  const number = fc.integer({ min: -30_000, max: 30_000 });
  const saved = fc.record({ left: number, top: number, width: number, height: number });
  const screen = fc.record({
    availLeft: fc.integer({ min: -8_000, max: 8_000 }),
    availTop: fc.integer({ min: -8_000, max: 8_000 }),
    availWidth: fc.integer({ min: 320, max: 8_000 }),
    availHeight: fc.integer({ min: 240, max: 5_000 }),
  });
  for (const seed of seedsOf(3)) {
    fc.assert(
      fc.property(saved, fc.array(screen, { minLength: 1, maxLength: 4 }), (stood, screens) => {
        const { box: placed } = placePopout(stood, screens);
        const areas = screens.map(({ availLeft, availTop, availWidth, availHeight }) => ({
          x: availLeft,
          y: availTop,
          width: availWidth,
          height: availHeight,
        }));
        const { left: x, top: y, width, height } = placed;
        const isGripped = hasGrip({ x, y, width, height }, areas);
        expect(isGripped, replayOf(seed, 'src/renderer/workspace/popout-place.test.ts')).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
  }
});
