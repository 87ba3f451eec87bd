import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareDecimals } from './compare-decimals.ts';
import { formatExact, formatExactSigned, moveOf } from './format-exact.ts';

it('shows decimal texts digit for digit, beyond what a float holds', () => {
  expect([
    formatExact('12345678901234567.123456789'),
    formatExact('-0.00000001'),
    formatExact('83860.205', 2),
    formatExact('-83860.205', 2),
    formatExact('999.995', 2),
    formatExact('0.999', 2, 'down'),
    formatExact('5', 2),
    formatExact('-0.001', 2),
    formatExact('1234.5', 0),
    formatExact(undefined, 2),
    formatExact('n/a', 2),
  ]).toEqual([
    '12,345,678,901,234,567.123456789',
    '−0.00000001',
    '83,860.21',
    '−83,860.21',
    '1,000.00',
    '0.99',
    '5.00',
    '0.00',
    '1,235',
    '—',
    'n/a',
  ]);
});

it('gives a change its sign always, except on zero', () => {
  expect([
    ...['54.675', '-18.2', '0', '0.001', '-0'].map((text) => formatExactSigned(text, 2)),
    formatExactSigned(undefined, 2),
  ]).toEqual(['+54.68', '−18.20', '0.00', '0.00', '0.00', '—']);
  expect(['1', '-1', '0.000', '-0.0', undefined].map(moveOf)).toEqual(['up', 'down', 'flat', 'flat', 'flat']);
});

it('orders decimals by value, as their floats where those can tell', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 999_999 }))
    .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(6, '0')}`);
  fc.assert(
    fc.property(decimal, decimal, (one, other) => {
      expect(Math.sign(compareDecimals(one, other))).toBe(Math.sign(Number(one) - Number(other)));
    }),
  );
  expect([
    compareDecimals('12345678901234567.1', '12345678901234567.2') < 0,
    compareDecimals('-0', '0.00'),
    compareDecimals('007', '7.0'),
    compareDecimals('-2', '-10') > 0,
  ]).toEqual([true, 0, 0, true]);
});
