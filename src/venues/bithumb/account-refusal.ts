import { isWireObject } from '#shared/base/wire.ts';
import type { AccountRefusal } from '../account.ts';
import { refusalOf } from './refusal.ts';

type Code = AccountRefusal['code'];

/** Names of private errors (fact sheet, sections 2.2 and 6). What is not here is told by its own name. */
const REFUSALS: ReadonlyMap<string, Code> = new Map<string, Code>([
  ['INVALID_AUTH', 'wrong-key'],
  // Not on the fact sheet: as the API that this one is modelled on calls them.
  ['invalid_access_key', 'wrong-key'],
  ['no_authorization_token', 'wrong-key'],
  ['expired_access_key', 'expired'],
  // A key nobody knows and a wrong secret have no names of their own.
  ['jwt_verification', 'wrong-key'],
  // The token carries the time.
  ['expired_jwt', 'clock'],
  ['NotAllowIP', 'address'],
  ['out_of_scope', 'permission'],
  ['order_not_found', 'not-found'],
]);

/** Nor has a key that has ended: its words tell. */
const ENDED = /만료|expired/i;

const ABOUT_KEY: ReadonlySet<Code> = new Set([
  'wrong-key',
  'wrong-secret',
  'expired',
  'address',
  'permission',
]);

/** Whether an error of this name will come again however often one tries. */
export function isAboutKey(name: string): boolean {
  const code = REFUSALS.get(name);
  return code !== undefined && ABOUT_KEY.has(code);
}

/**
 * See `AccountVenue.refusalOf`. The name decides where it is known, otherwise the status. An order that is still being
 * registered (422 `order_not_ready`) is told by its name: it exists.
 */
export function accountRefusalOf(
  status: number,
  headers: { get(name: string): string | null },
  body: string,
  _now: number,
): AccountRefusal | undefined {
  const error = errorIn(body);
  if (status < 400 && error === undefined && !/^\s*</.test(body)) return undefined;
  const refusal = refusalOf(status, headers, body);
  if (refusal === undefined) return undefined;
  const { name = '', message = '' } = error ?? {};
  const { retryAfterMs } = refusal;
  return {
    code: name === 'jwt_verification' && ENDED.test(message) ? 'expired' : codeOf(name, refusal.code),
    venueCode: name === '' ? String(status) : name,
    message: message === '' ? refusal.message : message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function codeOf(name: string, byStatus: NonNullable<ReturnType<typeof refusalOf>>['code']): Code {
  if (byStatus === 'ban' || byStatus === 'rate-limit') return byStatus;
  const byName = REFUSALS.get(name);
  if (byName !== undefined) return byName;
  // A 401 of a name nobody knows is told by it; without any name it is the key.
  if (byStatus === 'auth') return name === '' ? 'wrong-key' : 'venue.error';
  // So is a 403 (`blocked_member_id`): a page without a name is the border.
  if (byStatus === 'geo' && name !== '') return 'venue.error';
  return byStatus;
}

/** `{"error":{"name","message"}}`, and `{"name","message"}` of the gateway. */
function errorIn(body: string): { readonly name: string; readonly message: string } | undefined {
  try {
    const parsed: unknown = /^\s*\{/.test(body) ? JSON.parse(body.slice(0, 10_000)) : undefined;
    if (!isWireObject(parsed)) return undefined;
    const error = isWireObject(parsed['error']) ? parsed['error'] : parsed;
    const { name, message } = error;
    if (typeof name !== 'string' && typeof name !== 'number') return undefined;
    return {
      name: String(name).slice(0, 60),
      message: typeof message === 'string' ? message.slice(0, 300) : '',
    };
  } catch {
    // Longer than any error, or cut, or a page of a firewall: the status alone decides.
    return undefined;
  }
}
