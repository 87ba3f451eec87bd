import { expect, it } from 'vitest';
import { levelRows, spreadOf } from './level-rows.ts';

const bids = Float64Array.of(100, 5, 99, 7, 97, 1);
const asks = Float64Array.of(102, 2, 103, 3);

it('adds up quantities from the best level on, no further than shown', () => {
  expect([levelRows(bids, 2), levelRows(asks, 20), levelRows(new Float64Array(), 3)]).toEqual([
    { count: 2, totals: Float64Array.of(5, 12) },
    { count: 2, totals: Float64Array.of(2, 5) },
    { count: 0, totals: new Float64Array() },
  ]);
});

it('knows no spread while a side is empty', () => {
  expect([spreadOf(bids, asks), spreadOf(bids, new Float64Array())]).toEqual([2, Number.NaN]);
});
