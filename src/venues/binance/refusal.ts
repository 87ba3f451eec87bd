import { isWireObject } from '#shared/base/wire.ts';
import type { RestRefusal } from '../venue.ts';

const MINUTE_MS = 60_000;
/** The web firewall (403) names no end; its blocks are said to last minutes. */
const FIREWALL_MS = 5 * MINUTE_MS;
/** Longest ban the venue documents: three days. */
const LONGEST_MS = 3 * 24 * 60 * MINUTE_MS;
const TOO_MANY_REQUESTS = -1003;
const TOO_MANY_ORDERS = -1015;
const OVERLOADED = -1008;

/** The firewall speaks of how often, whoever turns a place away speaks of places. */
const PLACE = /restricted|location|country|region|eligib/i;
const BAD_CLOCK = -1021;

/**
 * Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none.
 * 429 asks to wait, 418 is a ban for having ignored it, 403 is the firewall, 451 turns a place away. Fact sheet of the
 * venue, section 7.
 */
export function refusalOf(
  status: number,
  headers: { get(name: string): string | null },
  body: string,
  now: number,
): RestRefusal | undefined {
  const error = errorIn(status, body);
  if (status < 400 && error === undefined) return undefined;
  const message = `${status} ${error?.message ?? body.slice(0, 200)}`.trim();
  const bannedUntil = /banned until (\d{13})\b/.exec(error?.message ?? body)?.[1];
  if (status === 418 || bannedUntil !== undefined) {
    const named = bannedUntil === undefined ? undefined : Number(bannedUntil) - now;
    return { code: 'ban', message, retryAfterMs: within(retryAfter(headers) ?? named ?? 2 * MINUTE_MS) };
  }
  if (status === 451 || (status === 403 && PLACE.test(body.slice(0, 5_000)))) return { code: 'geo', message };
  if (status === 401) return { code: 'auth', message };
  if (error?.code === BAD_CLOCK) return { code: 'clock', message };
  if (status === 403) {
    return { code: 'ban', message, retryAfterMs: within(retryAfter(headers) ?? FIREWALL_MS) };
  }
  if (status === 429 || error?.code === TOO_MANY_REQUESTS || error?.code === TOO_MANY_ORDERS) {
    // The budget is counted per minute of the clock.
    const nextMinute = MINUTE_MS - (now % MINUTE_MS);
    return { code: 'rate-limit', message, retryAfterMs: within(retryAfter(headers) ?? nextMinute) };
  }
  if (status === 503 || error?.code === OVERLOADED) {
    const named = retryAfter(headers);
    return {
      code: 'maintenance',
      message,
      ...(named !== undefined && { retryAfterMs: within(named) }),
    };
  }
  return { code: 'venue.error', message };
}

function errorIn(status: number, body: string): { code: number; message: string } | undefined {
  // A good answer may be megabytes long; an error is short and starts so.
  if (status < 400 && !(body.length < 1_000 && /^\s*\{\s*"code"\s*:\s*-/.test(body))) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isWireObject(parsed) || typeof parsed['code'] !== 'number') return undefined;
    const text = typeof parsed['msg'] === 'string' ? parsed['msg'].slice(0, 300) : '';
    return { code: parsed['code'], message: `${parsed['code']} ${text}`.trim() };
  } catch {
    // Proxies and firewalls answer in HTML: the status alone decides then.
    return undefined;
  }
}

/** `Retry-After` in whole seconds; the venue does not use the date form. */
function retryAfter(headers: { get(name: string): string | null }): number | undefined {
  const text = headers.get('retry-after')?.trim();
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : undefined;
}

function within(waitMs: number): number {
  return Math.min(Math.max(waitMs, 0), LONGEST_MS);
}
