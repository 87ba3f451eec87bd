import { isWireObject } from '#shared/base/wire.ts';
import type { AccountRefusal } from '../account.ts';
import { refusalOf as publicRefusalOf } from './refusal.ts';

/** What the venue's own codes mean for a key: the fact sheet, section 6. */
const CODES: ReadonlyMap<number, AccountRefusal['code']> = new Map([
  [10002, 'clock'],
  // Also a key of another environment.
  [10003, 'wrong-key'],
  [10004, 'wrong-secret'],
  [10005, 'permission'],
  [10007, 'wrong-key'],
  [10010, 'address'],
  [33004, 'expired'],
  // Banned from trading: another key would be as well.
  [10027, 'venue.error'],
  // An instrument the key was not made for.
  [10029, 'permission'],
  [110001, 'not-found'],
  [170213, 'not-found'],
]);

/** The public words for a refusal, as they read for a key. */
const BY_STATUS = {
  'rate-limit': 'rate-limit',
  ban: 'ban',
  geo: 'geo',
  auth: 'wrong-key',
  clock: 'clock',
  maintenance: 'maintenance',
  'venue.error': 'venue.error',
} as const;

/** Status, headers and body of a private answer → why it is a refusal, or `undefined` when it is none. Never throws. */
export function accountRefusalOf(
  status: number,
  headers: { get(name: string): string | null },
  body: string,
  now: number,
): AccountRefusal | undefined {
  const refusal = publicRefusalOf(status, headers, body, now);
  if (refusal === undefined) return undefined;
  const code = codeIn(body);
  const known = code === undefined ? undefined : CODES.get(code);
  return {
    code: known ?? BY_STATUS[refusal.code],
    venueCode: code === undefined ? `HTTP ${status}` : String(code),
    message: refusal.message,
    ...(refusal.retryAfterMs !== undefined && { retryAfterMs: refusal.retryAfterMs }),
  };
}

function codeIn(body: string): number | undefined {
  if (body.length > 5_000) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    const code = isWireObject(parsed) ? parsed['retCode'] : undefined;
    return typeof code === 'number' && code !== 0 ? code : undefined;
  } catch {
    // Proxies and firewalls answer in HTML.
    return undefined;
  }
}
