import { createHash, createHmac, randomUUID } from 'node:crypto';
import { systemClock } from '#shared/base/system-clock.ts';
import type { KoreanVenue } from './korean-wire.ts';
import { type Answered, sent, type TestKey } from './signing-client.ts';
import type { Wire } from './wire.ts';

type Value = string | number | readonly string[];
export type Params = Readonly<Record<string, Value>>;

/** How one request is to differ from what is right. */
export interface Odd {
  readonly alg?: 'HS256' | 'HS384' | 'HS512' | 'none';
  readonly secret?: string;
  readonly nonce?: string;
  /** ms epoch the token says it was made at. */
  readonly now?: number;
  /** What is hashed instead of the un-encoded query. */
  readonly hashed?: string;
  readonly hashAlg?: string;
  /** Payload fields, over what is right. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly from?: string;
  readonly contentType?: string;
  readonly rawBody?: string;
}

/** Signs as the Korean venues want it, by hand. */
export class KoreanSigner {
  readonly key: TestKey;
  readonly #venue: KoreanVenue;
  readonly #rest: string;

  constructor(venue: KoreanVenue, rest: string, key: TestKey) {
    this.#venue = venue;
    this.#rest = rest;
    this.key = key;
  }

  token(query: string, odd: Odd = {}): string {
    const { alg = 'HS256', secret = this.key.secret, nonce = randomUUID(), now = systemClock.now() } = odd;
    const hash = createHash('sha512')
      .update(odd.hashed ?? query)
      .digest('hex');
    const payload = {
      access_key: this.key.apiKey,
      nonce,
      ...(this.#venue === 'bithumb' ? { timestamp: Math.round(now) } : {}),
      ...(query === '' ? {} : { query_hash: hash, query_hash_alg: odd.hashAlg ?? 'SHA512' }),
      ...odd.payload,
    };
    const text = [{ alg, typ: 'JWT' }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const digest = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512', none: 'sha256' }[alg];
    return `Bearer ${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
  }

  async call(method: string, path: string, params: Params = {}, odd: Odd = {}): Promise<Answered> {
    const query = textOf(params);
    const isPost = method === 'POST';
    const authorization = this.token(query, odd);
    const from = odd.from === undefined ? {} : { from: odd.from };
    if (!isPost) {
      const encoded = textOf(params, encodeURIComponent);
      const url = `${this.#rest}${path}${encoded === '' ? '' : `?${encoded}`}`;
      return sent(url, { method, headers: { authorization }, ...from });
    }
    return sent(this.#rest + path, {
      method,
      headers: { authorization, 'content-type': odd.contentType ?? 'application/json; charset=utf-8' },
      body: odd.rawBody ?? JSON.stringify(params),
      ...from,
    });
  }
}

function textOf(params: Params, encode: (text: string) => string = (text) => text): string {
  return Object.entries(params)
    .flatMap(([name, value]) =>
      typeof value === 'object'
        ? value.map((one) => `${encode(`${name}[]`)}=${encode(one)}`)
        : [`${encode(name)}=${encode(String(value))}`],
    )
    .join('&');
}

/** A signer for one of the simulator's keys. */
export async function signerFor(wire: Wire, venue: KoreanVenue, name: string): Promise<KoreanSigner> {
  const { body } = await wire.control('GET', `/keys?venue=${venue}`);
  const key = body.keys.find((one: { readonly name: string }) => one.name === name);
  return new KoreanSigner(venue, wire.simulation.address.venues[venue]?.rest as string, key);
}
