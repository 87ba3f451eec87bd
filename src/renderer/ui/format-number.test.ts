import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatCompact,
  formatDecimal,
  formatRate,
  formatScaled,
  formatSigned,
  formatSignificant,
} from './format-number.ts';
import { setManner } from './manner.ts';

describe('numbers on the screen', () => {
  it('keep the decimals of the tick and group thousands', () => {
    expect([
      formatDecimal(83860.2, 1),
      formatDecimal(83860.2, 2),
      formatDecimal(116539000, 0),
      formatDecimal(0.91, 4),
      formatDecimal(-12.5, 1),
    ]).toEqual(['83,860.2', '83,860.20', '116,539,000', '0.9100', '−12.5']);
  });

  it('show every digit there is while the decimals are not known, never fewer', () => {
    expect([
      formatDecimal(83860.25, undefined),
      formatDecimal(0.00000123, undefined),
      formatDecimal(-1234567, undefined),
      formatDecimal(0, undefined),
      formatDecimal(Number.NaN, undefined),
    ]).toEqual(['83,860.25', '0.00000123', '−1,234,567', '0', '—']);
  });

  it('show an em dash for everything not known', () => {
    expect([
      formatDecimal(Number.NaN, 2),
      formatDecimal(undefined, 2),
      formatDecimal(Infinity, 2),
      formatSigned(Number.NaN, 2),
      formatChange(Number.NaN, 100),
      formatChange(100, 0),
      formatCompact(Number.NaN, 'en'),
      formatRate(Number.NaN, 4),
      formatScaled(Number.NaN, 2),
    ]).toEqual(Array(9).fill('—'));
  });

  it('sign every change, except one that rounds to zero', () => {
    expect([
      formatChange(101.84, 100),
      formatChange(97.9, 100),
      formatChange(100, 100),
      formatChange(100.001, 100),
      formatChange(99.999, 100),
      formatRate(0.0001, 4),
      formatRate(-0.000125, 4),
    ]).toEqual(['+1.84%', '−2.10%', '0.00%', '0.00%', '0.00%', '+0.0100%', '−0.0125%']);
  });

  it('write book levels digit for digit, also where a float would not hold them', () => {
    expect([
      formatScaled(8386020, 2),
      formatScaled(5, 3),
      formatScaled(1000, 0),
      formatScaled(999, 0),
      formatScaled(1234567, 0),
      formatScaled(900719925474099, 8),
      formatScaled(-123456, 2),
    ]).toEqual(['83,860.20', '0.005', '1,000', '999', '1,234,567', '9,007,199.25474099', '−1,234.56']);
  });

  it('compact in thousands for English and in ten thousands for Korean', () => {
    const values = [
      0, 0.5, 12.34, 999, 1_234, 45_600, 999_960, 1_234_567, 98_765_432, 1.5e9, 2.25e12, -45_600,
    ];
    expect(values.map((value) => formatCompact(value, 'en'))).toEqual([
      '0.00',
      '0.5000',
      '12.3',
      '999',
      '1.23K',
      '45.6K',
      '1.00M',
      '1.23M',
      '98.8M',
      '1.50B',
      '2.25T',
      '−45.6K',
    ]);
    expect(values.map((value) => formatCompact(value, 'ko'))).toEqual([
      '0.00',
      '0.5000',
      '12.3',
      '999',
      '1,234',
      '4.56만',
      '100만',
      '123만',
      '9,877만',
      '15.0억',
      '2.25조',
      '−4.56만',
    ]);
  });
});

it('compacts as the settings say, whatever the language', () => {
  const both = () => [
    formatCompact(1_234_567, 'en'),
    formatCompact(1_234_567, 'ko'),
    formatCompact(2.5e8, 'en'),
  ];
  setManner({ timeZone: 'local', numbers: 'western' });
  const western = both();
  setManner({ timeZone: 'local', numbers: 'korean' });
  const korean = both();
  setManner({ timeZone: 'local', numbers: 'auto' });
  expect({ western, korean, auto: both() }).toEqual({
    western: ['1.23M', '1.23M', '250M'],
    korean: ['123만', '123만', '2.50억'],
    auto: ['1.23M', '123만', '250M'],
  });
});

it('keeps of a computed figure the digits that say something', () => {
  expect([
    formatSignificant(0.000123456, 3),
    formatSignificant(1234.5678, 5),
    formatSignificant(Number.NaN, 3),
    formatSignificant(undefined, 3),
  ]).toEqual(['0.000123', '1,234.6', '—', '—']);
});
