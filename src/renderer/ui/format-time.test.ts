import { afterEach, describe, expect, it } from 'vitest';
import {
  formatAge,
  formatClock,
  formatCountdown,
  formatDay,
  formatFull,
  formatMinute,
  formatMoment,
  formatMonth,
  formatSeconds,
  formatUtc,
  machineTime,
  tradingDayStart,
  zoneName,
  zoneOffsetSeconds,
} from './format-time.ts';
import { setManner } from './manner.ts';

const NOON_UTC = Date.UTC(2026, 2, 1, 12, 4, 9);

describe('times on the screen', () => {
  it('are local, with UTC one hover away', () => {
    expect([
      formatClock(NOON_UTC, 'Asia/Seoul'),
      formatMinute(NOON_UTC, 'Asia/Seoul'),
      formatDay(NOON_UTC, 'Asia/Seoul'),
      formatMonth(NOON_UTC, 'Asia/Seoul'),
      formatFull(NOON_UTC, 'Asia/Seoul'),
      formatUtc(NOON_UTC),
    ]).toEqual(['21:04:09', '21:04', '03-01', '2026-03', '2026-03-01 21:04:09', '2026-03-01 12:04:09 UTC']);
  });

  it('start the day at 00, never at 24', () => {
    expect(formatClock(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00:00');
  });

  it('name the zone', () => {
    expect([zoneName(NOON_UTC, 'Asia/Seoul'), zoneName(NOON_UTC, 'UTC')]).toEqual(['KST', 'UTC']);
  });

  it('say an em dash for a time that is not known', () => {
    expect([formatClock(Number.NaN), formatUtc(Number.NaN), formatAge(undefined, 'en')]).toEqual([
      '—',
      '—',
      '—',
    ]);
  });
});

describe('lengths of time', () => {
  it('take at most two units and never round up into the next', () => {
    const ages = [
      -5, 0, 42, 999, 999.6, 4_812, 9_949, 9_950, 38_400, 59_499, 59_600, 185_000, 7_440_000, 266_400_000,
    ];
    expect(ages.map((age) => formatAge(age, 'en'))).toEqual([
      '0 ms',
      '0 ms',
      '42 ms',
      '999 ms',
      '1.0 s',
      '4.8 s',
      '9.9 s',
      '10 s',
      '38 s',
      '59 s',
      '1 m 00 s',
      '3 m 05 s',
      '2 h 04 m',
      '3 d 02 h',
    ]);
  });

  it('speak Korean', () => {
    expect([formatAge(38_000, 'ko'), formatAge(185_000, 'ko')]).toEqual(['38초', '3분 05초']);
  });

  it('are counted in whole seconds where they tick', () => {
    expect([0.9, 4, 9.99, 10, 75].map((seconds) => formatSeconds(seconds, 'en'))).toEqual([
      '0 s',
      '4 s',
      '9 s',
      '10 s',
      '1 m 15 s',
    ]);
  });

  it('count down to zero and stay there', () => {
    expect([59_001, 60_000, 3_541_000, 14_341_000, 0, -3].map(formatCountdown)).toEqual([
      '1:00',
      '1:00',
      '59:01',
      '3:59:01',
      '0:00',
      '0:00',
    ]);
  });
});

describe('the zone of the settings', () => {
  const NEW_YEAR = Date.UTC(2025, 11, 31, 15, 30);
  afterEach(() => void setManner({ timeZone: 'local', numbers: 'auto' }));

  it('is the one every time is told in, UTC beside it', () => {
    const told = (['kst', 'utc'] as const).map((timeZone) => {
      setManner({ timeZone, numbers: 'auto' });
      return [
        formatFull(NEW_YEAR),
        formatDay(NEW_YEAR),
        formatMonth(NEW_YEAR),
        zoneName(NEW_YEAR),
        zoneOffsetSeconds(NEW_YEAR),
        formatMoment(NEW_YEAR),
      ];
    });
    expect(told).toEqual([
      [
        '2026-01-01 00:30:00',
        '01-01',
        '2026-01',
        'KST',
        32_400,
        '2026-01-01 00:30:00 KST · 2025-12-31 15:30:00 UTC',
      ],
      ['2025-12-31 15:30:00', '12-31', '2025-12', 'UTC', 0, '2025-12-31 15:30:00 UTC'],
    ]);
  });

  it('says whether what is shown has to be written anew', () => {
    expect([
      setManner({ timeZone: 'local', numbers: 'auto' }),
      setManner({ timeZone: 'utc', numbers: 'auto' }),
      setManner({ timeZone: 'utc', numbers: 'auto' }),
      setManner({ timeZone: 'utc', numbers: 'korean' }),
    ]).toEqual([false, true, false, true]);
  });
});

it('begins the trading day at 09:00 in Korea, and writes times for programs', () => {
  const day = (hour: number, minute: number) =>
    tradingDayStart(Date.UTC(2026, 2, 1, hour, minute) - 9 * 3_600_000);
  expect([
    formatFull(day(8, 59), 'Asia/Seoul'),
    formatFull(day(9, 0), 'Asia/Seoul'),
    machineTime(NOON_UTC),
    machineTime(Number.NaN),
    formatMoment(Number.NaN),
  ]).toEqual(['2026-02-28 09:00:00', '2026-03-01 09:00:00', '2026-03-01T12:04:09.000Z', '', '—']);
});
