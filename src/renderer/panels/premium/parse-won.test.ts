import { expect, it } from 'vitest';
import { parseWon } from './parse-won.ts';

it('reads sums as people type them in both languages', () => {
  const typed = [
    '15,000,000',
    '15M',
    '1.5b',
    '1500만',
    '1억 5천만',
    '3천만원',
    '₩20000',
    '2백만',
    '5000만 KRW',
  ];
  expect(typed.map(parseWon)).toEqual([15e6, 15e6, 1.5e9, 15e6, 1.5e8, 3e7, 20_000, 2e6, 5e7]);
});

it('takes nothing for a sum that is none, or that the engine would refuse', () => {
  const typed = ['', 'abc', '1M2B', '만', '1.2.3', '-5M', '9999', '2조', '1e9', '5만5만'];
  expect(typed.map(parseWon)).toEqual(typed.map(() => undefined));
});
