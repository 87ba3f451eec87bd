import { createHmac, randomUUID } from 'node:crypto';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountEndpoints, AccountVenue, Credentials, SignedCall, Signing } from '#venues/account.ts';
import { loadCcxtClass } from '../ccxt/load-ccxt-class.ts';

/** A private call as it leaves. */
export interface SignedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Signer {
  /** Signed for now. Throws `account.wrong-key` where the key or the secret cannot be one, `internal`. */
  sign(call: SignedCall<unknown>): SignedRequest;
}

export interface SignerOptions {
  readonly venue: Pick<AccountVenue, 'id' | 'signer' | 'signerSections'>;
  readonly endpoints: AccountEndpoints;
  readonly credentials: Credentials;
  /** The venue's clock, ms epoch, as well as it is known. */
  readonly now: () => number;
}

/** What a signing class of ccxt 4.5 has that we use. */
interface CcxtSigner {
  apiKey: string;
  secret: string;
  urls: { api: Record<string, string> };
  options: Record<string, unknown>;
  uuid: () => string;
  milliseconds: () => number;
  nonce: () => number;
  hash: (bytes: Uint8Array, algorithm: unknown) => string;
  sign(
    path: string,
    section: string,
    method: string,
    params: Record<string, unknown>,
  ): { url: string; method: string; body?: string; headers?: Record<string, string> };
}

/** What arrives later than this is refused by venues that look at the clock: an order must not outlive our patience. */
const RECV_WINDOW_MS = 5000;
/** What a venue's signature needs. Everything else ccxt adds is a broker's mark. */
const KEPT_HEADERS =
  /^(?:accept|authorization|content-type|x-mbx-apikey|x-bapi-(?:api-key|timestamp|recv-window|sign))$/i;

/** Signs a venue's calls with ccxt's class of it. Throws `venue.load-failed`. */
export async function createSigner(options: SignerOptions): Promise<Signer> {
  const { venue, credentials, endpoints } = options;
  const Signing = await loadCcxtClass(venue.signer);
  const ccxt = new Signing({ enableRateLimit: false }) as CcxtSigner;
  const now = () => Math.round(options.now());
  ccxt.milliseconds = now;
  ccxt.nonce = now;
  // ccxt's own comes from `Math.random`; venues refuse one that was there before.
  ccxt.uuid = randomUUID;
  ccxt.options['recvWindow'] = RECV_WINDOW_MS;
  ccxt.options['brokerId'] = '';
  if (venue.signer === 'bithumb') hashUnencoded(ccxt);

  function urlsAt(host: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(venue.signerSections).map(([section, path]) => [section, host + path]),
    );
  }

  return {
    sign(call) {
      const host = call.host === 'rights' ? (endpoints.rights ?? endpoints.rest) : endpoints.rest;
      const secrets = revealed(credentials);
      const params: Record<string, unknown> = { ...call.params };
      ccxt.urls.api = urlsAt(host);
      try {
        Object.assign(ccxt, secrets);
        const signed = ccxt.sign(call.path, call.section, call.method, params);
        // Binance's class gives an order without an id one that carries a broker's mark, in the params we gave it.
        if (JSON.stringify(params) !== JSON.stringify(call.params))
          throw unsigned(venue.signer, call, 'changed');
        if (!signed.url.startsWith(`${host}/`)) throw unsigned(venue.signer, call, 'sent elsewhere');
        return {
          url: signed.url,
          method: signed.method,
          headers: keptHeaders(signed.headers ?? {}),
          ...(signed.body !== undefined && { body: signed.body }),
        };
      } catch (fault) {
        // ccxt's own words stay out: they were written while it held the secret.
        throw fault instanceof HeartlineError ? fault : unsigned(venue.signer, call, 'refused');
      } finally {
        ccxt.apiKey = '';
        ccxt.secret = '';
      }
    },
  };
}

/** For logins on sockets: Node's own hashing. */
export function createSigning(credentials: Credentials, now: number): Signing {
  const hmac = (text: string) => createHmac('sha256', credentials.secret.reveal()).update(text);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    credentials,
    now: Math.round(now),
    hmacSha256: (text) => hmac(text).digest('hex'),
    jwt(payload) {
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
      return `${text}.${hmac(text).digest('base64url')}`;
    },
    uuid: () => randomUUID(),
  };
}

/**
 * ccxt's Bithumb hashes a query as it travels, the venue as it was before it was encoded (fact sheet, 5.1): a page's
 * cursor may end in `=`. Nothing but queries is hashed so.
 */
function hashUnencoded(ccxt: CcxtSigner): void {
  const { hash } = ccxt;
  ccxt.hash = (bytes, algorithm) =>
    hash(new TextEncoder().encode(decodeURIComponent(new TextDecoder().decode(bytes))), algorithm);
}

function revealed({ apiKey, secret }: Credentials): { readonly apiKey: string; readonly secret: string } {
  const revealedKey = apiKey.reveal();
  const revealedSecret = secret.reveal();
  // It travels in a header: anything else would fail there, with the key in the words.
  if (!/^[\x21-\x7e]+$/.test(revealedKey) || revealedSecret === '') {
    throw new HeartlineError('account.wrong-key', 'no venue gives out such a key');
  }
  return { apiKey: revealedKey, secret: revealedSecret };
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name)));
}

function unsigned(signer: string, call: SignedCall<unknown>, what: string): HeartlineError {
  const name = `${call.method} ${call.section}/${call.path}`;
  return new HeartlineError('internal', `${name} cannot be signed: ${what} by ccxt's ${signer}`, {
    details: { path: call.path },
  });
}
