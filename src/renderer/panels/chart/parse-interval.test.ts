import { expect, it } from 'vitest';
import { parseInterval } from './parse-interval.ts';

it('reads intervals the way people type them', () => {
  const typed = [
    '1',
    '15',
    '60',
    '240',
    '1440',
    '10080',
    '4h',
    '4H',
    '1D',
    '1M',
    '1m',
    ',30',
    '4ㅗ',
    '7',
    '',
    '5x',
  ];
  expect(typed.map(parseInterval)).toEqual([
    '1m',
    '15m',
    '1h',
    '4h',
    '1d',
    '1w',
    '4h',
    '4h',
    '1d',
    '1M',
    '1m',
    '30m',
    '4h',
    undefined,
    undefined,
    undefined,
  ]);
});
