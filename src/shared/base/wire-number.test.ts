import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaleNumberLevels } from './number-levels.ts';
import { digits, epochMicros, epochMs, numeric, plainDecimal, wireNumber } from './wire-number.ts';

const NOTHING_KNOWN = { priceScale: 0, quantityScale: 0 };

describe('numbers of a wire', () => {
  test.each([
    ['1.16539E8', '116539000'],
    ['7.9276E-4', '0.00079276'],
    ['7.90E-4', '0.000790'],
    [5e-8, '0.00000005'],
    [1e21, '1000000000000000000000'],
    ['12.5e+1', '125'],
    ['0012.50', '12.50'],
    ['0.0', '0.0'],
    ['0e5', '0'],
    [116_539_000, '116539000'],
  ])('%s is written %s', (value, text) => {
    expect(plainDecimal(value)).toBe(text);
  });

  test.each([
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '-1',
    '',
    '1e400',
    '1e',
    '.5',
    '5.',
    '0x10',
    null,
    true,
    {},
  ])('%j is none', (value) => {
    expect(wireNumber(value)).toBeUndefined();
    expect(() => numeric({ value }, 'value')).toThrow(/value is no number/);
  });

  test('ids keep every digit', () => {
    const ids = [1_617_646_620_000_000, '17901347431230001', '1790134743123000123', 0];
    expect(ids.map((id) => digits({ id }, 'id'))).toEqual(ids.map(String));
    for (const id of ['017', '1.5', '1e5', '', -1, 2 ** 60, 1.5, null]) {
      expect(() => digits({ id }, 'id')).toThrow(/whole number/);
    }
  });

  test('times in ms and in µs are the same time', () => {
    expect(
      [1_790_133_505_546, 1_790_133_505_546_514, '1790133505546514'].map((at) => [
        epochMs({ at }, 'at'),
        epochMicros({ at }, 'at'),
      ]),
    ).toEqual([
      [1_790_133_505_546, 1_790_133_505_546_000],
      [1_790_133_505_546, 1_790_133_505_546_514],
      [1_790_133_505_546, 1_790_133_505_546_514],
    ]);
    expect(() => epochMs({ at: '17901335055465140000' }, 'at')).toThrow(/no time/);
  });
});

describe('levels of numbers', () => {
  const both = (levels: readonly (number | string)[], least = NOTHING_KNOWN) => {
    const { priceScale, quantityScale, bids } = scaleNumberLevels(levels, [], least);
    return [priceScale, quantityScale, ...bids];
  };

  test('become exact integers at the scales they need', () => {
    expect(both([116_539_000, 0.0007772, 116_538_000, '12103375.77710546'])).toEqual([
      0, 8, 116_539_000, 77_720, 116_538_000, 1_210_337_577_710_546,
    ]);
  });

  test('keep the scales known before, unless those would break an integer', () => {
    expect(both([41.5, 3], { priceScale: 2, quantityScale: 8 })).toEqual([2, 8, 4_150, 300_000_000]);
    expect(both([116_539_000, 3], { priceScale: 8, quantityScale: 8 })).toEqual([0, 0, 116_539_000, 3]);
  });

  test('of a coin worth next to nothing keep what fits, and no order vanishes', () => {
    expect(both([0.0005, '812345678901.12345678', 0.0004, 1e-8])).toEqual([
      4, 4, 5, 8_123_456_789_011_234, 4, 1,
    ]);
  });

  test('refuse a price that no exact integer holds', () => {
    expect(() => both(['90071992547409930.1', 1])).toThrow(/exact integer/);
    expect(() => both([`0.${'0'.repeat(20)}1`, 1])).toThrow(/too many digits/);
  });

  test('are equal to what the digits say, however they are spelt', () => {
    const parts = fc.tuple(
      fc.nat({ max: 89_999_999 }),
      fc.nat({ max: 99_999_999 }),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(parts, ([whole, part, shift]) => {
        const text = `${whole}.${String(part).padStart(8, '0')}`;
        const exact = BigInt(whole) * 100_000_000n + BigInt(part);
        const spelt = `${text}e${shift}`;
        if (exact === 0n) return;
        const [, quantityScale, , scaled] = both([1, Number(text)]) as [number, number, number, number];
        const [, otherScale, , other] = both([1, spelt]) as [number, number, number, number];
        if (exact < 10n ** 15n) expect(BigInt(scaled) * 10n ** BigInt(8 - quantityScale)).toBe(exact);
        expect(BigInt(other) * 10n ** BigInt(11 - otherScale)).toBe(exact * 10n ** BigInt(3 + shift));
      }),
      { numRuns: 2_000 },
    );
  });
});
