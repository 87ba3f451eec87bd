import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilOf, dateTimeText, httpDate, KST_OFFSET_MS, parseDateTime, timeOf } from './korean-time.ts';

describe('calendar texts', () => {
  it('agree with the calendar of the machine, from 1970 to 2096', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (time) => {
        const date = new Date(time);
        expect(dateTimeText(time)).toBe(date.toISOString().slice(0, 19));
        expect(httpDate(time)).toBe(date.toUTCString());
        expect(timeOf(civilOf(time))).toBe(Math.floor(time / 1000) * 1000);
        expect(parseDateTime(dateTimeText(time), 0)).toBe(Math.floor(time / 1000) * 1000);
      }),
    );
  });

  it('are read with or without a zone, and refused when they are no date', () => {
    const noon = Date.UTC(2026, 10, 21, 12);
    expect(
      [
        '2026-11-21T12:00:00',
        '2026-11-21 12:00:00',
        '2026-11-21T12:00:00Z',
        '2026-11-21T21:00:00+09:00',
        '2026-11-21T21:00:00 09:00',
        '2026-11-21T12:00:00.250Z',
      ].map((text) => (parseDateTime(text, 0) ?? Number.NaN) - noon),
    ).toEqual([0, 0, 0, 0, 0, 250]);
    expect(parseDateTime('2026-11-21 21:00:00', KST_OFFSET_MS)).toBe(noon);
    expect(
      ['2026-02-30T00:00:00', '2026-13-01T00:00:00', '2026-11-21', 'now', '1795219200000'].map((text) =>
        parseDateTime(text, 0),
      ),
    ).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
