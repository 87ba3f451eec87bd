import { expect, it } from 'vitest';
import { nextPlace } from './part-keys.ts';

it('goes round the parts of a window either way, and from nowhere to an end', () => {
  expect([
    nextPlace(0, 3, 1),
    nextPlace(2, 3, 1),
    nextPlace(0, 3, -1),
    nextPlace(-1, 3, 1),
    nextPlace(-1, 3, -1),
    nextPlace(0, 1, 1),
  ]).toEqual([1, 0, 2, 0, 2, 0]);
});
