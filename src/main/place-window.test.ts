import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasGrip } from '#shared/domain/window-grip.ts';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { type KeptPlace, type Place, placeWindow } from './place-window.ts';

const LEAST = { width: 960, height: 600 };
const at = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const display = (id: number, bounds = at(0, 0, 1920, 1080), bar = 40): Place => ({
  id,
  bounds,
  workArea: { ...bounds, height: bounds.height - bar },
});
const LEFT = display(1);
const RIGHT = display(2, at(1920, 0, 2560, 1440));
const kept = (bounds: KeptPlace['bounds'], on?: Place): KeptPlace =>
  on ? { bounds, display: { id: on.id, bounds: on.bounds } } : { bounds };

describe('a window stands', () => {
  test.each([
    [
      'where it stood',
      kept(at(2000, 100, 1300, 900), RIGHT),
      [LEFT, RIGHT],
      { bounds: at(2000, 100, 1300, 900) },
    ],
    [
      'across two displays, if it stood so',
      kept(at(1500, 100, 1300, 900), LEFT),
      [LEFT, RIGHT],
      { bounds: at(1500, 100, 1300, 900) },
    ],
    [
      'partly beyond the edge, if it can be gripped there',
      kept(at(-700, 100, 1300, 900), LEFT),
      [LEFT],
      { bounds: at(-700, 100, 1300, 900) },
    ],
    [
      'on the nearest display when its own is gone',
      kept(at(2000, 100, 1300, 900), RIGHT),
      [LEFT],
      { bounds: at(620, 100, 1300, 900), moved: 'display-gone' },
    ],
    [
      'on its own display, wherever that stands now',
      kept(at(2000, 100, 1300, 900), RIGHT),
      [LEFT, display(2, at(-2560, 0, 2560, 1440))],
      { bounds: at(-2480, 100, 1300, 900), moved: 'display-changed' },
    ],
    [
      'on the display of the same place, whose id a cable has changed',
      kept(at(2000, 100, 1300, 900), RIGHT),
      [LEFT, { ...RIGHT, id: 77 }],
      { bounds: at(2000, 100, 1300, 900) },
    ],
    [
      'smaller, on a display that has fewer points now (another scale)',
      kept(at(1930, 10, 2400, 1300), RIGHT),
      [display(2, at(1920, 0, 1280, 720))],
      { bounds: at(1920, 0, 1280, 680), moved: 'display-changed' },
    ],
    [
      'below the edge it was above of',
      kept(at(100, -500, 1300, 900), LEFT),
      [LEFT],
      { bounds: at(100, 0, 1300, 900), moved: 'display-changed' },
    ],
    [
      'as large as it is of use',
      kept(at(100, 100, 20, 1), LEFT),
      [LEFT],
      { bounds: at(100, 100, 960, 600), moved: 'display-changed' },
    ],
  ] as const)('%s', (_word, place, displays, expected) => {
    expect(placeWindow(place, displays, LEAST)).toEqual(expected);
  });
});

test('whatever was kept and whatever the displays, the window can be gripped and is no larger than they are', () => {
  const rectangle = fc.record({
    x: fc.integer({ min: -20_000, max: 20_000 }),
    y: fc.integer({ min: -20_000, max: 20_000 }),
    width: fc.integer({ min: 0, max: 20_000 }),
    height: fc.integer({ min: 0, max: 20_000 }),
  });
  const screens = fc.array(
    fc
      .record({
        id: fc.nat({ max: 5 }),
        x: fc.integer({ min: -8_000, max: 8_000 }),
        y: fc.integer({ min: -8_000, max: 8_000 }),
        width: fc.integer({ min: 320, max: 8_000 }),
        height: fc.integer({ min: 240, max: 5_000 }),
        bar: fc.integer({ min: 0, max: 80 }),
      })
      .map(({ id, bar, ...bounds }) => display(id, bounds, bar)),
    { minLength: 1, maxLength: 5 },
  );
  const place = fc
    .record({ bounds: rectangle, on: fc.option(fc.record({ id: fc.nat({ max: 5 }), bounds: rectangle })) })
    .map(({ bounds, on }): KeptPlace => (on ? { bounds, display: on } : { bounds }));
  for (const seed of seedsOf(3)) {
    fc.assert(
      fc.property(place, screens, (stood, displays) => {
        const { bounds } = placeWindow(stood, displays, LEAST);
        const areas = displays.map(({ workArea }) => workArea);
        expect(hasGrip(bounds, areas), replayOf(seed, 'src/main/place-window.test.ts')).toBe(true);
        // Placed twice it stays: a second start moves nothing.
        expect(placeWindow({ bounds }, displays, LEAST).bounds).toEqual(bounds);
      }),
      { seed, numRuns: 400 },
    );
  }
});
