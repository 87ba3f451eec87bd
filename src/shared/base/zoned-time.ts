import { msOfUtcText } from './utc-text.ts';

const ZONED = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):?(\d\d))$/;
const MINUTE_MS = 60_000;

/**
 * `2026-11-21T14:20:00+09:00`, with or without a fraction of the second (cut to ms), `Z` or an offset → ms epoch;
 * `undefined` for what is no such time.
 */
export function msOfZonedText(text: string): number | undefined {
  const parts = ZONED.exec(text);
  if (!parts) return undefined;
  const [, clock = '', fraction = '', , sign, hours = '0', minutes = '0'] = parts;
  const ms = msOfUtcText(clock);
  if (ms === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS * (sign === '-' ? -1 : 1);
  return ms + Number(fraction.padEnd(3, '0').slice(0, 3)) - offsetMs;
}
