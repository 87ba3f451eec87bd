import { expect, it } from 'vitest';
import { wonText } from './won-text.ts';

it('says a round sum without the zeros behind the point', () => {
  const sums = [1e6, 1e7, 1e8, 1.5e8, 15_000, 1e9];
  expect([sums.map((sum) => wonText(sum, 'en')), sums.map((sum) => wonText(sum, 'ko'))]).toEqual([
    ['1M', '10M', '100M', '150M', '15K', '1B'],
    ['100만', '1,000만', '1억', '1.5억', '1.5만', '10억'],
  ]);
});
