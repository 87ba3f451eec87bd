import { msOfUtcText } from '#shared/base/utc-text.ts';
import type { WireObject } from '#shared/base/wire.ts';
import { epochMs } from '#shared/base/wire-number.ts';

const SEOUL_MS = 9 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/**
 * The time of a trade in a REST row, ms epoch. The ticker's are the clock of Seoul written as if it were UTC: nine hours
 * ahead (seen 2026-09); its streams are right. The UTC date beside it tells, and without one a time that lies
 * hours ahead of ours. Throws `venue.answer`.
 */
export function tradeTime(row: WireObject, key: string, receivedAt: number): number {
  const time = epochMs(row, key);
  const ahead = time - (utcTime(row) ?? receivedAt);
  return ahead > SEOUL_MS - HOUR_MS && ahead < SEOUL_MS + HOUR_MS ? time - SEOUL_MS : time;
}

/** `trade_date_utc` and `trade_time_utc` of a trade, `trade_date` and `trade_time` of a ticker; with or without marks. */
function utcTime(row: WireObject): number | undefined {
  const date = row['trade_date_utc'] ?? row['trade_date'];
  const time = row['trade_time_utc'] ?? row['trade_time'];
  if (typeof date !== 'string' || typeof time !== 'string') return undefined;
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(date) ?? [];
  const [, hour, minute, second] = /^(\d\d):?(\d\d):?(\d\d)$/.exec(time) ?? [];
  return msOfUtcText(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
}
