import { describe, expect, it } from 'vitest';
import { formatAverage, formatPrice, formatScaledPrice } from './format-price.ts';

const won = {
  tickSize: '0.0001',
  tickBands: [
    { from: '0', tick: '0.0001' },
    { from: '10', tick: '0.01' },
    { from: '100', tick: '0.1' },
    { from: '1000', tick: '1' },
    { from: '1000000', tick: '500' },
  ],
};
const dollars = { tickSize: '0.10' };

describe('prices on the screen', () => {
  it('have the decimals of the tick where they stand', () => {
    expect([
      [116_539_000, 3_412, 412.5, 41.2, 0.0123].map((price) => formatPrice(won, price)),
      [83_860.2, 41].map((price) => formatPrice(dollars, price)),
    ]).toEqual([
      ['116,539,000', '3,412', '412.5', '41.20', '0.0123'],
      ['83,860.20', '41.00'],
    ]);
  });

  it('are an em dash while unknown, and whole while the instrument is', () => {
    expect([
      formatPrice(won, Number.NaN),
      formatPrice(undefined, undefined),
      formatPrice(undefined, 412.55),
    ]).toEqual(['—', '—', '412.55']);
  });

  it('of a book lose the zeros its scale carries and no other digit', () => {
    expect([
      formatScaledPrice(won, 1_165_390_000_000, 4),
      formatScaledPrice(won, 4_125_000, 4),
      // The venue sent what its own bands do not allow: shown as it came.
      formatScaledPrice(won, 4_125_500, 4),
      formatScaledPrice(won, 123, 4),
      formatScaledPrice(dollars, 838_602, 1),
      formatScaledPrice(undefined, 4_125_000, 4),
      // A spread of 0.09 across the bound at 10, and one of 500 at a million.
      formatScaledPrice(won, 900, 4, 100_000),
      formatScaledPrice(won, 5_000_000, 4, 10_000_000_000),
      formatScaledPrice(won, Number.NaN, 4),
    ]).toEqual(['116,539,000', '412.5', '412.55', '0.0123', '83,860.2', '412.5000', '0.09', '500', '—']);
  });

  it('of several fills lose the zeros a venue pads them with, and keep two digits beyond the tick', () => {
    expect([
      formatAverage(dollars, '83275.50000'),
      formatAverage(dollars, '83275.533333333'),
      formatAverage(dollars, '83275'),
      formatAverage(won, '2202.5'),
      formatAverage(won, '116539000.00000000'),
      formatAverage(undefined, '0.12300'),
      formatAverage(dollars, undefined),
    ]).toEqual(['83,275.50', '83,275.5333', '83,275.00', '2,202.5', '116,539,000', '0.123', '—']);
  });
});
