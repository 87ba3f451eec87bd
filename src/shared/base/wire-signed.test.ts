import { expect, test } from 'vitest';
import * as signed from './wire-signed.ts';

test.each([
  ['0.50', '0.50'],
  ['-0.50', '-0.50'],
  ['12345678901234567.000000001', '12345678901234567.000000001'],
  ['0E-8', '0.00000000'],
  ['-1.5e-7', '-0.00000015'],
  [1.5, '1.5'],
  [-3, '-3'],
  [1e-7, '0.0000001'],
])('%s is the decimal %s', (value, text) => {
  expect(signed.signedText({ value }, 'value')).toBe(text);
});

test.each([
  undefined,
  null,
  '',
  'NaN',
  '1e400',
  '--1',
  '1,5',
  ' 1',
  '0x1',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  {},
  '1'.repeat(41),
])('%s is none', (value) => {
  expect(() => signed.signedText({ value }, 'value')).toThrow(/value is no decimal/);
});

test('nothing to say is absent, and so is a zero where it means nothing', () => {
  const blanks = [undefined, null, '', '0', '0.000', '-0.0', '1', '-0.01'];
  expect([
    blanks.map((value) => signed.signedTextIfAny({ value }, 'value')),
    blanks.map((value) => signed.signedTextUnlessZero({ value }, 'value')),
  ]).toEqual([
    [undefined, undefined, undefined, '0', '0.000', '-0.0', '1', '-0.01'],
    [undefined, undefined, undefined, undefined, undefined, undefined, '1', '-0.01'],
  ]);
  expect(() => signed.signedTextIfAny({ value: 'none' }, 'value')).toThrow(/no decimal/);
  expect(() => signed.textIfAny({ value: 7 }, 'value')).toThrow(/no text/);
});

test('the other sign', () => {
  expect(['1.5', '-1.5', '0', '0.00'].map(signed.negated)).toEqual(['-1.5', '1.5', '0', '0.00']);
});
