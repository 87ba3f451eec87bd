/** Calendar texts as the Korean venues write them, from ms epoch. */

const DAY = 86_400_000;
/** Korea is nine hours ahead of UTC, all year. */
export const KST_OFFSET_MS = 9 * 3_600_000;
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Proleptic Gregorian date and time of day. Counted in years that begin in March, so that leap days come last. */
export function civilOf(time: number): Civil {
  const days = Math.floor(time / DAY);
  const rest = time - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
  };
}

/** ms epoch of a civil date and time read as UTC. */
export function timeOf(civil: Civil): number {
  const year = civil.month <= 2 ? civil.year - 1 : civil.year;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5) + civil.day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * DAY + civil.hour * 3_600_000 + civil.minute * 60_000 + civil.second * 1000;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** `2026-11-21` of the instant read as UTC; add `KST_OFFSET_MS` for Korea. */
export function dateText(time: number): string {
  const { year, month, day } = civilOf(time);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `09:00:20` */
export function clockText(time: number): string {
  const { hour, minute, second } = civilOf(time);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `2026-11-21T09:00:20` */
export function dateTimeText(time: number): string {
  return `${dateText(time)}T${clockText(time)}`;
}

/** `20261121` and `090020`: tickers write dates without separators. */
export function compactDate(time: number): string {
  return dateText(time).replaceAll('-', '');
}
export function compactClock(time: number): string {
  return clockText(time).replaceAll(':', '');
}

/** The `Date` header: `Sat, 21 Nov 2026 09:00:20 GMT`. The only server time these venues tell. */
export function httpDate(time: number): string {
  const { year, month, day } = civilOf(time);
  const weekday = WEEKDAYS[((Math.floor(time / DAY) % 7) + 7) % 7];
  return `${weekday}, ${two(day)} ${MONTHS[month - 1]} ${year} ${clockText(time)} GMT`;
}

/**
 * Reads `2026-11-21T09:00:20`, with a blank for the `T`, with `Z` or an offset behind it. Without either it is a
 * time of `zoneOffsetMs`. `undefined` when it is none of these.
 */
export function parseDateTime(text: string, zoneOffsetMs: number): number | undefined {
  // A plus sign a client did not encode arrives as a blank.
  const found = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+ -]\d{2}:?\d{2})?$/.exec(
    text,
  );
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const civil = { year, month, day, hour, minute, second };
  const time = timeOf(civil);
  if (month < 1 || month > 12 || dateText(time) !== text.slice(0, 10) || minute > 59 || second > 59) {
    return undefined;
  }
  const ms = Math.floor(Number(found[7] ?? '0') * 1000);
  return time + ms - offsetOf(found[8], zoneOffsetMs);
}

function offsetOf(zone: string | undefined, standardMs: number): number {
  if (zone === undefined) return standardMs;
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const ms = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
  return zone.startsWith('-') ? -ms : ms;
}
