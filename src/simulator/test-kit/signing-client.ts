import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { systemClock } from '#shared/base/system-clock.ts';

export interface TestKey {
  readonly apiKey: string;
  readonly secret: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  readonly body: any;
}

interface Sending {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Which address it comes from: all of 127.0.0.0/8 is this machine. */
  readonly from?: string;
}

/** One request as it is, with no client's own idea of what to add. */
export function sent(url: string, { method, headers = {}, body, from }: Sending): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const call = request(
      url,
      { method, headers: { ...headers, ...length }, agent: false, ...(from ? { localAddress: from } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = response.headers['content-type']?.includes('json') ?? false;
          const status = response.statusCode ?? 0;
          resolve({ status, headers: response.headers, body: isJson && text ? parsed(text) : text });
        });
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** A body that says it is JSON and is none stays text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

type Params = Readonly<Record<string, string | number | boolean>>;

/** Signs as Binance wants it, by hand. */
export class BinanceSigner {
  readonly #rest: string;
  readonly key: TestKey;

  constructor(rest: string, key: TestKey) {
    this.#rest = rest;
    this.key = key;
  }

  async call(
    method: string,
    path: string,
    params: Params = {},
    { from, inBody = false, now = systemClock.now() }: { from?: string; inBody?: boolean; now?: number } = {},
  ): Promise<Answered> {
    const all = { ...params, timestamp: Math.round(now) };
    const text = new URLSearchParams(Object.entries(all).map(([k, v]): [string, string] => [k, String(v)]));
    const whole = `${text}&signature=${hmac(this.key.secret, String(text))}`;
    return sent(`${this.#rest}${path}${inBody ? '' : `?${whole}`}`, {
      method,
      headers: { 'X-MBX-APIKEY': this.key.apiKey },
      ...(inBody ? { body: whole } : {}),
      ...(from ? { from } : {}),
    });
  }

  /** With the key alone. */
  bare(method: string, path: string): Promise<Answered> {
    return sent(`${this.#rest}${path}`, { method, headers: { 'X-MBX-APIKEY': this.key.apiKey } });
  }
}

/** Signs as Bybit wants it, by hand. */
export class BybitSigner {
  readonly #rest: string;
  readonly key: TestKey;

  constructor(rest: string, key: TestKey) {
    this.#rest = rest;
    this.key = key;
  }

  async call(
    method: string,
    path: string,
    params: Params = {},
    { from, now = systemClock.now(), window = '5000' }: { from?: string; now?: number; window?: string } = {},
  ): Promise<Answered> {
    const isGet = method === 'GET';
    const texts = Object.entries(params).map(([k, v]): [string, string] => [k, String(v)]);
    const query = String(new URLSearchParams(texts));
    const payload = isGet ? query : JSON.stringify(params);
    const timestamp = String(Math.round(now));
    return sent(`${this.#rest}${path}${isGet && query !== '' ? `?${query}` : ''}`, {
      method,
      headers: {
        'X-BAPI-API-KEY': this.key.apiKey,
        'X-BAPI-TIMESTAMP': timestamp,
        'X-BAPI-RECV-WINDOW': window,
        'X-BAPI-SIGN': hmac(this.key.secret, timestamp + this.key.apiKey + window + payload),
        ...(isGet ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(isGet ? {} : { body: payload }),
      ...(from ? { from } : {}),
    });
  }

  /** The frame that signs a private socket in. */
  login(expires = Math.round(systemClock.now()) + 10_000): unknown {
    return {
      req_id: 'a1',
      op: 'auth',
      args: [this.key.apiKey, expires, hmac(this.key.secret, `GET/realtime${expires}`)],
    };
  }
}
