import Big from 'big.js';
import { expect, test } from 'vitest';
import { ceilToStep, floorToStep, plainBig, quotient, quotientUp } from './exact-decimal.ts';

test('what is divided is never reckoned too high, and what has to be paid never too low', () => {
  const third = [new Big(1), new Big(3)] as const;
  const tiny = [new Big('1e-22'), new Big(125)] as const;
  expect([
    quotient(...third)
      .times(3)
      .lt(1),
    quotientUp(...third)
      .times(3)
      .gt(1),
    quotientUp(...tiny).eq('8e-25'),
    quotientUp(new Big('1e-50'), new Big(7)).gt(0),
  ]).toEqual([true, true, true, true]);
});

test('steps are exact however many digits there are', () => {
  const value = new Big('123456789012345678.999999999999999999');
  const step = new Big('0.00000001');
  expect([floorToStep(value, step).toFixed(), ceilToStep(value, step).toFixed()]).toEqual([
    '123456789012345678.99999999',
    '123456789012345679',
  ]);
});

test.each(['', '.', '1.', '.1', '-1', '+1', '01', '1e3', '１', '1,0', ' 1', '1\n', 'NaN', '9'.repeat(41)])(
  '%j is no plain decimal',
  (text) => {
    expect(plainBig(text)).toBeUndefined();
  },
);
