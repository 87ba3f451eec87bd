import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Secret } from '#shared/base/secret.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { SignedCall } from '#venues/account.ts';
import { createSigner, createSigning, type SignerOptions } from './signer.ts';

const KEY = 'dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83';
/** Of Binance's documentation, as the fact sheet gives it; good nowhere. */
const SECRET = '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9';
const NOW = 1_795_000_000_123;
const credentials = { apiKey: new Secret(KEY), secret: new Secret(SECRET) };

const SIGNERS = {
  binanceusdm: { fapiPrivate: '/fapi/v1', fapiPrivateV3: '/fapi/v3', sapi: '/sapi/v1' },
  bybit: { private: '' },
  upbit: { private: '' },
  bithumb: { private: '' },
} as const;

function signerOf(signer: keyof typeof SIGNERS, changes: Partial<SignerOptions> = {}) {
  return createSigner({
    venue: { id: signer as VenueId, signer, signerSections: SIGNERS[signer] },
    endpoints: { rest: 'http://127.0.0.1:1', ws: 'ws://127.0.0.1:2', rights: 'http://127.0.0.1:3' },
    credentials,
    now: () => NOW,
    ...changes,
  });
}

function callOf(changes: Partial<SignedCall<unknown>>): SignedCall<unknown> {
  return {
    method: 'GET',
    section: 'private',
    path: 'orders',
    params: {},
    scope: 'ip',
    weight: 1,
    parse: (body) => body,
    ...changes,
  };
}

const hmac = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex');

function jwtOf(header: string | undefined) {
  const [head = '', payload = '', mark = ''] = (header ?? '').replace(/^Bearer /, '').split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return {
    head: read(head),
    payload: read(payload),
    isGood: createHmac('sha256', SECRET).update(`${head}.${payload}`).digest('base64url') === mark,
  };
}

describe('a call signed by ccxt for Binance', () => {
  test('has the signature that Node finds for what is sent, and the vector of the documentation holds for both', async () => {
    const vector =
      'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943';
    const published = '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9';
    expect(hmac(vector)).toBe(published);
    expect(createSigning(credentials, NOW).hmacSha256(vector)).toBe(published);

    const sign = await signerOf('binanceusdm');
    const given = new URLSearchParams(vector);
    const request = sign.sign(
      callOf({
        method: 'POST',
        section: 'fapiPrivate',
        path: 'order',
        params: { ...Object.fromEntries(given), newClientOrderId: 'a1' },
      }),
    );
    const [payload, mark] = (request.body ?? '').split('&signature=');
    expect({ ...request, body: mark }).toEqual({
      url: 'http://127.0.0.1:1/fapi/v1/order',
      method: 'POST',
      headers: { 'X-MBX-APIKEY': KEY, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: hmac(payload ?? ''),
    });
    given.append('newClientOrderId', 'a1');
    expect(Object.fromEntries(new URLSearchParams(payload))).toEqual(Object.fromEntries(given));
  });

  test('carries the venue’s time and a window of five seconds', async () => {
    const { sign } = await signerOf('binanceusdm');
    const { url } = sign(callOf({ section: 'fapiPrivateV3', path: 'balance' }));
    const query = `timestamp=${NOW}&recvWindow=5000`;
    expect(url).toBe(`http://127.0.0.1:1/fapi/v3/balance?${query}&signature=${hmac(query)}`);
  });

  test('asks for rights at the other host', async () => {
    const { sign } = await signerOf('binanceusdm');
    const { url } = sign(callOf({ section: 'sapi', path: 'account/apiRestrictions', host: 'rights' }));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3\/sapi\/v1\/account\/apiRestrictions\?timestamp=/);
  });

  test('is not signed where ccxt would put an id of its own on it', async () => {
    const { sign } = await signerOf('binanceusdm');
    const order = callOf({
      method: 'POST',
      section: 'fapiPrivate',
      path: 'order',
      params: { symbol: 'BTCUSDT' },
    });
    expect(() => sign(order)).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  test('asks for a listen key with the key alone', async () => {
    const { sign } = await signerOf('binanceusdm');
    expect(sign(callOf({ method: 'POST', section: 'fapiPrivate', path: 'listenKey' }))).toEqual({
      url: 'http://127.0.0.1:1/fapi/v1/listenKey',
      method: 'POST',
      headers: { 'X-MBX-APIKEY': KEY, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: '',
    });
  });
});

describe('a call signed by ccxt for Bybit', () => {
  const headersOf = (signed: string) => ({
    'Content-Type': 'application/json',
    'X-BAPI-API-KEY': KEY,
    'X-BAPI-TIMESTAMP': String(NOW),
    'X-BAPI-RECV-WINDOW': '5000',
    'X-BAPI-SIGN': hmac(`${NOW}${KEY}5000${signed}`),
  });

  test('signs the query as it is sent', async () => {
    const { sign } = await signerOf('bybit');
    const query = 'category=linear&settleCoin=USDT&limit=200';
    const params = { category: 'linear', settleCoin: 'USDT', limit: 200 };
    expect(sign(callOf({ path: 'v5/position/list', params }))).toEqual({
      url: `http://127.0.0.1:1/v5/position/list?${query}`,
      method: 'GET',
      headers: headersOf(query),
    });
  });

  test('signs the body as it is sent, and names no broker', async () => {
    const { sign } = await signerOf('bybit');
    const params = { category: 'linear', symbol: 'BTCUSDT', qty: '0.001' };
    const body = '{"category":"linear","symbol":"BTCUSDT","qty":"0.001"}';
    expect(sign(callOf({ method: 'POST', path: 'v5/order/create', params }))).toEqual({
      url: 'http://127.0.0.1:1/v5/order/create',
      method: 'POST',
      headers: headersOf(body),
      body,
    });
  });
});

describe.each(['upbit', 'bithumb'] as const)('a call signed by ccxt for %s', (venue) => {
  const version = venue === 'upbit' ? '' : 'v1/';
  const claims = venue === 'upbit' ? {} : { timestamp: NOW };

  test('carries a good token with the hash of the query', async () => {
    const { sign } = await signerOf(venue);
    const params = { market: 'KRW-BTC', state: 'wait', page: 1 };
    const query = 'market=KRW-BTC&state=wait&page=1';
    const { headers, ...request } = sign(callOf({ path: `${version}orders/open`, params }));
    expect(request).toEqual({ url: `http://127.0.0.1:1/v1/orders/open?${query}`, method: 'GET' });
    expect(jwtOf(headers['Authorization'])).toEqual({
      head: { alg: 'HS256', typ: 'JWT' },
      payload: {
        access_key: KEY,
        nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...claims,
        query_hash: createHash('sha512').update(query).digest('hex'),
        query_hash_alg: 'SHA512',
      },
      isGood: true,
    });
  });

  test('hashes the query as it was before it was encoded', async () => {
    const { sign } = await signerOf(venue);
    const { url, headers } = sign(callOf({ path: `${version}orders`, params: { next_key: 'a+b/c==' } }));
    expect(url).toBe('http://127.0.0.1:1/v1/orders?next_key=a%2Bb%2Fc%3D%3D');
    expect(jwtOf(headers['Authorization']).payload.query_hash).toBe(
      createHash('sha512').update('next_key=a+b/c==').digest('hex'),
    );
  });

  test('hashes a body’s fields in the order they are sent in, and names no partner', async () => {
    const { sign } = await signerOf(venue);
    const params = { market: 'KRW-BTC', side: 'bid', volume: '0.001', price: '1000000', ord_type: 'limit' };
    const { headers, body } = sign(callOf({ method: 'POST', path: `${version}orders/test`, params }));
    expect(body).toBe(JSON.stringify(params));
    const text = Object.entries(JSON.parse(body ?? ''))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    expect(jwtOf(headers['Authorization']).payload.query_hash).toBe(
      createHash('sha512').update(text).digest('hex'),
    );
    expect(
      Object.keys(headers).filter((name) => !/^(accept|authorization|content-type)$/i.test(name)),
    ).toEqual([]);
  });

  test('has a nonce that was never there before', async () => {
    const { sign } = await signerOf(venue);
    const nonces = Array.from(
      { length: 1000 },
      () => jwtOf(sign(callOf({ path: `${version}accounts` })).headers['Authorization']).payload.nonce,
    );
    expect(new Set(nonces).size).toBe(1000);
  });
});

describe('signing', () => {
  test('takes whole milliseconds of the venue’s clock at the moment of signing', async () => {
    let now = NOW;
    const { sign } = await signerOf('bithumb', { now: () => now });
    const timeOf = () =>
      jwtOf(sign(callOf({ path: 'v1/accounts' })).headers['Authorization']).payload.timestamp;
    const first = timeOf();
    now += 1500.4;
    expect([first, timeOf()]).toEqual([NOW, NOW + 1500]);
  });

  test.each([
    ['no key', '', 'secret'],
    ['no secret', 'key', ''],
    ['a key with a line’s end in it', 'key\n', 'secret'],
    ['a key typed in Korean', '열쇠', 'secret'],
  ])('refuses %s, without repeating it', async (_, apiKey, secret) => {
    const { sign } = await signerOf('upbit', {
      credentials: { apiKey: new Secret(apiKey), secret: new Secret(secret) },
    });
    expect(() => sign(callOf({ path: 'accounts' }))).toThrow(
      expect.objectContaining({ code: 'account.wrong-key', message: 'no venue gives out such a key' }),
    );
  });

  test('logs in on sockets with a token anybody can check, and a fresh uuid', () => {
    const signing = createSigning(credentials, NOW + 0.6);
    const jwt = signing.jwt({ access_key: KEY, nonce: signing.uuid(), timestamp: signing.now });
    expect(jwtOf(jwt)).toEqual({
      head: { alg: 'HS256', typ: 'JWT' },
      payload: { access_key: KEY, nonce: expect.stringMatching(/^[0-9a-f-]{36}$/), timestamp: NOW + 1 },
      isGood: true,
    });
    expect(signing.uuid()).not.toBe(signing.uuid());
  });
});
