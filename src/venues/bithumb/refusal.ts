import { isWireObject } from '#shared/base/wire.ts';
import type { RestRefusal } from '../venue.ts';

const SECOND_MS = 1_000;
/** How long a kind of call stays closed after too many is not published. */
const CLOSED_MS = 10 * SECOND_MS;
const LONGEST_MS = 24 * 60 * 60 * SECOND_MS;
const MAINTENANCE = /maintenance|점검/i;

/**
 * Status, headers and body of a REST answer → why it is a refusal, or `undefined` when it is none. Public calls answer
 * errors with HTTP 200: the body decides. Good answers are lists. Fact sheet of the venue, section 6.
 */
export function refusalOf(
  status: number,
  headers: { get(name: string): string | null },
  body: string,
): RestRefusal | undefined {
  const error = errorIn(body);
  const isPage = status < 400 && /^\s*</.test(body) && MAINTENANCE.test(body.slice(0, 5_000));
  if (status < 400 && error === undefined && !isPage) return undefined;
  const message = `${status} ${error?.text ?? body.slice(0, 200)}`.trim();
  const wait = retryAfter(headers);
  const name = error?.name ?? '';
  if (status === 418) return { code: 'ban', message, retryAfterMs: within(wait ?? 10 * 60 * SECOND_MS) };
  if (status === 429 || name === '429' || name.startsWith('too_many')) {
    return { code: 'rate-limit', message, retryAfterMs: within(wait ?? CLOSED_MS) };
  }
  if (status === 403 || status === 451) return { code: 'geo', message };
  if (status === 401) return { code: /expired_jwt/.test(name) ? 'clock' : 'auth', message };
  if (status === 503 || MAINTENANCE.test(message) || isPage) {
    return { code: 'maintenance', message, ...(wait !== undefined && { retryAfterMs: within(wait) }) };
  }
  return { code: 'venue.error', message };
}

/** `{"error":{"name","message"}}`, `{"name","message"}` of the gateway, `{"status":"5500","message"}` of the legacy API. */
function errorIn(body: string): { readonly name: string; readonly text: string } | undefined {
  if (!/^\s*\{/.test(body)) return undefined;
  try {
    const parsed: unknown = JSON.parse(body.slice(0, 10_000));
    if (!isWireObject(parsed)) return undefined;
    const error = isWireObject(parsed['error']) ? parsed['error'] : parsed;
    const name = String(error['name'] ?? error['status'] ?? '').slice(0, 60);
    if (name === '' || name === '0000') return undefined;
    const message = typeof error['message'] === 'string' ? error['message'].slice(0, 300) : '';
    return { name, text: `${name} ${message}`.trim() };
  } catch {
    // Longer than any error, or cut: the status alone decides then.
    return undefined;
  }
}

/** `Retry-After` in whole seconds; never seen here. */
function retryAfter(headers: { get(name: string): string | null }): number | undefined {
  const text = headers.get('retry-after')?.trim();
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) * SECOND_MS : undefined;
}

function within(waitMs: number): number {
  return Math.min(Math.max(waitMs, SECOND_MS), LONGEST_MS);
}
