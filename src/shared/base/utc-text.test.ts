import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { msOfHttpDate, msOfUtcText, utcText } from './utc-text.ts';

describe('UTC text', () => {
  test.each([
    ['2026-07-30T07:45:00', 1_785_397_500_000],
    ['2026-07-30 07:45:00', 1_785_397_500_000],
    ['1970-01-01T00:00:00', 0],
    ['2026-02-30T00:00:00', undefined],
    ['2026-07-30T24:00:00', undefined],
    ['2026-07-30T07:45', undefined],
    ['2026-07-30T07:45:00Z', undefined],
    ['0012-07-30T07:45:00', undefined],
    ['', undefined],
  ])('%j is %s', (text, ms) => {
    expect(msOfUtcText(text)).toBe(ms);
  });

  test('every second of four centuries comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_622_780_800 }), (second) => {
        expect(msOfUtcText(utcText(second * 1_000 + 7))).toBe(second * 1_000);
      }),
    );
  });

  test.each([
    ['Wed, 23 Sep 2026 03:39:02 GMT', 1_790_134_742_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Wed, 99 Sep 2026 03:39:02 GMT', undefined],
    ['2026-09-23T03:39:02Z', undefined],
    ['Wed Sep 23 2026', undefined],
    ['', undefined],
  ])('the HTTP date %j is %s', (text, ms) => {
    expect(msOfHttpDate(text)).toBe(ms);
  });
});
