import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { AlarmCall } from '#shared/domain/alarm.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { alarmMessage } from './alarm-message.ts';
import type { PostJson } from './post-webhook.ts';
import { createWebhook } from './webhook.ts';

const T0 = 1_700_000_000_000;
const call = (value: number): AlarmCall => ({
  alarm: {
    id: 'errors:plain/all',
    rule: 'errors',
    subject: 'plain/all',
    venue: venueId('plain'),
    exposure: 'order',
    state: 'active',
    raisedAt: T0,
    lastAt: T0,
    count: 1,
    value,
    bound: 3,
  },
  ways: ['webhook'],
  isTest: false,
  at: T0,
});

function start(post: PostJson, url = 'https://hooks.example/in/SECRET') {
  const clock = createVirtualClock(T0);
  const results: string[] = [];
  const webhook = createWebhook({
    clock,
    messageFor: alarmMessage,
    post,
    url: () => url,
    onResult: ({ ok, detail }) => results.push(`${ok ? 'ok' : 'failed'}: ${detail}`),
  });
  return { clock, webhook, results, settle: () => new Promise((resolve) => setImmediate(resolve)) };
}
const answers =
  (status: number): PostJson =>
  async () => ({ status });

describe('the webhook', () => {
  test('posts JSON, follows no redirect, and a user in the address becomes a header', async () => {
    const sent: Parameters<PostJson>[] = [];
    const { webhook, results, settle } = start(async (...request) => {
      sent.push(request);
      return { status: 204 };
    }, 'https://me:p%40ss@hooks.example/in?token=abc');
    webhook.send(call(4));
    await settle();
    const [url, init] = sent[0] ?? [];
    expect([url, { ...init, body: JSON.parse(init?.body ?? ''), signal: undefined }, results]).toEqual([
      'https://hooks.example/in?token=abc',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('me:p@ss')}` },
        redirect: 'manual',
        signal: undefined,
        body: {
          app: 'Heartline',
          at: T0,
          isTest: false,
          alarm: {
            id: 'errors:plain/all',
            rule: 'errors',
            subject: 'plain/all',
            venue: 'plain',
            exposure: 'order',
            state: 'active',
            raisedAt: T0,
            count: 1,
            value: 4,
            bound: 3,
          },
        },
      },
      ['ok: HTTP 204'],
    ]);
    webhook.dispose();
  });

  test('says what went wrong, and never the address', async () => {
    const secret = 'https://hooks.example/in/SECRET';
    const cases: PostJson[] = [
      answers(500),
      answers(302),
      answers(0),
      async () => {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error(`connect to ${secret}`), { code: 'ECONNREFUSED' }),
        });
      },
      async () => {
        throw new TypeError(`Failed to parse URL from ${secret}`);
      },
    ];
    const told: string[] = [];
    for (const post of cases) {
      const { webhook, results, settle } = start(post, secret);
      webhook.send(call(4));
      await settle();
      told.push(...results);
      webhook.dispose();
    }
    expect(told).toEqual([
      'failed: HTTP 500',
      'failed: redirect refused',
      'failed: redirect refused',
      'failed: cannot be reached: ECONNREFUSED',
      'failed: cannot be reached: Failed to parse URL from ',
    ]);
  });

  test('gives up after five seconds', async () => {
    const { webhook, clock, results, settle } = start(
      (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    webhook.send(call(4));
    await settle();
    clock.advance(4999);
    await settle();
    const before = [...results];
    clock.advance(1);
    await settle();
    expect([before, results]).toEqual([[], ['failed: no answer within 5 s']]);
    webhook.dispose();
  });

  test('sends at most one per ten seconds, keeps the newest twenty, and says how many it let go', async () => {
    const bodies: { alarm: { value: number }; dropped?: number }[] = [];
    const { webhook, clock, settle } = start(async (_url, { body }) => {
      bodies.push(JSON.parse(body));
      return { status: 200 };
    });
    for (let value = 1; value <= 30; value += 1) webhook.send(call(value));
    await settle();
    const counts: number[] = [bodies.length];
    for (let second = 0; second < 300; second += 1) {
      clock.advance(1000);
      await settle();
      if (second === 8 || second === 9) counts.push(bodies.length);
    }
    expect([counts, bodies.map(({ alarm }) => alarm.value), bodies[1]?.dropped, bodies[2]?.dropped]).toEqual([
      [1, 1, 2],
      [1, ...Array.from({ length: 20 }, (_, index) => 11 + index)],
      9,
      undefined,
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  test.each([
    ['was not reached', 'ECONNREFUSED', [1, 1, 1, 2]],
    ['is being restarted', 503, [1, 1, 1, 2]],
    ['refuses', 400, [1, 2]],
  ] as const)(
    'tries again, in its turn, where the receiver %s: at most three times',
    async (_what, end, left) => {
      const sent: number[] = [];
      const { webhook, clock, settle } = start(async (_url, { body }) => {
        const { value } = (JSON.parse(body) as { alarm: { value: number } }).alarm;
        sent.push(value);
        if (value === 2) return { status: 200 };
        if (typeof end === 'number') return { status: end };
        throw Object.assign(new Error('no'), { code: end });
      });
      webhook.send(call(1));
      webhook.send(call(2));
      for (let second = 0; second < 60; second += 1) {
        await settle();
        clock.advance(1000);
      }
      expect([sent, clock.pendingTimers]).toEqual([left, 0]);
    },
  );

  test('takes nothing but http and https, and nothing at all once switched off', async () => {
    const sent: string[] = [];
    const told: string[] = [];
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'nonsense', '']) {
      const { webhook, results, settle } = start(async (to) => {
        sent.push(to);
        return { status: 200 };
      }, url);
      webhook.send(call(4));
      await settle();
      told.push(...results);
      webhook.dispose();
    }
    expect([sent, told]).toEqual([[], Array(3).fill('failed: not an http or https address')]);
  });

  test('a lone % in the user of an address is itself: it must not bring the program down', async () => {
    const authorizations: unknown[] = [];
    for (const url of ['https://me%:100%25@hooks.example/in', 'https://%ff@hooks.example/in']) {
      const { webhook, settle } = start(async (_to, { headers }) => {
        authorizations.push(headers['authorization']);
        return { status: 200 };
      }, url);
      webhook.send(call(1));
      await settle();
      webhook.dispose();
    }
    expect(authorizations).toEqual([`Basic ${btoa('me%:100%')}`, `Basic ${btoa('%ff:')}`]);
  });

  test('ends with its engine: what is under way is dropped and nothing is told', async () => {
    const { webhook, clock, results, settle } = start(
      (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    webhook.send(call(1));
    webhook.send(call(2));
    webhook.dispose();
    await settle();
    expect([results, clock.pendingTimers]).toEqual([[], 0]);
  });

  test('over the platform’s own fetch: a redirect leads nowhere', async () => {
    const visited: string[] = [];
    const server = createServer((request, response) => {
      visited.push(`${request.method} ${request.url}`);
      response.writeHead(request.url === '/in' ? 307 : 200, { location: '/elsewhere' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const told = new Promise<string>((resolve) => {
      const webhook = createWebhook({
        clock: createVirtualClock(T0),
        post: fetch,
        messageFor: alarmMessage,
        url: () => `http://127.0.0.1:${port}/in`,
        onResult: ({ detail }) => resolve(detail),
      });
      webhook.send(call(4));
    });
    expect([await told, visited]).toEqual(['redirect refused', ['POST /in']]);
    server.closeAllConnections();
    server.close();
  });
});
