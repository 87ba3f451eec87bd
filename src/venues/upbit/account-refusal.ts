import { isWireObject } from '#shared/base/wire.ts';
import type { AccountRefusal } from '../account.ts';
import { refusalOf } from './refusal.ts';

type Code = AccountRefusal['code'];

/** Names of private errors (fact sheet, sections 2.2 and 6). What is not here is told by its own name. */
const REFUSALS: ReadonlyMap<string, Code> = new Map<string, Code>([
  ['invalid_access_key', 'wrong-key'],
  ['no_authorization_token', 'wrong-key'],
  ['INVALID_AUTH', 'wrong-key'],
  ['jwt_verification', 'wrong-secret'],
  ['expired_access_key', 'expired'],
  // Both spellings were seen.
  ['no_authorization_i_p', 'address'],
  ['no_authorization_ip', 'address'],
  ['out_of_scope', 'permission'],
  ['order_not_found', 'not-found'],
  ['too_many_requests', 'rate-limit'],
]);

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

/** See `AccountVenue.refusalOf`. The name decides where it is known, otherwise the status, as for public calls. */
export function accountRefusalOf(
  status: number,
  headers: { get(name: string): string | null },
  body: string,
  now: number,
): AccountRefusal | undefined {
  const refusal = refusalOf(status, headers, body, now);
  if (refusal === undefined) return undefined;
  const { name, message } = errorIn(body);
  const { retryAfterMs } = refusal;
  return {
    code: codeOf(name, refusal.code),
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
  // So is a 403: a page without a name is the border.
  if (byStatus === 'geo' && name !== '') return 'venue.error';
  return byStatus;
}

function errorIn(body: string): { readonly name: string; readonly message: string } {
  try {
    const parsed: unknown = JSON.parse(body.slice(0, 10_000));
    const error = isWireObject(parsed) ? parsed['error'] : undefined;
    if (!isWireObject(error)) return { name: '', message: '' };
    const { name, message } = error;
    return {
      name: String(name ?? '').slice(0, 60),
      message: typeof message === 'string' ? message.slice(0, 300) : '',
    };
  } catch {
    // Proxies and firewalls answer in HTML.
    return { name: '', message: '' };
  }
}
