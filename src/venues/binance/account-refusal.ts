import { isWireObject } from '#shared/base/wire.ts';
import type { AccountRefusal } from '../account.ts';
import { refusalOf as publicRefusalOf } from './refusal.ts';

/** What the venue's own codes mean for a key: the fact sheet, section 7. */
const CODES: ReadonlyMap<number, AccountRefusal['code']> = new Map([
  [-1021, 'clock'],
  // The same, said by the matching engine.
  [-5028, 'clock'],
  [-1022, 'wrong-secret'],
  [-2008, 'wrong-key'],
  [-2014, 'wrong-key'],
  // "Invalid API-key, IP, or permissions for action": one code for an unknown key, a foreign address and a missing right.
  // Nothing tells them apart, so the venue's words are kept for the person.
  [-2015, 'wrong-key'],
  [-1125, 'listen-key'],
  [-2011, 'not-found'],
  [-2013, 'not-found'],
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
  // An order to wait stands above whatever else the body says; but a 403 that knows the key is not the firewall's.
  const isOrder = refusal.code === 'rate-limit' || (refusal.code === 'ban' && status !== 403);
  const isOurs = known !== undefined && !isOrder;
  return {
    code: isOurs ? known : BY_STATUS[refusal.code],
    venueCode: code === undefined ? `HTTP ${status}` : String(code),
    message: refusal.message,
    ...(refusal.retryAfterMs !== undefined && !isOurs && { retryAfterMs: refusal.retryAfterMs }),
  };
}

function codeIn(body: string): number | undefined {
  if (body.length > 5_000) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    const code = isWireObject(parsed) ? parsed['code'] : undefined;
    return typeof code === 'number' ? code : undefined;
  } catch {
    // Proxies and firewalls answer in HTML.
    return undefined;
  }
}
