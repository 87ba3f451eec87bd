import type { AccountDesk, SimAccount, SimKey } from '../accounts/account-desk.ts';
import { readToken } from './json-web-token.ts';
import { Nonces } from './nonces.ts';
import { sha512 } from './query-hash.ts';

/** Why somebody is not let in; each venue has its own names for these. */
export type GateRefusal =
  | 'no-token'
  | 'malformed'
  | 'unknown-key'
  | 'wrong-signature'
  | 'expired-key'
  | 'address'
  | 'stale-token'
  | 'nonce-used'
  | 'query-hash';

export interface Visitor {
  readonly key: SimKey;
  readonly account: SimAccount;
}

export interface GateOptions {
  readonly desk: AccountDesk;
  readonly algorithms: readonly string[];
  /** Tokens carry the time they were made at (ms), which may differ that much from the venue's. Absent: they do not. */
  readonly tokenAgeMs?: number;
  /** Market time, ms. */
  now(): number;
  /** The venue's clock, ms: market time and whatever a fault shifts it by. */
  venueNow(): number;
}

export interface Arrival {
  readonly authorization: string | undefined;
  /** Address the request came from. */
  readonly address: string | undefined;
  /** Query or body as `query_hash` covers it; empty: there is none to cover. */
  readonly query: string;
  /** Where it had to wait: how long, ms. A token's time is held against when it came. */
  readonly waitedMs?: number;
}

/** Keys bound to an address are bound to this one. */
const HOME = '127.0.0.1';

/** Checks the tokens of one venue. A token is good for one request or one socket. */
export class Gate {
  readonly #options: GateOptions;
  readonly #nonces = new Nonces();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  admit({ authorization, address, query, waitedMs = 0 }: Arrival): Visitor | GateRefusal {
    const { desk, algorithms, tokenAgeMs, venueNow } = this.#options;
    if (authorization === undefined || authorization === '') return 'no-token';
    const token = readToken(authorization);
    if (!token || !algorithms.includes(token.alg)) return 'malformed';
    const { access_key: apiKey, nonce, timestamp, query_hash: hash, query_hash_alg: hashAlg } = token.payload;
    const key = typeof apiKey === 'string' ? desk.keyOf(apiKey) : undefined;
    if (!key || key.isForeign) return 'unknown-key';
    if (!token.isSignedWith(key.secret)) return 'wrong-signature';
    if (this.refusalOf(key) === 'expired-key') return 'expired-key';
    if (key.isIpBound && address !== undefined && address.replace('::ffff:', '') !== HOME) return 'address';
    if (typeof nonce !== 'string' || nonce === '') return 'malformed';
    if (tokenAgeMs !== undefined) {
      if (typeof timestamp !== 'number') return 'malformed';
      if (Math.abs(venueNow() - waitedMs - timestamp) > tokenAgeMs) return 'stale-token';
    }
    if (!this.#nonces.take(key.apiKey, nonce)) return 'nonce-used';
    if (query !== '' && (hashAlg !== 'SHA512' || hash !== sha512(query))) return 'query-hash';
    return { key, account: desk.accountOf(key) };
  }

  /** Why a key that was let in would not be let in any more; `undefined` while it would. */
  refusalOf(key: SimKey): 'unknown-key' | 'expired-key' | undefined {
    const { desk, now } = this.#options;
    if (!desk.keyOf(key.apiKey)) return 'unknown-key';
    return key.expiresAt !== undefined && key.expiresAt <= now() ? 'expired-key' : undefined;
  }
}

/** The key a request claims to come with, for the record: nothing about it has been checked. */
export function claimedKey(authorization: string | undefined): string | undefined {
  const claimed = authorization === undefined ? undefined : readToken(authorization)?.payload['access_key'];
  return typeof claimed === 'string' ? claimed : undefined;
}
