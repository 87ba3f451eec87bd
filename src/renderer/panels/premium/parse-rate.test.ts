import { expect, it } from 'vitest';
import { isFarOff, parseRate } from './parse-rate.ts';

it('reads a rate as typed, and nothing else for one', () => {
  expect(
    ['1392.4', '1,392', ' 1400 ', '0.5', '', 'abc', '-1400', '1e3', '100001', '1.2.3'].map(parseRate),
  ).toEqual([1392.4, 1392, 1400, ...Array(7).fill(undefined)]);
});

it('calls a rate far off that no known price of a dollar comes near; where none is known, none is', () => {
  expect([
    isFarOff(13_924, [1400, 1405]),
    isFarOff(1392, [1400, Number.NaN]),
    isFarOff(1392, [1400, 9000]),
    isFarOff(13_924, [Number.NaN]),
    isFarOff(13_924, []),
  ]).toEqual([true, false, false, false, false]);
});
