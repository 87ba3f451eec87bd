import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOnTick, nearestTicks } from './nearest-ticks.ts';
import { perp, won } from './test-kit/small-order.ts';

/** Bands whose borders are on neither step. */
const odd = {
  tickSize: '0.3',
  tickBands: [
    { from: '0', tick: '0.3' },
    { from: '10', tick: '7' },
    { from: '15', tick: '4' },
  ],
};

test.each([
  [perp, '1000', '1000', '1000'],
  [perp, '1000.07', '1000', '1000.1'],
  [perp, '0.05', undefined, '0.1'],
  [won, '99.95', '99.9', '100'],
  [won, '4999.5', '4999', '5000'],
  [won, '5001', '5000', '5005'],
  [won, '9.999999999999999999999', '9.99', '10'],
  [odd, '10', '9.9', '14'],
  [odd, '14.5', '14', '16'],
  [odd, '15.5', '14', '16'],
])('%# beside %s … %s lie %s and %s', (instrument, price, below, above) => {
  expect(nearestTicks(instrument, price)).toEqual({ ...(below !== undefined && { below }), above });
});

test('both neighbours may be ordered at, and nothing between them', () => {
  const price = fc.integer({ min: 1, max: 2_000_000 }).map((cents) => new Big(cents).div(200));
  fc.assert(
    fc.property(fc.constantFrom(perp, won, odd), price, price, (instrument, asked, other) => {
      const { below, above } = nearestTicks(instrument, asked);
      const isBetween = other.gt(below ?? 0) && other.lt(above);
      return (
        isOnTick(instrument, new Big(above)) &&
        (below === undefined || (isOnTick(instrument, new Big(below)) && asked.gte(below))) &&
        asked.lte(above) &&
        !(isBetween && isOnTick(instrument, other))
      );
    }),
  );
});
