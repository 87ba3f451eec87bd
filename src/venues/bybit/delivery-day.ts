const MONTHS: readonly string[] = [
  'JAN',
  'FEB',
  'MAR',
  'APR',
  'MAY',
  'JUN',
  'JUL',
  'AUG',
  'SEP',
  'OCT',
  'NOV',
  'DEC',
];
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** Letters of the delivery months of quarterly inverse contracts. */
const QUARTERS: Readonly<Record<string, number>> = { H: 3, M: 6, U: 9, Z: 12 };

/** `25DEC26` → `261225`; single digits stand bare (`5JUN26`). `undefined` when there is no such day. */
export function dayOfDate(text: string): string | undefined {
  const [, date = '', monthName = '', year = ''] = /^([1-9]\d?)([A-Z]{3})(\d{2})$/.exec(text) ?? [];
  const month = MONTHS.indexOf(monthName) + 1;
  if (month === 0 || Number(date) > lastDateOf(month, Number(year))) return undefined;
  return dayText(Number(year), month, Number(date));
}

/** `261225` → `25DEC26`; what is no day becomes a text that no contract has. */
export function dateOfDay(day: string): string {
  const [year, month, date] = [day.slice(0, 2), Number(day.slice(2, 4)), Number(day.slice(4))];
  return `${date}${MONTHS[month - 1] ?? ''}${year}`;
}

/** `U23` → `230929`: quarterly contracts end on the last Friday of their month. */
export function dayOfQuarter(code: string): string | undefined {
  const month = QUARTERS[code.slice(0, 1)];
  if (month === undefined) return undefined;
  const year = Number(code.slice(1));
  const last = lastDateOf(month, year);
  // 1 January 2000 was a Saturday: Fridays are the days 6, 13, … after it.
  const sinceFriday = (daysSince2000(year, month, last) + 1) % 7;
  return dayText(year, month, last - sinceFriday);
}

/** `230929` → `U23`; no quarter's month becomes a text that no contract has. */
export function quarterOfDay(day: string): string {
  const month = Number(day.slice(2, 4));
  return `${Object.keys(QUARTERS).find((letter) => QUARTERS[letter] === month) ?? ''}${day.slice(0, 2)}`;
}

/** `year` counts from 2000; until 2099 every fourth is a leap year. */
function lastDateOf(month: number, year: number): number {
  return month === 2 && year % 4 === 0 ? 29 : (DAYS[month - 1] ?? 0);
}

function daysSince2000(year: number, month: number, date: number): number {
  let days = year * 365 + Math.ceil(year / 4) + date - 1;
  for (let before = 1; before < month; before++) days += lastDateOf(before, year);
  return days;
}

function dayText(year: number, month: number, date: number): string {
  return [year, month, date].map((part) => String(part).padStart(2, '0')).join('');
}
