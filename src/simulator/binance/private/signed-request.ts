import type { AccountDesk, SimKey } from '../../accounts/account-desk.ts';
import { hmacSha256 } from '../../hmac.ts';
import { Refusal } from '../query.ts';

/** A request to a private endpoint as it came. */
export interface PrivateRequest {
  readonly method: string;
  readonly path: string;
  /** What followed the `?`, not decoded: a signature is over what was sent, letter by letter. */
  readonly query: string;
  readonly body: string;
  /** `X-MBX-APIKEY`. */
  readonly apiKey: string | undefined;
  /** Where it came from: keys may be bound to addresses. */
  readonly address: string;
  /** Market time it came at, where it had to wait and its own time is held against that; absent: now. */
  readonly arrivedAt?: number;
}

const UNAUTHORIZED = 401;
const STANDARD_WINDOW_MS = 5000;
const LONGEST_WINDOW_MS = 60_000;
/** How far a request may run ahead of the venue's clock. */
const AHEAD_MS = 1000;
/** Keys bound to addresses are bound to this one. */
const BOUND_TO = '127.0.0.1';

/** What was signed: query and body one behind the other as they were sent, without the signature. */
export function signedText({ query, body }: Pick<PrivateRequest, 'query' | 'body'>): string {
  return [query, body].map((part) => withoutSignature(part)).join('');
}

function withoutSignature(text: string): string {
  return text
    .split('&')
    .filter((parameter) => !parameter.startsWith('signature='))
    .join('&');
}

/** Query and body together; what is in both counts as the query has it. */
export function paramsOf({ query, body }: Pick<PrivateRequest, 'query' | 'body'>): URLSearchParams {
  const params = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(body)) if (!params.has(name)) params.append(name, value);
  return params;
}

/** The key of a request that needs no signature: listen keys. Throws `Refusal`. */
export function keyOf({ apiKey, address }: PrivateRequest, desk: AccountDesk, now: number): SimKey {
  const key = knownKey(wellFormed(apiKey), desk);
  requireRights(key, address, now);
  return key;
}

/**
 * The key of a signed request, checked in the venue's order: the key's form, what is mandatory, the clock, the key, the
 * signature, its rights. `serverTime`: the venue's clock, skewed where it is. Throws `Refusal`.
 */
export function signerOf(
  request: PrivateRequest,
  desk: AccountDesk,
  serverTime: number,
  now: number,
): SimKey {
  const apiKey = wellFormed(request.apiKey);
  const params = paramsOf(request);
  checkTime(params, serverTime);
  const signature = params.get('signature');
  if (!signature) throw mandatory('signature');
  const key = knownKey(apiKey, desk);
  if (hmacSha256(key.secret, signedText(request)) !== signature) {
    throw new Refusal(-1022, 'Signature for this request is not valid.');
  }
  requireRights(key, request.address, now);
  return key;
}

function wellFormed(apiKey: string | undefined): string {
  if (apiKey !== undefined && /^[A-Za-z0-9_-]{8,128}$/.test(apiKey)) return apiKey;
  throw new Refusal(-2014, 'API-key format invalid.', UNAUTHORIZED);
}

function checkTime(params: URLSearchParams, serverTime: number): void {
  const timestamp = wholeOf(params, 'timestamp');
  if (timestamp === undefined) throw mandatory('timestamp');
  const recvWindow = wholeOf(params, 'recvWindow') ?? STANDARD_WINDOW_MS;
  if (recvWindow > LONGEST_WINDOW_MS) {
    throw new Refusal(-1131, 'recvWindow must be less than 60000.');
  }
  if (timestamp >= serverTime + AHEAD_MS) {
    throw new Refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
  }
  if (serverTime - timestamp > recvWindow) {
    throw new Refusal(-1021, 'Timestamp for this request is outside of the recvWindow.');
  }
}

function wholeOf(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null || text === '') return undefined;
  if (/^\d{1,16}$/.test(text)) return Number(text);
  throw new Refusal(
    -1100,
    `Illegal characters found in parameter '${name}'; legal range is '^[0-9]{1,20}$'.`,
  );
}

function knownKey(apiKey: string, desk: AccountDesk): SimKey {
  const key = desk.keyOf(apiKey);
  if (key && !key.isForeign) return key;
  throw notAllowed();
}

/** The venue has one answer for a key it does not know, a foreign address and a missing right. */
function requireRights(key: SimKey, address: string, now: number): void {
  const isExpired = key.expiresAt !== undefined && key.expiresAt <= now;
  if (isExpired || !key.read || (key.isIpBound && address !== BOUND_TO)) throw notAllowed();
}

export function notAllowed(): Refusal {
  return new Refusal(-2015, 'Invalid API-key, IP, or permissions for action.', UNAUTHORIZED);
}

function mandatory(name: string): Refusal {
  return new Refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}
