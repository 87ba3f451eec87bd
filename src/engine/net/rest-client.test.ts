import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { RestCall } from '#venues/venue.ts';
import { plainVenue } from '../test-kit/plain-venue.ts';
import { createRestClient, type Fetch } from './rest-client.ts';

type Reply = { status: number; body: string; retryAfter?: string } | Error | 'never';

const call: RestCall<string> = {
  path: '/x',
  scope: 'all',
  weight: 100,
  parse: (body) => JSON.stringify(body),
};
const ok: Reply = { status: 200, body: '{"a":1}' };

function start(replies: Reply[]) {
  const clock = createVirtualClock();
  const sentAt: number[] = [];
  const fetch: Fetch = (_url, init) => {
    sentAt.push(clock.monotonic());
    const reply = replies.shift() ?? ok;
    if (reply instanceof Error) return Promise.reject(reply);
    if (reply === 'never') {
      return new Promise((_resolve, reject) => {
        init.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    }
    return Promise.resolve({
      status: reply.status,
      headers: { get: (name) => (name.toLowerCase() === 'retry-after' ? (reply.retryAfter ?? null) : null) },
      text: () => Promise.resolve(reply.body),
    });
  };
  const rest = createRestClient({
    venue: {
      ...plainVenue,
      refusalOf: (status, headers) =>
        status === 429
          ? {
              code: 'rate-limit',
              message: 'slow down',
              retryAfterMs: Number(headers.get('retry-after')) * 1000,
            }
          : status === 503
            ? { code: 'maintenance', message: 'back soon', retryAfterMs: 4000 }
            : status >= 500
              ? { code: 'venue.error', message: 'oops' }
              : undefined,
    },
    baseUrl: 'http://127.0.0.1:1',
    clock,
    fetch,
  });
  /** Lets virtual time pass until the promise settles. */
  const run = async (promise: Promise<unknown>): Promise<unknown> => {
    let outcome: { value: unknown } | undefined;
    promise.then(
      (value) => (outcome = { value }),
      (fault: { code?: string }) => (outcome = { value: fault.code ?? fault }),
    );
    for (let step = 0; step < 5000 && outcome === undefined; step += 1) {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      clock.advance(50);
    }
    return outcome?.value;
  };
  return { clock, rest, sentAt, run };
}

describe('rest client', () => {
  test('repeats a read that failed on the way, three tries in all', async () => {
    const { rest, sentAt, run } = start([new Error('reset'), { status: 502, body: '' }, ok]);
    expect(await run(rest.call(call))).toBe('{"a":1}');
    expect(sentAt.length).toBe(3);
  });

  test('says what went wrong after the last try', async () => {
    const gone = new Error('connect ECONNREFUSED');
    const { rest, run } = start([gone, gone, gone]);
    expect(await run(rest.call(call))).toBe('rest.unreachable');
  });

  test('gives a call up after six seconds without an answer', async () => {
    const { rest, run, clock } = start(['never', 'never', 'never']);
    expect(await run(rest.call(call))).toBe('rest.timeout');
    expect(clock.monotonic()).toBeGreaterThan(18_000);
  });

  test('sends nothing at all for as long as the venue asked for silence', async () => {
    const { rest, run, sentAt } = start([{ status: 429, body: '', retryAfter: '10' }, ok]);
    expect(await run(rest.call(call))).toBe('rest.rate-limit');
    expect(await run(rest.call(call))).toBe('{"a":1}');
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(10_000);
  });

  test('waits for a venue under maintenance as long as it asked, and repeats the read', async () => {
    const { rest, run, sentAt } = start([{ status: 503, body: '' }, ok]);
    expect(await run(rest.call(call))).toBe('{"a":1}');
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(4000);
  });

  test('takes an outage for one failure: what comes after it is read at full pace', async () => {
    const out: Reply = { status: 503, body: '' };
    const { rest, run } = start([out, out, out, out, out, out, out, out, out, ok]);
    for (let read = 0; read < 3; read += 1) await run(rest.call(call));
    const outage = rest.gauges()[0]?.factor;
    await run(rest.call(call));
    expect([outage, rest.gauges()[0]?.factor, rest.errors.get('maintenance')]).toEqual([1, 1, 9]);
  });

  test('slows down for a venue that answers now and then, and fails in between', async () => {
    const out: Reply = { status: 503, body: '' };
    const { rest, run } = start([out, ok, out, ok, out, ok]);
    for (let read = 0; read < 3; read += 1) await run(rest.call(call));
    expect(rest.gauges()[0]?.factor).toBe(0.7);
  });

  test('does not let a late, shorter order end a longer silence', async () => {
    const { clock, rest, run, sentAt } = start([
      { status: 429, body: '', retryAfter: '120' },
      { status: 429, body: '', retryAfter: '5' },
      ok,
    ]);
    await run(Promise.allSettled([rest.call(call), rest.call(call)]));
    // So long a silence is not waited for: who asks meanwhile is told, and nothing is sent.
    expect([await run(rest.call(call)), sentAt.length]).toEqual(['rest.silent', 2]);
    clock.advance(120_000);
    expect([await run(rest.call(call)), sentAt.length]).toEqual(['{"a":1}', 3]);
  });

  test('says in words who cannot be reached, also when several addresses were tried', async () => {
    const none = new Error('fetch failed', {
      cause: new AggregateError([
        new Error('connect ECONNREFUSED ::1:1'),
        new Error('connect ECONNREFUSED 127.0.0.1:1'),
      ]),
    });
    const { rest, run } = start([none, none, none]);
    const told = rest.call(call).catch((fault: Error) => fault.message);
    expect(await run(told)).toBe(
      'Plain cannot be reached: connect ECONNREFUSED ::1:1, connect ECONNREFUSED 127.0.0.1:1',
    );
  });

  test('takes no more of a budget than its profile allows in any minute', async () => {
    const { rest, run, sentAt } = start([]);
    await run(Promise.all(Array.from({ length: 40 }, () => rest.call(call))));
    const busiest = Math.max(
      ...sentAt.map((at) => sentAt.filter((other) => other > at - 60_000 && other <= at).length),
    );
    expect({ sent: sentAt.length, busiestMinuteWeight: busiest * 100 }).toEqual({
      sent: 40,
      busiestMinuteWeight: 1600,
    });
  });

  test('does not accept an answer that is not JSON, and does not repeat it', async () => {
    const { rest, run, sentAt } = start([{ status: 200, body: '<html>' }]);
    expect([await run(rest.call(call)), sentAt.length]).toEqual(['venue.answer', 1]);
  });

  test('ends what is under way and what waits when disposed', async () => {
    const { rest, run } = start(['never']);
    const pending = rest.call(call);
    rest.dispose();
    expect(await run(pending)).toBe('rest.stopped');
  });
});
