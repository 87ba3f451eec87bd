import type { Language } from '../i18n/language.ts';
import { UNKNOWN } from './format-number.ts';
import { chosenZone } from './manner.ts';

type Parts = 'time' | 'minute' | 'month' | 'full';

const OPTIONS: Readonly<Record<Parts, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  month: { year: 'numeric', month: '2-digit' },
  full: {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
};

const formats = new Map<string, Intl.DateTimeFormat>();

// Swedish writes dates as ISO does (2026-03-01 09:00:00), which reads the same in every language we speak.
function formatAt(time: number, parts: Parts, timeZone: string | undefined = chosenZone()): string {
  if (!Number.isFinite(time)) return UNKNOWN;
  const key = `${parts} ${timeZone ?? ''}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', timeZone ? { ...OPTIONS[parts], timeZone } : OPTIONS[parts]);
    formats.set(key, format);
  }
  return format.format(time);
}

/**
 * `14:02:59` in the zone the settings chose (or the one given), as all that follow; `formatMoment` is the hover beside it.
 * Takes ms epoch.
 */
export function formatClock(time: number, timeZone?: string): string {
  return formatAt(time, 'time', timeZone);
}

/** `14:02`. */
export function formatMinute(time: number, timeZone?: string): string {
  return formatAt(time, 'minute', timeZone);
}

/** `03-01` as month and day. */
export function formatDay(time: number, timeZone?: string): string {
  return Number.isFinite(time) ? formatAt(time, 'full', timeZone).slice(5, 10) : UNKNOWN;
}

/** `2026-03`. */
export function formatMonth(time: number, timeZone?: string): string {
  return formatAt(time, 'month', timeZone);
}

/** `2026-03-01 14:02:59`. */
export function formatFull(time: number, timeZone?: string): string {
  return formatAt(time, 'full', timeZone);
}

/** `2026-03-01 05:02:59 UTC`. */
export function formatUtc(time: number): string {
  return Number.isFinite(time) ? `${formatAt(time, 'full', 'UTC')} UTC` : UNKNOWN;
}

/** What a hover says beside every time: `2026-03-01 14:02:59 KST · 2026-03-01 05:02:59 UTC`, in UTC alone where it is told so. */
export function formatMoment(time: number, timeZone?: string): string {
  if (!Number.isFinite(time)) return UNKNOWN;
  const zone = zoneName(time, timeZone);
  return zone === 'UTC' ? formatUtc(time) : `${formatFull(time, timeZone)} ${zone} · ${formatUtc(time)}`;
}

/** A time for programs, as in the `datetime` of an element or a file: `2026-03-01T05:02:59.000Z`; nothing where it is unknown. */
export function machineTime(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString() : '';
}

/** How far the clock of the zone chosen is ahead of UTC at that moment, seconds: 32,400 in Korea. Takes ms epoch. */
export function zoneOffsetSeconds(time: number): number {
  const zone = chosenZone();
  if (zone === undefined) return -new Date(time).getTimezoneOffset() * 60;
  return zone === 'Asia/Seoul' ? 9 * 3_600 : 0;
}

const DAY_MS = 86_400_000;

/** When the trading day of that moment began: 09:00 in Korea, by which its venues count their days, and 00:00 UTC elsewhere. */
export function tradingDayStart(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

const zoneFormats = new Map<string, { readonly zone: string; readonly format: Intl.DateTimeFormat }>();

/** Short name of the zone times are told in: `KST`, `UTC`, else `GMT+2` style. */
export function zoneName(time: number, timeZone = chosenZone()): string {
  const key = timeZone ?? '';
  // Making a format costs a thousand times what using one does, and hovers are written with every painting.
  let held = zoneFormats.get(key);
  if (held === undefined) {
    const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    held = { zone, format: new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }) };
    zoneFormats.set(key, held);
  }
  // Browsers know no abbreviation for Korea outside the Korean locale.
  if (held.zone === 'Asia/Seoul') return 'KST';
  const parts = held.format.formatToParts(time);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? held.zone;
}

const UNITS = {
  en: { ms: ' ms', second: ' s', minute: ' m', hour: ' h', day: ' d' },
  ko: { ms: ' ms', second: '초', minute: '분', hour: '시간', day: '일' },
} as const;

/** Length of time in at most two units: `42 ms`, `4.8 s`, `38 s`, `3 m 05 s`, `2 h 04 m`, `3 d 02 h`. */
export function formatAge(ms: number | undefined, language: Language): string {
  if (ms === undefined || !Number.isFinite(ms)) return UNKNOWN;
  const unit = UNITS[language];
  const age = Math.max(0, ms);
  if (age < 999.5) return `${Math.round(age)}${unit.ms}`;
  if (age < 9_950) return `${(age / 1_000).toFixed(1)}${unit.second}`;
  const seconds = Math.round(age / 1_000);
  if (seconds < 60) return `${seconds}${unit.second}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return two(minutes, unit.minute, seconds % 60, unit.second);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(hours, unit.hour, minutes % 60, unit.minute);
  return two(Math.floor(hours / 24), unit.day, hours % 24, unit.hour);
}

/** As `formatAge`, never finer than a second: for what is counted second by second. */
export function formatSeconds(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 10 ? `${whole}${UNITS[language].second}` : formatAge(whole * 1_000, language);
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${large}${largeUnit} ${String(small).padStart(2, '0')}${smallUnit}`;
}

/** Whole seconds left as `0:42`, `59:01`, `3:59:01`; never negative. */
export function formatCountdown(ms: number): string {
  if (!Number.isFinite(ms)) return UNKNOWN;
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}
