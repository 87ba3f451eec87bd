import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundDecimal, sumDecimals } from './decimal-sum.ts';

test('sums keep every digit, whatever the signs and the lengths', () => {
  expect([
    sumDecimals([]),
    sumDecimals(['0.1', '0.2']),
    sumDecimals(['-1.5', '1.50']),
    sumDecimals(['90071992547409931', '0.00000001']),
    sumDecimals(['-0.005', '0.001']),
  ]).toEqual(['0', '0.3', '0.00', '90071992547409931.00000001', '-0.004']);
});

test('what is no number makes no sum, instead of a smaller one', () => {
  expect([sumDecimals(['1', '']), sumDecimals(['1e3']), roundDecimal('NaN', 2)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('rounding goes half away from zero and always to the digits asked for', () => {
  expect([
    roundDecimal('1.005', 2),
    roundDecimal('-1.005', 2),
    roundDecimal('-0.004', 2),
    roundDecimal('7', 2),
    roundDecimal('1234.5', 0),
  ]).toEqual(['1.01', '-1.01', '0.00', '7.00', '1235']);
});

test('the order of what is summed does not matter', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
    .map(([value, places]) => {
      const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
      const cut = digits.length - places;
      return `${value < 0n ? '-' : ''}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ''}`;
    });
  fc.assert(
    fc.property(fc.array(decimal, { maxLength: 12 }), (texts) => {
      expect(sumDecimals([...texts].reverse())).toBe(sumDecimals(texts));
    }),
    { numRuns: 200 },
  );
});
