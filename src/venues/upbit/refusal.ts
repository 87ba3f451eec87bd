import { isWireObject } from '#shared/base/wire.ts';
import type { RestRefusal } from '../venue.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The first block is said to last about so long; each further one longer. */
const BLOCK_MS = 2 * MINUTE_MS;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/**
 * Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none.
 * 429: over the budget of this second. 418: blocked for having gone on, with the time in the body. 403 and 451: not
 * from this country. Fact sheet of the venue, section 6.
 */
export function refusalOf(
  status: number,
  headers: { get(name: string): string | null },
  body: string,
  now: number,
): RestRefusal | undefined {
  if (status < 400) return undefined;
  const error = errorIn(body);
  const message = `${status} ${error?.text ?? body.slice(0, 200)}`.trim();
  switch (status) {
    case 418:
      return {
        code: 'ban',
        message,
        retryAfterMs: within(retryAfter(headers) ?? namedWait(body, now) ?? BLOCK_MS),
      };
    case 429:
      return { code: 'rate-limit', message, retryAfterMs: within(retryAfter(headers) ?? SECOND_MS) };
    case 403:
    case 451:
      return { code: error?.name === 'out_of_scope' ? 'auth' : 'geo', message };
    case 401:
      return { code: 'auth', message };
    default: {
      const isClosed = status === 503 || /maintenance|점검/i.test(message);
      if (!isClosed) return { code: 'venue.error', message };
      const wait = retryAfter(headers);
      return { code: 'maintenance', message, ...(wait !== undefined && { retryAfterMs: within(wait) }) };
    }
  }
}

/** `{"error":{"name","message"}}`; the name of a quotation error is a number. */
function errorIn(body: string): { readonly name: string; readonly text: string } | undefined {
  try {
    const parsed: unknown = JSON.parse(body.slice(0, 10_000));
    const error = isWireObject(parsed) ? parsed['error'] : undefined;
    if (!isWireObject(error)) return undefined;
    const name = String(error['name'] ?? '').slice(0, 60);
    const message = typeof error['message'] === 'string' ? error['message'].slice(0, 300) : '';
    return { name, text: `${name} ${message}`.trim() };
  } catch {
    // Proxies and firewalls answer in HTML: the status alone decides then.
    return undefined;
  }
}

/** How long the body says the block lasts: until a time (ms or s epoch), or for so many seconds or minutes. */
function namedWait(body: string, now: number): number | undefined {
  const text = body.slice(0, 2_000);
  const until = /(?<!\d)(\d{13}|\d{10})(?!\d)/.exec(text)?.[1];
  if (until !== undefined) return (until.length === 13 ? Number(until) : Number(until) * SECOND_MS) - now;
  const span = /(?<!\d)(\d{1,6})\s*(seconds?|secs?|s\b|초|minutes?|mins?|분)/i.exec(text);
  if (!span) return undefined;
  return Number(span[1]) * (/^(?:m|분)/i.test(span[2] ?? '') ? MINUTE_MS : SECOND_MS);
}

/** `Retry-After` in whole seconds. It was never seen here, but would be the venue's clearest word. */
function retryAfter(headers: { get(name: string): string | null }): number | undefined {
  const text = headers.get('retry-after')?.trim();
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) * SECOND_MS : undefined;
}

function within(waitMs: number): number {
  return Math.min(Math.max(waitMs, SECOND_MS), LONGEST_MS);
}
