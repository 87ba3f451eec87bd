import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cause } from '#shared/domain/connection.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { Circumstances } from './circumstances.ts';
import { judgeIncident } from './verdict.ts';
import { VERDICT_EVIDENCE } from './verdict-evidence.ts';

const [binance, bybit, upbit, bithumb] = ['binance', 'bybit', 'upbit', 'bithumb'].map(venueId) as [
  ReturnType<typeof venueId>,
  ReturnType<typeof venueId>,
  ReturnType<typeof venueId>,
  ReturnType<typeof venueId>,
];

const calm: Circumstances = {
  venue: bithumb,
  causes: [{ code: 'socket.silent', detail: 'no data on any stream' }],
  worst: 'stale',
  streams: { silent: 4, fine: 0 },
  siblingsFine: [],
  othersFine: [],
  fellTogether: [],
  othersWatched: 0,
  link: 'up',
  isLoopback: false,
  clock: { offsetMs: 12, movedMs: 0 },
  loopDelayMs: 1,
  tightBudgets: [],
};
const caused = (code: Cause['code'], detail = ''): Pick<Circumstances, 'causes'> => ({
  causes: [{ code, detail }],
});
const fell = (...venues: (typeof binance)[]) => ({
  fellTogether: venues.map((venue, index) => ({ venue, withinMs: 400 * index, lostSocket: true })),
  othersWatched: venues.length,
});
const judged = (change: Partial<Circumstances>) => {
  const { side, kind, confidence, evidence } = judgeIncident({ ...calm, ...change });
  return [side, kind, confidence, evidence.map(({ code }) => code).join(' ')];
};

describe('mine or theirs', () => {
  test('one connection silent while the rest answers and others are fine: theirs, its socket', () => {
    expect(
      judgeIncident({ ...calm, othersFine: [upbit], othersWatched: 1, probe: { ok: true, ms: 2100 } }),
    ).toEqual({
      side: 'theirs',
      kind: 'socket',
      confidence: 0.88,
      evidence: [
        { code: 'socket.silent', details: { cause: 'socket.silent', detail: 'no data on any stream' } },
        { code: 'venues.fine', details: { venues: 'upbit', count: 1 } },
        { code: 'rest.answers', details: { ms: 2100 } },
      ],
    });
  });

  test('every explanation has its own marks', () => {
    const degraded = { worst: 'degraded', streams: { silent: 2, fine: 2 } } as const;
    const waiting = { worst: 'waiting' } as const;
    expect({
      'three venues late together': judged({
        ...degraded,
        fellTogether: [
          { venue: upbit, withinMs: 300, lostSocket: false },
          { venue: bybit, withinMs: 1200, lostSocket: false },
        ],
        othersWatched: 2,
      }),
      'two of three late together': judged({
        ...degraded,
        fellTogether: [{ venue: upbit, withinMs: 300, lostSocket: false }],
        othersFine: [bybit],
        othersWatched: 2,
      }),
      'no interface': judged({ ...waiting, ...caused('socket.dns', 'ENOTFOUND'), link: 'none' }),
      'all sockets gone': judged({ ...waiting, ...caused('socket.reset'), ...fell(binance, bybit, upbit) }),
      'all sockets gone, loopback fine': judged({
        ...waiting,
        ...caused('socket.reset'),
        ...fell(bybit, upbit),
        loopbackFine: binance,
      }),
      'name not found': judged({ ...waiting, ...caused('socket.dns', 'getaddrinfo EAI_AGAIN') }),
      'name not found, others fine': judged({
        ...waiting,
        ...caused('socket.dns', 'getaddrinfo ENOTFOUND'),
        othersFine: [bybit, upbit],
        othersWatched: 2,
      }),
      'answered 451': judged({
        ...waiting,
        ...caused('socket.handshake', 'handshake answered with HTTP 451'),
      }),
      'geo by the venue': judged({ worst: 'failed', ...caused('geo', 'restricted location') }),
      'wrong certificate': judged({ ...waiting, ...caused('unknown', 'self-signed certificate in chain') }),
      'a web page': judged({ ...waiting, ...caused('protocol', 'answer began with <!DOCTYPE html>') }),
      'auth with a wrong clock': judged({
        worst: 'failed',
        ...caused('auth', 'timestamp outside of recvWindow'),
        clock: { offsetMs: -4000, movedMs: 0 },
      }),
      'clock set': judged({ clock: { offsetMs: 61_000, movedMs: 60_988 } }),
      'machine slept': judged({ ...waiting, ...caused('resume'), stoodStillMs: 600_000 }),
      'resume without a gap': judged({ ...waiting, ...caused('resume') }),
      'one stream alone': judged({
        worst: 'stale',
        streams: { silent: 1, fine: 3, named: 'trade bithumb:BTC-KRW' },
        othersFine: [upbit],
        othersWatched: 1,
      }),
      'announced maintenance': judged({ worst: 'paused', ...caused('maintenance', 'system upgrade') }),
      'answered 503': judged({
        ...waiting,
        ...caused('socket.handshake', 'handshake answered with HTTP 503'),
      }),
      'closed with 1012': judged({ ...waiting, ...caused('socket.closed', 'closed with 1012 (restart)') }),
      'too many requests': judged({
        ...waiting,
        ...caused('rate-limit', 'handshake answered with HTTP 429'),
      }),
      'banned with a used-up budget': judged({ worst: 'paused', ...caused('ban'), tightBudgets: ['weight'] }),
      'reset, venue does not answer, others fine': judged({
        ...waiting,
        ...caused('socket.reset'),
        othersFine: [upbit, bybit],
        othersWatched: 2,
        probe: { ok: false, ms: 5000, code: 'rest.timeout' },
      }),
      'geo, while others are fine': judged({
        worst: 'failed',
        ...caused('geo', 'restricted location'),
        othersFine: [binance, upbit, bybit],
        othersWatched: 3,
        probe: { ok: false, ms: 80, code: 'rest.refused' },
      }),
      'reset, then limited while trying again': judged({
        ...waiting,
        causes: [
          { code: 'socket.reset', detail: 'ECONNRESET' },
          { code: 'rate-limit', detail: 'handshake answered with HTTP 429' },
        ],
        othersFine: [upbit],
        othersWatched: 1,
      }),
      'asked by the person': judged({ ...waiting, ...caused('user') }),
      'nothing known': judged({ ...waiting, ...caused('unknown') }),
    }).toMatchInlineSnapshot(`
      {
        "a web page": [
          "mine",
          "proxy-geo",
          0.75,
          "answer.html",
        ],
        "all sockets gone": [
          "mine",
          "link",
          0.9,
          "venues.all-fell",
        ],
        "all sockets gone, loopback fine": [
          "mine",
          "link",
          0.88,
          "venues.all-fell loopback.fine",
        ],
        "announced maintenance": [
          "theirs",
          "maintenance",
          0.95,
          "maintenance.announced",
        ],
        "answered 451": [
          "mine",
          "proxy-geo",
          0.8,
          "http.forbidden",
        ],
        "answered 503": [
          "theirs",
          "maintenance",
          0.75,
          "http.unavailable",
        ],
        "asked by the person": [
          "mine",
          "asked",
          0.99,
          "asked.person",
        ],
        "auth with a wrong clock": [
          "mine",
          "clock",
          0.9,
          "clock.off",
        ],
        "banned with a used-up budget": [
          "mine",
          "rate-limit",
          0.97,
          "limit.answered budget.tight",
        ],
        "clock set": [
          "mine",
          "clock",
          0.7,
          "clock.moved",
        ],
        "closed with 1012": [
          "theirs",
          "maintenance",
          0.7,
          "close.restart",
        ],
        "geo by the venue": [
          "mine",
          "proxy-geo",
          0.85,
          "http.forbidden",
        ],
        "geo, while others are fine": [
          "mine",
          "proxy-geo",
          0.85,
          "http.forbidden",
        ],
        "machine slept": [
          "mine",
          "clock",
          0.92,
          "machine.stood-still",
        ],
        "name not found": [
          "mine",
          "dns",
          0.7,
          "dns.failed",
        ],
        "name not found, others fine": [
          "theirs",
          "dns",
          0.78,
          "dns.failed venues.fine",
        ],
        "no interface": [
          "mine",
          "link",
          0.95,
          "link.none",
        ],
        "nothing known": [
          "unclear",
          "socket",
          0,
          "nothing.known",
        ],
        "one stream alone": [
          "theirs",
          "stream",
          0.93,
          "stream.alone venues.fine",
        ],
        "reset, then limited while trying again": [
          "theirs",
          "socket",
          0.72,
          "socket.ended venues.fine",
        ],
        "reset, venue does not answer, others fine": [
          "theirs",
          "socket",
          0.9,
          "socket.ended venues.fine rest.fails",
        ],
        "resume without a gap": [
          "mine",
          "clock",
          0.92,
          "machine.stood-still",
        ],
        "three venues late together": [
          "mine",
          "correlated",
          0.64,
          "venues.together clock.steady",
        ],
        "too many requests": [
          "mine",
          "rate-limit",
          0.95,
          "limit.answered",
        ],
        "two of three late together": [
          "mine",
          "correlated",
          0.42,
          "venues.together clock.steady venues.fine",
        ],
        "wrong certificate": [
          "mine",
          "proxy-geo",
          0.75,
          "tls.failed",
        ],
      }
    `);
  });

  test('milliseconds in the words of a cause are no status', () => {
    for (const ms of [403, 418, 429, 451, 503, 1001, 1012]) {
      expect(judged({ ...caused('socket.silent', `no byte for ${ms} ms`) })).toEqual([
        'unclear',
        'socket',
        0.25,
        'socket.silent',
      ]);
    }
  });

  test('planned changes are nobody’s fault but whoever planned them', () => {
    expect(
      (['age', 'user', 'notice'] as const).map((planned) => judged({ worst: 'rotating', planned })),
    ).toEqual([
      ['mine', 'asked', 1, 'asked.age'],
      ['mine', 'asked', 1, 'asked.person'],
      ['theirs', 'maintenance', 0.95, 'maintenance.announced'],
    ]);
  });
});

const venues = fc.subarray([binance, bybit, upbit]);
const anything: fc.Arbitrary<Circumstances> = fc.record(
  {
    venue: fc.constant(bithumb),
    causes: fc.array(
      fc.record({
        code: fc.constantFrom<Cause['code']>(
          'socket.refused',
          'socket.reset',
          'socket.closed',
          'socket.handshake',
          'socket.silent',
          'socket.dns',
          'protocol',
          'timeout',
          'auth',
          'rate-limit',
          'ban',
          'geo',
          'maintenance',
          'clock',
          'venue.error',
          'circuit',
          'resume',
          'user',
          'unknown',
        ),
        detail: fc.string(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    worst: fc.constantFrom('degraded', 'stale', 'waiting', 'paused', 'failed'),
    streams: fc.record({ silent: fc.nat(5), fine: fc.nat(5) }),
    siblingsFine: fc.array(fc.string(), { maxLength: 2 }),
    othersFine: venues,
    fellTogether: venues.map((some) =>
      some.map((venue) => ({ venue, withinMs: 100, lostSocket: venue === upbit })),
    ),
    othersWatched: fc.nat(3),
    link: fc.constantFrom('up', 'none', 'unknown'),
    isLoopback: fc.boolean(),
    probe: fc.record({ ok: fc.boolean(), ms: fc.nat(5000) }),
    clock: fc.record({ movedMs: fc.integer({ min: -5000, max: 5000 }) }),
    stoodStillMs: fc.nat(99_999),
    loopDelayMs: fc.nat(2000),
    tightBudgets: fc.array(fc.string(), { maxLength: 2 }),
  },
  {
    requiredKeys: [
      'venue',
      'causes',
      'worst',
      'streams',
      'siblingsFine',
      'othersFine',
      'fellTogether',
      'othersWatched',
      'link',
      'isLoopback',
      'clock',
      'loopDelayMs',
      'tightBudgets',
    ],
  },
);

describe('whatever is known', () => {
  test('the confidence is a share, weak ones take no side, and every code is listed', () => {
    fc.assert(
      fc.property(anything, (seen) => {
        const { side, confidence, evidence } = judgeIncident(seen);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(side === 'unclear').toBe(confidence < 0.4);
        expect(evidence.length).toBeGreaterThan(0);
        for (const { code } of evidence) expect(VERDICT_EVIDENCE).toContain(code);
      }),
      { numRuns: 1000 },
    );
  });

  test('REST that answers never makes a socket’s fault less theirs', () => {
    fc.assert(
      fc.property(anything, (seen) => {
        const { probe: _probe, ...unasked } = seen;
        const without = judgeIncident(unasked);
        const answered = judgeIncident({ ...unasked, probe: { ok: true, ms: 50 } });
        if (without.side === 'theirs') expect(answered.side).toBe('theirs');
      }),
      { numRuns: 1000 },
    );
  });
});
