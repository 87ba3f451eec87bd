import { describe, expect, test } from 'vitest';
import { CELL_MS, createHeatGrid } from './heat-grid.ts';

const T0 = 1_700_000_000_000;
const DAY = 86_400_000;

/** Longest silences as told, one cell after the other from `from` on. */
function fed(grid: ReturnType<typeof createHeatGrid>, from: number, silences: readonly number[]) {
  for (const [index, longestSilenceMs] of silences.entries()) {
    grid.note('trade a', 'plain/all', from + index * CELL_MS, {
      medianMs: 1,
      p99Ms: 2,
      longestSilenceMs,
      perSecond: 1,
    });
  }
}
const read = (grid: ReturnType<typeof createHeatGrid>, from: number, columns: number) => [
  ...grid.read({ measure: 'silence', from, to: from + columns * CELL_MS, columns }).values,
];

describe('the heat grid', () => {
  test.each([
    ['an hour', DAY / 24],
    ['a day', DAY],
  ])('goes on after the system clock was set back by %s, without what the wrong clock told', (_by, byMs) => {
    const grid = createHeatGrid();
    fed(grid, T0, [1, 2, 3]);
    fed(grid, T0 - byMs, [4, 5, 6]);
    expect([read(grid, T0 - byMs, 4), read(grid, T0, 3)]).toEqual([
      [4, 5, 6, Number.NaN],
      [Number.NaN, Number.NaN, Number.NaN],
    ]);
  });

  test('keeps each of the cells of two hours, however they came in', () => {
    const grid = createHeatGrid();
    const silences = Array.from({ length: 720 }, (_, index) => index + 1);
    fed(grid, T0, silences.slice(0, 100));
    fed(grid, T0 + 130 * CELL_MS, silences.slice(130, 400));
    fed(grid, T0 + 400 * CELL_MS, silences.slice(400));
    expect(read(grid, T0, 720)).toEqual(
      silences.map((silence, index) => (index >= 100 && index < 130 ? Number.NaN : silence)),
    );
  });

  test('keeps two hours, and nothing of a round before looks like now', () => {
    const grid = createHeatGrid();
    fed(grid, T0, [1, 2, 3]);
    fed(grid, T0 + 2 * 3_600_000 + CELL_MS, [7]);
    expect(read(grid, T0, 4)).toEqual([Number.NaN, Number.NaN, 3, Number.NaN]);
  });
});
