import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionHealth, ConnectionState, StreamState } from '#shared/domain/connection.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { openConnectionStore } from './connection-store.ts';
import { createEventLog } from './event-log.ts';
import { openIncidentArchive } from './incident-archive.ts';
import { createIncidentWatch } from './incident-watch.ts';
import type { ProbeAnswer } from './probes.ts';

const T0 = 1_700_000_000_000;
const bithumb = venueId('bithumb');
const upbit = venueId('upbit');
const live: ConnectionState = { kind: 'live' };
const reset = { code: 'socket.reset', detail: 'ECONNRESET' } as const;
const silence = { code: 'socket.silent', detail: 'no data on any stream' } as const;
const stale: ConnectionState = { kind: 'stale', cause: silence };
const degraded: ConnectionState = { kind: 'degraded', cause: silence };
const waiting: ConnectionState = { kind: 'waiting', attempt: 1, retryAt: 0, cause: reset, exhausted: false };
const connecting: ConnectionState = { kind: 'connecting', attempt: 1 };

function row(id: string, streams: Readonly<Record<string, StreamState>>): ConnectionHealth {
  return {
    id,
    venue: venueId(id.slice(0, id.indexOf('/'))),
    state: live,
    since: 0,
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: Object.entries(streams).map(([stream, state]) => ({
      stream,
      state,
      since: 0,
      perSecond: 1,
      gaps: 0,
      resyncs: 0,
    })),
  };
}

function start(options: { probe?: () => Promise<ProbeAnswer> } = {}) {
  const clock = createVirtualClock(T0);
  const told: Incident[] = [];
  let connections: ConnectionHealth[] = [];
  let probes = 0;
  const { probe } = options;
  const watch = createIncidentWatch({
    clock,
    surroundings: {
      health: () => ({
        asOf: clock.now(),
        engine: { memoryMb: 0, eventLoopDelayMs: 0 },
        connections,
        clockOffsetMs: { bithumb: 3 },
      }),
      metrics: () => undefined,
      ...(probe === undefined
        ? {}
        : {
            probe: () => {
              probes += 1;
              return probe();
            },
          }),
      ordersInFlight: () => 0,
      link: () => 'up',
      isLoopback: () => false,
      lastBreak: () => undefined,
    },
    onChange: (incident) => told.push(incident),
  });
  return {
    clock,
    watch,
    told,
    get probes() {
      return probes;
    },
    shows(...rows: ConnectionHealth[]) {
      connections = rows;
    },
    go(state: ConnectionState, connection = 'bithumb/public', lastDataAt?: number) {
      const venue = venueId(connection.slice(0, connection.indexOf('/')));
      watch.note({
        at: clock.now(),
        venue,
        connection,
        state,
        ...(lastDataAt === undefined ? {} : { lastDataAt }),
      });
    },
    async wait(ms: number) {
      for (let waited = 0; waited < ms; waited += 1000) {
        clock.advance(Math.min(1000, ms - waited));
        for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
        watch.second();
      }
    },
    get incidents() {
      return [...new Map(told.map((incident) => [incident.id, incident])).values()];
    },
  };
}
const brief = ({ worst, startedAt, noticedAt, endedAt, attempts, transitions }: Incident) => [
  worst,
  startedAt - T0,
  noticedAt - T0,
  endedAt === undefined ? 'lasts' : endedAt - T0,
  attempts,
  transitions.map(({ at, kind }) => `${at - T0} ${kind}`).join(', '),
];

describe('an incident', () => {
  test('begins with the last good data, is noticed when said, and ends with the live that lasts', async () => {
    const run = start();
    run.go(live);
    await run.wait(20_000);
    run.go(stale, undefined, T0 + 15_000);
    await run.wait(3000);
    run.go(waiting);
    await run.wait(1000);
    run.go(connecting);
    run.go({ kind: 'subscribing' });
    run.go(live);
    const meanwhile = run.incidents.map(({ endedAt }) => endedAt);
    await run.wait(10_000);
    expect([meanwhile, run.incidents.map(brief), run.incidents[0]?.cause]).toEqual([
      [undefined],
      [
        [
          'waiting',
          15_000,
          20_000,
          24_000,
          1,
          '20000 stale, 23000 waiting, 24000 connecting, 24000 subscribing, 24000 live',
        ],
      ],
      silence,
    ]);
  });

  test('that flaps within ten seconds is one; after ten seconds it is another', async () => {
    const run = start();
    run.go(live);
    for (const quietMs of [2000, 9000, 11_000]) {
      run.go(degraded);
      await run.wait(1000);
      run.go(live);
      await run.wait(quietMs);
    }
    run.go(degraded);
    expect(run.incidents.map(({ noticedAt, endedAt }) => [noticedAt - T0, endedAt && endedAt - T0])).toEqual([
      [0, 14_000],
      [25_000, undefined],
    ]);
  });

  test('is not made of being idle, of the person’s pause, or of new streams', async () => {
    const run = start();
    run.go(live);
    run.go({ kind: 'subscribing' });
    run.go(live);
    run.go({ kind: 'paused', cause: { code: 'user', detail: '' } });
    run.go({ kind: 'idle' });
    run.go(connecting);
    run.go(live);
    await run.wait(11_000);
    expect(run.incidents).toEqual([]);
  });

  test('is kept of a planned rotation: nothing missed, nobody’s fault', async () => {
    const run = start();
    run.go(live);
    run.go({ kind: 'rotating', reason: 'age' }, undefined, T0 - 300);
    await run.wait(2000);
    run.go(live);
    await run.wait(10_000);
    expect(run.incidents).toMatchObject([
      {
        worst: 'rotating',
        startedAt: T0,
        noticedAt: T0,
        endedAt: T0 + 2000,
        tradesMissed: 0,
        cause: { code: 'user', detail: 'rotation: age' },
        verdict: { side: 'mine', kind: 'asked', evidence: [{ code: 'asked.age' }] },
      },
    ]);
  });

  test('of a rotation that went wrong is put down to what went wrong', async () => {
    const run = start();
    run.go(live);
    run.go({ kind: 'rotating', reason: 'age' });
    run.go(waiting);
    await run.wait(1000);
    expect(run.incidents).toMatchObject([
      { worst: 'waiting', cause: reset, verdict: { kind: 'socket', evidence: [{ code: 'socket.ended' }] } },
    ]);
  });

  test('is kept when the person asks for new sockets, and says so', async () => {
    const run = start();
    run.go(live);
    await run.wait(5000);
    run.go(connecting, undefined, T0 + 4900);
    run.go(live);
    await run.wait(10_000);
    expect(run.incidents).toMatchObject([
      {
        startedAt: T0 + 4900,
        noticedAt: T0 + 5000,
        endedAt: T0 + 5000,
        verdict: { side: 'mine', kind: 'asked', evidence: [{ code: 'asked.person' }] },
      },
    ]);
  });

  test('is there also when a venue could never be reached', () => {
    const run = start();
    run.go(connecting);
    run.go(waiting);
    expect(run.incidents.map(brief)).toEqual([['waiting', 0, 0, 'lasts', 0, '0 waiting']]);
  });

  test('ends when nobody wants the connection any more, or its venue goes', async () => {
    const run = start();
    run.go(stale);
    run.go(stale, 'upbit/public');
    await run.wait(2000);
    run.go({ kind: 'paused', cause: { code: 'user', detail: '' } });
    run.watch.leave(upbit);
    expect(run.incidents.map(({ connection, endedAt }) => [connection, endedAt])).toEqual([
      ['bithumb/public', T0 + 2000],
      ['upbit/public', T0 + 2000],
    ]);
  });

  test('counts what the feeds repaired on its own connection, also shortly after its end', async () => {
    const run = start();
    run.shows(row('bithumb/public', { 'trade a': 'live' }), row('bithumb/other', { 'trade b': 'live' }));
    run.go(stale);
    run.go(live);
    await run.wait(10_000);
    run.watch.noteFact(bithumb, { kind: 'trades-recovered', stream: 'trade a', missed: 3, recovered: 40 });
    run.watch.noteFact(bithumb, { kind: 'candles-repaired', stream: 'trade a', count: 7 });
    run.watch.noteFact(bithumb, { kind: 'book-resynced', stream: 'trade a', tookMs: 5 });
    run.watch.noteFact(bithumb, { kind: 'book-resynced', stream: 'trade b', tookMs: 5 });
    run.watch.noteFact(bithumb, { kind: 'book-resynced', stream: 'trade unknown', tookMs: 5 });
    await run.wait(60_000);
    run.watch.noteFact(bithumb, { kind: 'book-resynced', stream: 'trade a', tookMs: 5 });
    await run.wait(1000);
    expect(run.incidents).toMatchObject([
      { tradesMissed: 3, tradesRecovered: 40, candlesRepaired: 7, booksResynced: 1 },
    ]);
  });

  test('begins where its one silent stream went silent, though the others flow', () => {
    const run = start();
    const silent = row('bithumb/public', { 'trade a': 'stale', 'book a': 'live', 'book b': 'live' });
    run.shows({
      ...silent,
      streams: silent.streams.map((stream) => ({
        ...stream,
        lastReceivedAt: stream.state === 'stale' ? T0 - 8000 : T0 - 10,
      })),
    });
    run.go({ kind: 'stale', cause: { code: 'socket.silent', detail: 'trade a' } }, undefined, T0 - 10);
    expect(run.incidents).toMatchObject([
      { startedAt: T0 - 8000, verdict: { side: 'theirs', kind: 'stream' } },
    ]);
  });

  test('that flaps for hours keeps how it began and how it goes on', () => {
    const run = start();
    for (let index = 0; index < 500; index += 1) {
      run.go(index % 2 === 0 ? stale : live);
      run.clock.advance(1000);
    }
    const transitions = run.incidents[0]?.transitions ?? [];
    expect([transitions.length, transitions[0]?.at, transitions.at(-1)?.at]).toEqual([200, T0, T0 + 499_000]);
  });
});

describe('whose fault', () => {
  test('the venue is asked once, however many of its connections fall, and its answer counts', async () => {
    const run = start({ probe: () => Promise.resolve({ ok: true, ms: 40 }) });
    run.go(live, 'upbit/public');
    run.go(stale);
    run.go(stale, 'bithumb/market');
    await run.wait(1000);
    expect([run.probes, run.incidents.map(({ verdict }) => [verdict.side, verdict.confidence])]).toEqual([
      1,
      [
        ['theirs', 0.88],
        ['theirs', 0.88],
      ],
    ]);
  });

  test('a venue that does not answer within five seconds does not answer', async () => {
    const run = start({ probe: () => new Promise<ProbeAnswer>(() => undefined) });
    run.go(live, 'upbit/public');
    run.go(waiting);
    await run.wait(6000);
    const evidence = run.incidents[0]?.verdict.evidence.find(({ code }) => code === 'rest.fails');
    expect(evidence?.details).toEqual({ ms: 5000, code: 'rest.timeout' });
    expect(run.clock.pendingTimers).toBe(0);
  });

  test('who was told to be silent is not asked', async () => {
    const run = start({ probe: () => Promise.resolve({ ok: true, ms: 40 }) });
    run.go({ kind: 'paused', cause: { code: 'ban', detail: 'HTTP 418' } });
    await run.wait(2000);
    expect([run.probes, run.incidents[0]?.verdict.kind]).toEqual([0, 'rate-limit']);
  });

  test('venues that fall within five seconds of each other learn of each other', async () => {
    const run = start();
    run.go(live);
    run.go(live, 'upbit/public');
    run.go(degraded);
    await run.wait(4000);
    run.go(degraded, 'upbit/public');
    await run.wait(1000);
    expect(
      run.incidents.map(({ venue, others, verdict }) => [venue, others, verdict.side, verdict.kind]),
    ).toEqual([
      ['bithumb', [{ venue: 'upbit', worst: 'degraded' }], 'mine', 'correlated'],
      ['upbit', [{ venue: 'bithumb', worst: 'degraded' }], 'mine', 'correlated'],
    ]);
  });

  test('a venue that falls much later is another matter', async () => {
    const run = start();
    run.go(live);
    run.go(live, 'upbit/public');
    run.go(stale);
    await run.wait(7000);
    run.go(stale, 'upbit/public');
    await run.wait(1000);
    expect(run.incidents.map(({ verdict }) => verdict.kind)).toEqual(['socket', 'socket']);
  });
});

describe('on disk', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'heartline-incidents-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  function open(previousEnd?: number) {
    const clock = createVirtualClock(T0);
    const store = openConnectionStore({ dataDir, clock, log: createEventLog(clock) });
    return { store, archive: openIncidentArchive({ store, previousEnd }) };
  }

  test('what was open when the engine was killed is closed with its last sign of life', () => {
    const run = start();
    run.go(stale, undefined, T0 - 5000);
    const [incident] = run.incidents;
    if (!incident) throw new Error('no incident');
    const first = open();
    const metrics = {
      asOf: T0,
      streams: [],
      connections: [],
      budgets: [],
      engine: { memoryMb: 1, ownMemoryMb: 1, eventLoopDelayMs: 0 },
    };
    first.archive.put(incident, metrics);
    first.store.flush();
    first.archive.put({ ...incident, attempts: 4 });
    first.store.flush();
    first.store.database?.close();
    const second = open(T0 + 7000);
    expect([second.archive.latest, second.archive.metricsThen(incident.id)]).toEqual([
      [
        {
          ...incident,
          attempts: 4,
          endedAt: T0 + 7000,
          verdict: {
            ...incident.verdict,
            evidence: [...incident.verdict.evidence, { code: 'engine.stopped', details: { at: T0 + 7000 } }],
          },
          transitions: [...incident.transitions, { at: T0 + 7000, kind: 'idle' }],
        },
      ],
      metrics,
    ]);
    second.store.dispose();
    expect(open().archive.latest[0]?.endedAt).toBe(T0 + 7000);
  });

  test('a range finds what touches it, newest first, also what is not on disk yet', () => {
    const run = start();
    run.go(stale);
    const [incident] = run.incidents;
    if (!incident) throw new Error('no incident');
    const { archive, store } = open();
    const make = (id: string, startedAt: number, endedAt?: number) =>
      archive.put({
        ...incident,
        id,
        startedAt,
        noticedAt: startedAt,
        ...(endedAt === undefined ? {} : { endedAt }),
      });
    make('before', 0, 99);
    make('into', 50, 150);
    make('lasts', 120);
    store.flush();
    make('after', 201, 300);
    make('late', 190, 400);
    expect(archive.list(100, 200).map(({ id }) => id)).toEqual(['late', 'lasts', 'into']);
    store.dispose();
  });

  test('two hundred are at hand, the rest is found by its id', () => {
    const run = start();
    run.go(stale);
    const [incident] = run.incidents;
    if (!incident) throw new Error('no incident');
    const { archive, store } = open();
    for (let index = 0; index < 250; index += 1) {
      archive.put({ ...incident, id: `i${index}`, noticedAt: T0 + index, endedAt: T0 + index });
    }
    store.flush();
    expect([
      archive.latest.length,
      archive.latest[0]?.id,
      archive.find('i3')?.id,
      archive.find('no'),
    ]).toEqual([200, 'i249', 'i3', undefined]);
    store.dispose();
  });
});

const states: readonly ConnectionState[] = [
  { kind: 'idle' },
  connecting,
  { kind: 'subscribing' },
  live,
  degraded,
  stale,
  waiting,
  { kind: 'rotating', reason: 'notice' },
  { kind: 'paused', cause: { code: 'user', detail: '' } },
  { kind: 'paused', cause: { code: 'maintenance', detail: '' } },
  { kind: 'failed', cause: reset },
];

test('any order of states: incidents of one connection never overlap and their times are in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          state: fc.constantFrom(...states),
          connection: fc.constantFrom('bithumb/public', 'bithumb/market', 'upbit/public'),
          waitMs: fc.nat(15_000),
        }),
        { maxLength: 40 },
      ),
      async (script) => {
        const run = start();
        for (const { state, connection, waitMs } of script) {
          run.go(state, connection, run.clock.now() - 100);
          await run.wait(waitMs);
        }
        run.watch.dispose();
        for (const connection of ['bithumb/public', 'bithumb/market', 'upbit/public']) {
          const own = run.incidents.filter((incident) => incident.connection === connection);
          for (const [index, incident] of own.entries()) {
            expect(incident.startedAt).toBeLessThanOrEqual(incident.noticedAt);
            expect(incident.endedAt).toBeGreaterThanOrEqual(incident.noticedAt);
            expect(incident.noticedAt).toBeGreaterThanOrEqual(own[index - 1]?.endedAt ?? 0);
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});
