import { expect, test } from 'vitest';
import { msOfZonedText } from './zoned-time.ts';

test.each([
  ['2026-11-21T14:20:00+09:00', '2026-11-21T05:20:00.000Z'],
  ['2026-11-21T14:20:00.597751+09:00', '2026-11-21T05:20:00.597Z'],
  ['2026-11-21T05:20:00Z', '2026-11-21T05:20:00.000Z'],
  ['2026-11-20T23:50:00.5-05:30', '2026-11-21T05:20:00.500Z'],
])('%s is %s', (text, utc) => {
  expect(msOfZonedText(text)).toBe(Date.parse(utc));
});

test.each([
  '2026-11-21T14:20:00',
  '2026-02-30T14:20:00Z',
  '2026-11-21T14:20:00+25:00',
  '2026-11-21T14:20:00+09:99',
  '1795000000000',
  '',
])('%s is no time with a zone', (text) => {
  expect(msOfZonedText(text)).toBeUndefined();
});
