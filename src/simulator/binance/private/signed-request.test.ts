import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountDesk, SimKey } from '../../accounts/account-desk.ts';
import { hmacSha256 } from '../../hmac.ts';
import { Refusal } from '../query.ts';
import { type PrivateRequest, signedText, signerOf } from './signed-request.ts';

// The keys and the answer the venue publishes for those who write a signer.
const SECRET = '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9';
const PAYLOAD =
  'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943';
const SIGNATURE = '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9';
const THEN = 1_591_702_613_943;

const KEY: SimKey = {
  venue: 'binance',
  name: 'published',
  apiKey: 'publishedKey',
  secret: SECRET,
  read: true,
  trade: true,
  withdraw: false,
  transfer: false,
  isIpBound: true,
  isForeign: false,
  expiresAt: undefined,
  account: 'published',
};

function deskWith(key: Partial<SimKey>): AccountDesk {
  const whole = { ...KEY, ...key };
  return { keyOf: (apiKey: string) => (apiKey === whole.apiKey ? whole : undefined) } as AccountDesk;
}

const REQUEST: PrivateRequest = {
  method: 'POST',
  path: '/fapi/v1/order',
  query: '',
  body: `${PAYLOAD}&signature=${SIGNATURE}`,
  apiKey: KEY.apiKey,
  address: '127.0.0.1',
};

function verdict(request: Partial<PrivateRequest>, key: Partial<SimKey> = {}, now = THEN): unknown {
  try {
    return signerOf({ ...REQUEST, ...request }, deskWith(key), now, now).name;
  } catch (fault) {
    return fault instanceof Refusal ? [fault.code, fault.status] : fault;
  }
}

describe('the signature check of the simulated Binance', () => {
  it('agrees with the published test vector, in the body, in the query and split over both', () => {
    expect(hmacSha256(SECRET, PAYLOAD)).toBe(SIGNATURE);
    const [first = '', rest = ''] = PAYLOAD.split(/(?<=BUY)/);
    expect([
      verdict({}),
      verdict({ body: '', query: `${PAYLOAD}&signature=${SIGNATURE}` }),
      verdict({ query: first, body: `${rest}&signature=${SIGNATURE}` }),
    ]).toEqual(['published', 'published', 'published']);
    // One behind the other, with nothing in between: that is what is signed of both.
    expect(signedText({ query: 'symbol=BTCUSDT', body: `side=BUY&signature=${SIGNATURE}` })).toBe(
      'symbol=BTCUSDTside=BUY',
    );
  });

  it('sees every change of a letter, and of the order of parameters', () => {
    const [symbol = '', side = '', ...rest] = PAYLOAD.split('&');
    expect(verdict({ body: `${[side, symbol, ...rest].join('&')}&signature=${SIGNATURE}` })).toEqual([
      -1022, 400,
    ]);
    fc.assert(
      fc.property(fc.nat(PAYLOAD.length - 40), (at) => {
        const changed = `${PAYLOAD.slice(0, at)}x${PAYLOAD.slice(at + 1)}`;
        return JSON.stringify(verdict({ body: `${changed}&signature=${SIGNATURE}` })) === '[-1022,400]';
      }),
    );
  });

  it('takes a clock up to a second ahead and as far behind as the window is long', () => {
    const at = (now: number) => verdict({}, {}, now);
    expect([at(THEN - 999), at(THEN - 1000), at(THEN + 5000), at(THEN + 5001)]).toEqual([
      'published',
      [-1021, 400],
      'published',
      [-1021, 400],
    ]);
  });

  it('checks the form of the key, what is missing, the clock, the key, the signature and its rights, in this order', () => {
    const wrong = { body: `${PAYLOAD}&signature=${'0'.repeat(64)}` };
    const late = THEN + 3_600_000;
    expect([
      verdict({ ...wrong, apiKey: undefined }, {}, late),
      verdict({ ...wrong, apiKey: 'short' }, {}, late),
      verdict({ apiKey: 'unknownUnknown', body: 'symbol=BTCUSDT' }, {}, late),
      verdict({ apiKey: 'unknownUnknown', body: PAYLOAD }),
      verdict({ ...wrong, apiKey: 'unknownUnknown' }, {}, late),
      verdict({ ...wrong, apiKey: 'unknownUnknown' }),
      verdict(wrong, { isForeign: true }),
      verdict(wrong, { read: false }),
      verdict({}, { read: false }),
      verdict({}, { expiresAt: THEN }),
      verdict({ address: '127.0.0.2' }),
      verdict({ address: '127.0.0.2' }, { isIpBound: false }),
      verdict({ body: `${PAYLOAD.replace('5000', '60001')}&signature=x` }),
      verdict({ body: `${PAYLOAD.replace('1591702613943', 'now')}&signature=x` }),
    ]).toEqual([
      [-2014, 401],
      [-2014, 401],
      [-1102, 400],
      [-1102, 400],
      [-1021, 400],
      [-2015, 401],
      [-2015, 401],
      [-1022, 400],
      [-2015, 401],
      [-2015, 401],
      [-2015, 401],
      'published',
      [-1131, 400],
      [-1100, 400],
    ]);
  });
});
