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
  /** The `X-BAPI-…` headers, names in small letters. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where it came from: keys may be bound to addresses. */
  readonly address: string;
  /** Market time it came at, where it had to wait and its own time is held against that; absent: now. */
  readonly arrivedAt?: number;
}

const STANDARD_WINDOW = '5000';
/** How far a request may run ahead of the venue's clock. */
const AHEAD_MS = 1000;
/** Keys bound to addresses are bound to this one. */
const BOUND_TO = '127.0.0.1';

const badKey = () => new Refusal(10003, 'API key is invalid.');

/**
 * The key of a signed request. Checked: that there is a key, the clock, the key, its age, the signature, the address.
 * `serverTime`: the venue's clock, skewed where it is. Throws `Refusal`.
 */
export function signerOf(
  request: PrivateRequest,
  desk: AccountDesk,
  serverTime: number,
  now: number,
): SimKey {
  const apiKey = headerOf(request, 'x-bapi-api-key');
  if (apiKey === '') throw badKey();
  const timestamp = headerOf(request, 'x-bapi-timestamp');
  const window = headerOf(request, 'x-bapi-recv-window') || STANDARD_WINDOW;
  checkTime(timestamp, window, serverTime);
  const key = liveKey(apiKey, desk, now);
  const payload = request.method === 'GET' ? request.query : request.body;
  const signed = timestamp + apiKey + headerOf(request, 'x-bapi-recv-window') + payload;
  if (hmacSha256(key.secret, signed) !== headerOf(request, 'x-bapi-sign')) {
    throw new Refusal(10004, `error sign! origin_string[${signed}]`);
  }
  checkAddress(key, request.address);
  return key;
}

/** Throws 10003 where nobody knows the key, 33004 where its time is over. */
export function liveKey(apiKey: string, desk: AccountDesk, now: number): SimKey {
  const key = desk.keyOf(apiKey);
  if (!key || key.isForeign) throw badKey();
  if (key.expiresAt !== undefined && key.expiresAt <= now) {
    throw new Refusal(33004, 'Your api key has expired.');
  }
  return key;
}

/** Throws 10010. */
export function checkAddress(key: SimKey, address: string): void {
  if (key.isIpBound && address !== BOUND_TO) {
    throw new Refusal(10010, "Unmatched IP, please check your API key's bound IP addresses.");
  }
}

export function notPermitted(): Refusal {
  return new Refusal(10005, 'Permission denied, please check your API key permissions.');
}

export function headerOf({ headers }: Pick<PrivateRequest, 'headers'>, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function checkTime(timestamp: string, window: string, serverTime: number): void {
  const [sent, length] = [Number(timestamp), Number(window)];
  const isWhole = /^\d{1,16}$/.test(timestamp) && /^\d{1,6}$/.test(window);
  if (isWhole && serverTime - length <= sent && sent < serverTime + AHEAD_MS) return;
  throw new Refusal(
    10002,
    `invalid request, please check your server timestamp or recv_window param. req_timestamp[${timestamp}],server_timestamp[${serverTime}],recv_window[${window}]`,
  );
}
