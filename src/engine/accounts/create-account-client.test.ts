import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HeartlineError } from '#shared/base/errors.ts';
import { Secret } from '#shared/base/secret.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AccountRefusal, AccountVenue, SignedCall } from '#venues/account.ts';
import type { AccountClientOptions, SignedFetch } from './account-client.ts';
import { createAccountClient } from './create-account-client.ts';

const KEY = 'CANARYKEY0123456789abcdefghijklmnopqrstu';
const SECRET = 'CANARYSECRET0123456789abcdefghijklmnopqr';
const READ: SignedCall<unknown> = {
  method: 'GET',
  section: 'fapiPrivate',
  path: 'order',
  params: { symbol: 'BTCUSDT' },
  scope: 'weight',
  weight: 1,
  parse: (body) => body,
};
const WRITE: SignedCall<unknown> = { ...READ, method: 'POST', params: { newClientOrderId: 'a1' } };
const TOKEN: SignedCall<string> = { ...READ, method: 'POST', path: 'listenKey', params: {}, parse: String };

type Said = { status?: number; body?: string; stream?: ReadableStream<Uint8Array> } | 'silence' | Error;

/** Refusals are what the body says: `{"refusal":{"code","venueCode","message"}}`. */
const VENUE = {
  id: 'binance' as VenueId,
  signer: 'binanceusdm',
  signerSections: { fapiPrivate: '/fapi/v1' },
  budgets: [{ scope: 'weight', capacity: 100, windowMs: 60_000 }],
  stream: { token: { create: () => TOKEN } },
  refusalOf: (_status: number, _headers: unknown, body: string): AccountRefusal | undefined => {
    try {
      return JSON.parse(body).refusal;
    } catch {
      return undefined;
    }
  },
} as unknown as AccountVenue;

function stage(said: readonly Said[], changes: Partial<AccountClientOptions> = {}) {
  const clock = createVirtualClock();
  const left = [...said];
  const sent: { url: string; method: string; body?: string }[] = [];
  const fetch: SignedFetch = (url, init) => {
    sent.push({ url, method: init.method, ...(init.body !== undefined && { body: init.body }) });
    const next = left.shift();
    if (next === undefined) throw new Error('nothing more was to be asked');
    if (next instanceof Error) return Promise.reject(next);
    if (next === 'silence') {
      return new Promise((_, reject) =>
        init.signal.addEventListener('abort', () => reject(new Error(`aborted ${url}`))),
      );
    }
    return Promise.resolve({
      status: next.status ?? 200,
      headers: new Headers(),
      text: async () => next.body ?? '{}',
      ...(next.stream && { body: next.stream }),
    });
  };
  const client = createAccountClient({
    venue: VENUE,
    endpoints: { rest: 'http://127.0.0.1:1', ws: 'ws://127.0.0.1:1' },
    clock,
    fetch,
    credentials: { apiKey: new Secret(KEY), secret: new Secret(SECRET) },
    clockOffsetMs: () => 0,
    measureClock: async () => undefined,
    ...changes,
  });
  clients.push(client);
  return {
    client,
    clock,
    sent,
    /** Lets virtual time pass until the call has ended. */
    async ended<Answer>(call: SignedCall<Answer>): Promise<Answer | HeartlineError> {
      let outcome: { readonly value: Answer | HeartlineError } | undefined;
      client.call(call).then(
        (value) => (outcome = { value }),
        (fault) => (outcome = { value: fault }),
      );
      while (!outcome) {
        await new Promise((resolve) => setImmediate(resolve));
        // Loading the signer takes real time.
        if (sent.length > 0) clock.advance(100);
      }
      return outcome.value;
    },
  };
}

const clients: { dispose(): void }[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

const refusal = (code: AccountRefusal['code'], more: Partial<AccountRefusal> = {}, status = 400): Said => ({
  status,
  body: JSON.stringify({ refusal: { code, venueCode: '-1', message: 'words', ...more } }),
});
const told = (fault: unknown) => {
  const { code, message, details } = fault as HeartlineError;
  return { code, message, details };
};

describe('a private call', () => {
  test('is answered with exact numbers', async () => {
    const { ended } = stage([{ body: '{"id":12345678901234567,"qty":0.1}' }]);
    expect(await ended(READ)).toEqual({ id: '12345678901234567', qty: 0.1 });
  });

  test('is signed with the venue’s time, anew for each try', async () => {
    const { ended, sent, clock } = stage([{ status: 500 }, {}], { clockOffsetMs: () => -1_000_000_000 });
    const startedAt = clock.now() - 1_000_000_000;
    await ended(READ);
    const times = sent.map(({ url }) => Number(new URL(url).searchParams.get('timestamp')));
    expect(times[0]).toBe(startedAt);
    expect(times[1]).toBeGreaterThanOrEqual(startedAt + 300);
  });

  test.each<[string, Said]>([
    ['times out', 'silence'],
    ['finds nobody', new Error('no')],
    ['is answered HTTP 503', { status: 503 }],
    ['meets maintenance', refusal('maintenance', {}, 200)],
    ['asks for an order that is still being registered', refusal('venue.error', {}, 422)],
  ])('that %s is tried three times where it reads', async (_, said) => {
    const { ended, sent } = stage([said, said, said]);
    expect(await ended(READ)).toHaveProperty('code');
    expect(sent).toHaveLength(3);
  });

  test.each<[string, Said, string]>([
    ['times out', 'silence', 'rest.timeout'],
    ['finds nobody', new Error('no'), 'rest.unreachable'],
    ['is answered HTTP 503', { status: 503 }, 'account.venue.error'],
    ['is refused for the clock', refusal('clock'), 'account.clock'],
    [
      'is about an order that is still being registered',
      refusal('venue.error', {}, 422),
      'account.venue.error',
    ],
  ])('that %s is made once where it writes', async (_, said, code) => {
    const { ended, sent } = stage([said]);
    expect(await ended(WRITE)).toHaveProperty('code', code);
    expect(sent.map(({ method }) => method)).toEqual(['POST']);
  });

  test('for a listen key may be repeated, though it is a POST', async () => {
    const { ended, sent } = stage(['silence', { body: '"key"' }]);
    expect([await ended(TOKEN), sent.length]).toEqual(['key', 2]);
  });

  test('refused for the clock has the clock measured, and is made once more', async () => {
    let offsetMs: number | undefined;
    const measureClock = vi.fn(async () => {
      offsetMs = 3_600_000;
    });
    const { ended, sent, clock } = stage([refusal('clock'), {}], {
      clockOffsetMs: () => offsetMs,
      measureClock,
    });
    const startedAt = clock.now();
    expect(await ended(READ)).toEqual({});
    const times = sent.map(({ url }) => Number(new URL(url).searchParams.get('timestamp')) - startedAt);
    expect([measureClock.mock.calls.length, times[0], (times[1] ?? 0) >= 3_600_000]).toEqual([1, 0, true]);
  });

  test.each([
    ['still', async () => undefined],
    ['and nobody can tell the time', () => Promise.reject(new Error('unreachable'))],
  ])('refused for the clock %s is given up after the second', async (_, measureClock) => {
    const { ended, sent } = stage([refusal('clock'), refusal('clock')], { measureClock });
    expect([await ended(READ), sent.length]).toEqual([expect.objectContaining({ code: 'account.clock' }), 2]);
  });

  test.each([
    'wrong-key',
    'wrong-secret',
    'expired',
    'address',
    'permission',
    'not-found',
    'geo',
    'listen-key',
    'venue.error',
  ] as const)('refused as %s is told so, and not repeated', async (code) => {
    const { ended, sent } = stage([refusal(code, { venueCode: '-2015', message: 'no such key' }, 401)]);
    expect([told(await ended(READ)), sent.length]).toEqual([
      {
        code: `account.${code}`,
        message: 'binance answered HTTP 401: no such key',
        details: { venue: 'binance', venueCode: '-2015', status: 401 },
      },
      1,
    ]);
  });

  test.each([
    ['rate-limit', 30_000, 30_000],
    ['ban', 120_000, 120_000],
    ['ban', undefined, 60_000],
  ] as const)('refused as %s (%s ms) lets nothing more leave', async (code, retryAfterMs, silentMs) => {
    const said = refusal(code, retryAfterMs === undefined ? {} : { retryAfterMs }, 429);
    const { ended, sent, clock, client } = stage([said, {}]);
    expect(await ended(READ)).toHaveProperty('code', `account.${code}`);
    expect(client.gauges()).toMatchObject([{ state: 'silent' }]);
    expect([await ended(READ), sent.length]).toEqual([expect.objectContaining({ code: 'rest.silent' }), 1]);
    clock.advance(silentMs);
    expect(await ended(READ)).toEqual({});
  });

  test('waits for budget, what is urgent first', async () => {
    const { client, sent, clock } = stage([{}, {}, {}]);
    await client.call({ ...READ, weight: 70 });
    const order: string[] = [];
    const read = client.call(READ).then(() => order.push('read'));
    const urgent = client.call(READ, 'urgent').then(() => order.push('urgent'));
    await urgent;
    expect(sent).toHaveLength(2);
    clock.advance(60_000);
    await read;
    expect(order).toEqual(['urgent', 'read']);
  });

  test.each([
    ['no JSON', { body: `<html>${KEY}` }],
    ['longer than allowed', { body: ' '.repeat(17 * 1024 * 1024) }],
  ])('answered with what is %s fails without repeating it', async (_, said) => {
    const { ended } = stage([said]);
    const fault = await ended(READ);
    expect(fault).toHaveProperty('code', 'venue.answer');
    expect(inspect(fault, { depth: 9 })).not.toContain('CANARY');
  });

  test('stops reading an answer that never ends', async () => {
    let pulled = 0;
    let isCancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
      cancel() {
        isCancelled = true;
      },
    });
    const { ended } = stage([{ stream }]);
    expect(await ended(READ)).toHaveProperty('code', 'venue.answer');
    expect([pulled < 20, isCancelled]).toEqual([true, true]);
  });

  test('whose answer the codec stumbles over is told as an answer nobody understands', async () => {
    const { ended, sent } = stage([{ body: '[]' }]);
    const parse = (body: unknown) => (body as never)['balances']['BTC'];
    expect([await ended({ ...READ, parse }), sent.length]).toEqual([
      expect.objectContaining({ code: 'venue.answer' }),
      1,
    ]);
  });

  test('ends with the account', async () => {
    const { client, sent } = stage(['silence']);
    const hanging = client.call(READ).catch((fault) => fault);
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    client.dispose();
    expect([await hanging, await client.call(READ).catch((fault) => fault)]).toEqual([
      expect.objectContaining({ code: 'rest.stopped' }),
      expect.objectContaining({ code: 'rest.stopped' }),
    ]);
  });
});

describe('key and secret', () => {
  const invalid = (text: string) => Object.assign(new TypeError(text), { cause: new Error(text) });
  test.each<[string, Said]>([
    [
      'the venue repeats them',
      refusal('wrong-key', { venueCode: `E ${KEY}`, message: `${KEY} and ${SECRET}` }),
    ],
    [
      'a long refusal is cut in the middle of one',
      refusal('venue.error', { message: 'x'.repeat(290) + SECRET }),
    ],
    ['the platform repeats a header', invalid(`Headers.append: "${KEY}" is an invalid header value.`)],
    ['the platform repeats the address', invalid(`Failed to parse URL from http://x/?signature=${SECRET}`)],
    ['the venue says nothing', 'silence'],
    ['the answer holds them', { body: `{"access_key":"${KEY}"` }],
  ])('are in no error when %s', async (_, said) => {
    const { ended } = stage([said, said, said]);
    const fault = await ended({
      ...READ,
      parse: () => {
        throw new TypeError(KEY);
      },
    });
    const words = [
      inspect(fault, { depth: 9, showHidden: true, getters: true }),
      JSON.stringify(told(fault)),
      String((fault as Error).stack),
    ].join('\n');
    expect(words).not.toContain('CANARY');
  });

  test('are in nothing that can be printed of the client', async () => {
    const { client, ended } = stage([{}]);
    await ended(READ);
    const signing = client.signing();
    expect(inspect([client, signing], { depth: 9, showHidden: true })).not.toContain('CANARY');
    expect(JSON.stringify([client, client.gauges(), signing])).not.toContain('CANARY');
  });
});

test('an outage slows later calls down as little as it does the public ones: it is one failure', async () => {
  const out: Said = {
    body: JSON.stringify({ refusal: { code: 'maintenance', venueCode: '0', message: 'back soon' } }),
  };
  const { client, ended } = stage([out, out, out, out, out, out, {}]);
  await ended(READ);
  await ended(READ);
  const outage = client.gauges()[0]?.factor;
  await ended(READ);
  expect([outage, client.gauges()[0]?.factor]).toEqual([1, 1]);
});
