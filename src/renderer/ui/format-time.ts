import type { Language } from '../i18n/language.ts';
import { UNKNOWN } from './format-number.ts';

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
function formatAt(time: number, parts: Parts, timeZone: string | undefined): string {
  if (!Number.isFinite(time)) return UNKNOWN;
  const key = `${parts} ${timeZone ?? ''}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', timeZone ? { ...OPTIONS[parts], timeZone } : OPTIONS[parts]);
    formats.set(key, format);
  }
  return format.format(time);
}

/** Local `14:02:59` (or in the zone given). Takes ms epoch. */
export function formatClock(time: number, timeZone?: string): string {
  return formatAt(time, 'time', timeZone);
}

/** Local `14:02`. */
export function formatMinute(time: number, timeZone?: string): string {
  return formatAt(time, 'minute', timeZone);
}

/** Local `03-01` as month and day. */
export function formatDay(time: number, timeZone?: string): string {
  return Number.isFinite(time) ? formatAt(time, 'full', timeZone).slice(5, 10) : UNKNOWN;
}

/** Local `2026-03`. */
export function formatMonth(time: number, timeZone?: string): string {
  return formatAt(time, 'month', timeZone);
}

/** Local `2026-03-01 14:02:59`. */
export function formatFull(time: number, timeZone?: string): string {
  return formatAt(time, 'full', timeZone);
}

/** `2026-03-01 05:02:59 UTC`: what a hover shows beside every local time. */
export function formatUtc(time: number): string {
  return Number.isFinite(time) ? `${formatAt(time, 'full', 'UTC')} UTC` : UNKNOWN;
}

/** Short name of the zone local times are in: `KST`, else `GMT+2` style. */
export function zoneName(time: number, timeZone?: string): string {
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Browsers know no abbreviation for Korea outside the Korean locale.
  if (zone === 'Asia/Seoul') return 'KST';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(
    time,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
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
