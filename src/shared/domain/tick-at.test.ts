import { expect, test } from 'vitest';
import { priceDigitsAt, tickAt } from './tick-at.ts';

const won = {
  tickSize: '0.01',
  tickBands: [
    { from: '0', tick: '0.01' },
    { from: '10', tick: '0.1' },
    { from: '100', tick: '1' },
    { from: '1000000', tick: '1000' },
  ],
};

test.each([
  [won, 9.99, '0.01', 2],
  [won, 10, '0.1', 1],
  [won, 999_999, '1', 0],
  [won, 116_539_000, '1000', 0],
  [won, Number.NaN, '0.01', 2],
  [{ tickSize: '0.1' }, 61_800.2, '0.1', 1],
])('%j: a price of %d moves by %s and shows %i digits', (instrument, price, tick, digits) => {
  expect([tickAt(instrument, price), priceDigitsAt(instrument, price)]).toEqual([tick, digits]);
});
