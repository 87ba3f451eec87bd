import { expect, test, vi } from 'vitest';
import type { HealthShape } from '#shared/domain/health-kind.ts';
import { SHAPE_CHARACTERS } from '#shared/domain/health-kind.ts';
import { drawShape } from './health-icon.ts';

vi.mock('electron', () => import('./test-kit/electron-double.ts'));

const SHAPES = Object.keys(SHAPE_CHARACTERS) as HealthShape[];

/** How much of each pixel is covered, 0 to 9, as a picture one can read. */
function picture(shape: HealthShape, edge: number): string {
  const pixels = drawShape(shape, edge, [255, 255, 255]);
  return Array.from({ length: edge }, (_, row) =>
    Array.from({ length: edge }, (_unused, column) => {
      const alpha = pixels[(row * edge + column) * 4 + 3] ?? 0;
      return alpha > 127 ? '#' : '.';
    }).join(''),
  ).join('\n');
}

test('every shape is told from every other without any colour, at the size of a tray', () => {
  const drawn = SHAPES.map((shape) => picture(shape, 18));
  const differences = drawn.flatMap((one, at) =>
    drawn.slice(at + 1).map((other) => [...one].filter((pixel, index) => pixel !== other[index]).length),
  );
  // A twelfth of all pixels.
  expect(Math.min(...differences)).toBeGreaterThan((18 * 18) / 12);
});

test('the triangle stands on its base, and of half a disc the left half is full', () => {
  const widths = picture('triangle', 18)
    .split('\n')
    .map((row) => row.replaceAll('.', '').length)
    .filter((width) => width > 0);
  expect(widths).toEqual([...widths].sort((one, other) => one - other));
  const middle = picture('half', 18).split('\n')[9] ?? '';
  expect([middle.slice(2, 9), middle.slice(10, 14)]).toEqual(['#######', '....']);
});

test('colours are multiplied by alpha, in the order of a bitmap', () => {
  const pixels = drawShape('disc', 18, [10, 20, 30]);
  const middle = (9 * 18 + 9) * 4;
  expect([...pixels.subarray(middle, middle + 4), ...pixels.subarray(0, 4)]).toEqual([
    30, 20, 10, 255, 0, 0, 0, 0,
  ]);
});
