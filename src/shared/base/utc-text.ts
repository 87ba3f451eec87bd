const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)$/;

/** `2026-07-30T07:45:00` (a space for the T will do), read as UTC → ms epoch; `undefined` for what is no such time. */
export function msOfUtcText(text: string): number | undefined {
  const parts = DATE_TIME.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  // 31 February is the 3rd of March to Date, and the year 0012 is 1912.
  return utcText(ms) === text.replace(' ', 'T') ? ms : undefined;
}

/** ms epoch → `2026-07-30T07:45:00`, in UTC, the rest of the second cut off. */
export function utcText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

// The one form servers write today; the two older ones are for readers only (RFC 9110, 5.6.7).
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** `Wed, 23 Sep 2026 03:39:02 GMT` (an HTTP `Date`, whole seconds) → ms epoch; `undefined` for what is none. */
export function msOfHttpDate(text: string): number | undefined {
  const ms = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
