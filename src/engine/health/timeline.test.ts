import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '#shared/base/clock.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { ConnectionState } from '#shared/domain/connection.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock, type VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { openConnectionStore } from './connection-store.ts';
import { createEventLog } from './event-log.ts';
import { openTimeline } from './timeline.ts';
import { createTimelinePruning, KEPT_MS } from './timeline-pruning.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-timeline-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const T0 = 1_700_000_000_000;
const plain = venueId('plain');
const cause = { code: 'socket.reset', detail: 'gone' } as const;
const live: ConnectionState = { kind: 'live' };
const stale: ConnectionState = { kind: 'stale', cause };

function open(clock: Clock, folder = dataDir) {
  const log = createEventLog(clock);
  const store = openConnectionStore({ dataDir: folder, clock, log });
  const timeline = openTimeline({ store, clock });
  return {
    log,
    store,
    timeline,
    note: (state: ConnectionState, connection = 'plain/all') =>
      timeline.note({ at: clock.now(), venue: plain, connection, state }),
    second() {
      timeline.second();
      store.flush();
    },
    rows: (from = 0, to = Number.MAX_SAFE_INTEGER) =>
      timeline
        .rows(from, to)
        .map(({ connection, spans }) => [
          connection,
          spans.map((span) => [span.from - T0, span.to - T0, span.kind]),
        ]),
    stop() {
      timeline.dispose();
      store.dispose();
    },
    /** As a killed process leaves it: nothing more is written. */
    kill: () => store.database?.close(),
  };
}

function wait(clock: VirtualClock, opened: { second(): void }, forMs: number): void {
  for (let waited = 0; waited < forMs; waited += 1000) {
    clock.advance(Math.min(1000, forMs - waited));
    opened.second();
  }
}

describe('the timeline', () => {
  test('survives a stop: the time between stop and start was not watched', () => {
    const clock = createVirtualClock(T0);
    const first = open(clock);
    first.note(live);
    wait(clock, first, 5000);
    first.note(stale);
    wait(clock, first, 2500);
    first.stop();
    clock.advance(60_000);
    const second = open(clock);
    second.note(live);
    wait(clock, second, 1000);
    expect(second.timeline.rows(0, T0 * 2)).toEqual([
      {
        venue: 'plain',
        connection: 'plain/all',
        uptime: 6000 / 8500,
        spans: [
          { from: T0, to: T0 + 5000, kind: 'live' },
          { from: T0 + 5000, to: T0 + 7500, kind: 'stale', cause },
          { from: T0 + 67_500, to: T0 + 68_500, kind: 'live' },
        ],
      },
    ]);
    expect(second.timeline.previousEnd).toBe(T0 + 7500);
    second.stop();
  });

  test('ends with the last beat after a kill', () => {
    const clock = createVirtualClock(T0);
    const first = open(clock);
    first.note(live);
    wait(clock, first, 13_000);
    first.kill();
    clock.advance(100_000);
    const second = open(clock);
    expect(second.rows()).toEqual([['plain/all', [[0, 11_000, 'live']]]]);
    second.stop();
  });

  test('leaves out the time the machine slept, and goes on with the states that stood', () => {
    const clock = createVirtualClock(T0);
    const opened = open(clock);
    opened.note(live);
    wait(clock, opened, 3000);
    clock.advance(3_600_000);
    opened.second();
    wait(clock, opened, 2000);
    expect([opened.rows(), opened.timeline.lastBreak]).toEqual([
      [
        [
          'plain/all',
          [
            [0, 3000, 'live'],
            [3_603_000, 3_605_000, 'live'],
          ],
        ],
      ],
      { before: T0 + 3000, after: T0 + 3_603_000, kind: 'stood still', byMs: 3_600_000 },
    ]);
    opened.stop();
  });

  test('after the clock was set back, believes what came later, and hides nothing else', () => {
    const clock = createVirtualClock(T0);
    let skewMs = 0;
    const opened = open({ ...clock, now: () => clock.now() + skewMs });
    opened.note(live);
    wait(clock, opened, 60_000);
    skewMs = -30_000;
    opened.second();
    opened.note(stale);
    wait(clock, opened, 10_000);
    expect(opened.rows()).toEqual([
      [
        'plain/all',
        [
          [0, 30_000, 'live'],
          [30_000, 40_000, 'stale'],
          [40_000, 60_000, 'live'],
        ],
      ],
    ]);
    opened.stop();
  });

  test('asked for a range within one state, knows the state from long before', () => {
    const clock = createVirtualClock(T0);
    const opened = open(clock);
    opened.note(stale);
    wait(clock, opened, 1000);
    opened.note(live);
    wait(clock, opened, 20_000);
    expect(opened.rows(T0 + 10_000, T0 + 12_000)).toEqual([['plain/all', [[10_000, 12_000, 'live']]]]);
    expect(opened.rows(T0 + 12_000, T0 + 12_000)).toEqual([]);
    opened.stop();
  });
});

describe('a disk that fails', () => {
  test('is said once, costs the engine nothing, and what waited is kept when it takes again', () => {
    const clock = createVirtualClock(T0);
    const opened = open(clock);
    opened.note(live);
    wait(clock, opened, 2000);
    opened.store.database?.pragma('query_only = 1');
    opened.note(stale);
    wait(clock, opened, 8000);
    const meanwhile = opened.rows();
    const { failures } = opened.store;
    opened.store.database?.pragma('query_only = 0');
    wait(clock, opened, 1000);
    opened.stop();
    const again = open(clock);
    const spans = [
      [0, 2000, 'live'],
      [2000, 11_000, 'stale'],
    ];
    expect([meanwhile, again.rows(), failures > 3, opened.log.entries.map(({ code }) => code)]).toEqual([
      [
        [
          'plain/all',
          [
            [0, 2000, 'live'],
            [2000, 10_000, 'stale'],
          ],
        ],
      ],
      [['plain/all', spans]],
      true,
      ['timeline.unwritable', 'timeline.writable'],
    ]);
    again.stop();
  });

  test('that never gave a file leaves a timeline of this run', () => {
    const clock = createVirtualClock(T0);
    const opened = open(clock, join(dataDir, 'missing'));
    opened.note(live);
    wait(clock, opened, 3000);
    opened.note(stale);
    wait(clock, opened, 1000);
    expect([opened.rows(), opened.log.entries.map(({ code }) => code)]).toEqual([
      [
        [
          'plain/all',
          [
            [0, 3000, 'live'],
            [3000, 4000, 'stale'],
          ],
        ],
      ],
      ['database.broken', 'timeline.unwritable'],
    ]);
    opened.stop();
  });

  test('for very long lets the oldest go and counts them', () => {
    const clock = createVirtualClock(T0);
    const opened = open(clock, join(dataDir, 'missing'));
    for (let index = 0; index < 10_050; index += 1) opened.note(index % 2 === 0 ? live : stale);
    expect(opened.timeline.lost).toBe(50);
    opened.stop();
  });
});

describe('pruning', () => {
  const count = (opened: ReturnType<typeof open>) =>
    opened.store.database?.prepare('select count(*) from transitions').pluck().get();

  test('lets go of what is older than 30 days, but not of the state that still stands', () => {
    const clock = createVirtualClock(T0);
    const first = open(clock);
    first.note(stale);
    wait(clock, first, 1000);
    first.stop();
    clock.advance(1000);
    const opened = open(clock);
    const pruning = createTimelinePruning(opened.store);
    opened.note(stale);
    opened.note(stale, 'plain/other');
    wait(clock, opened, 1000);
    opened.note(live);
    wait(clock, opened, 1000);
    const before = count(opened);
    pruning.ask(T0 + 3500);
    opened.second();
    expect([before, count(opened), opened.rows(T0 + 3500, T0 + 9000)]).toEqual([
      4,
      2,
      [
        ['plain/all', [[3500, 4000, 'live']]],
        ['plain/other', [[3500, 4000, 'stale']]],
      ],
    ]);
    opened.stop();
  });

  test('takes a large backlog in pieces, and holds a bound whatever flaps', () => {
    const clock = createVirtualClock(T0);
    const opened = open(clock);
    const pruning = createTimelinePruning(opened.store, 1000);
    for (let index = 0; index < 5000; index += 1) opened.note(index % 2 === 0 ? live : stale);
    opened.second();
    pruning.ask(T0 - KEPT_MS);
    const counts = [1, 2, 3].map(() => {
      opened.second();
      return count(opened);
    });
    expect(counts).toEqual([3000, 1000, 1000]);
    opened.stop();
  });
});

const states: readonly ConnectionState[] = [
  { kind: 'idle' },
  { kind: 'connecting', attempt: 1 },
  live,
  { kind: 'degraded', cause },
  stale,
  { kind: 'rotating', reason: 'age' },
  { kind: 'failed', cause },
];
type Step =
  | { readonly kind: 'wait' | 'sleep'; readonly ms: number }
  | { readonly kind: 'state'; readonly state: ConnectionState; readonly connection: string }
  | { readonly kind: 'restart' | 'flush' };
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 9000 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('state' as const),
      state: fc.constantFrom(...states),
      connection: fc.constantFrom('plain/a', 'plain/b'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('sleep' as const),
      ms: fc.integer({ min: 10_001, max: 99_999 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'restart' } as const, { kind: 'flush' } as const) },
);

test('any order of changes, sleeps and restarts: spans never overlap and cover exactly the watched time', () => {
  fc.assert(
    fc.property(
      fc.array(steps, { minLength: 1, maxLength: 40 }),
      fc.tuple(fc.nat(300_000), fc.nat(300_000)),
      (script, edges) => {
        const folder = mkdtempSync(join(dataDir, 'run-'));
        const clock = createVirtualClock(T0);
        let opened = open(clock, folder);
        /** Per connection, what was watched, as the plainest model tells it. */
        const watched = new Map<string, [number, number][]>();
        const known = new Set<string>();
        const begin = (connection: string) =>
          watched.set(connection, [...(watched.get(connection) ?? []), [clock.now(), clock.now()]]);
        const reach = () => {
          for (const connection of known) {
            const last = watched.get(connection)?.at(-1);
            if (last) last[1] = clock.now();
          }
        };
        for (const step of script) {
          switch (step.kind) {
            case 'wait':
              clock.advance(step.ms);
              opened.timeline.second();
              reach();
              break;
            case 'sleep':
              clock.advance(step.ms);
              opened.timeline.second();
              for (const connection of known) begin(connection);
              break;
            case 'state':
              opened.note(step.state, step.connection);
              if (!known.has(step.connection)) begin(step.connection);
              known.add(step.connection);
              break;
            case 'restart':
              opened.stop();
              known.clear();
              opened = open(clock, folder);
              break;
            case 'flush':
              opened.store.flush();
          }
        }
        const from = T0 + Math.min(...edges);
        const to = T0 + Math.max(...edges);
        const rows = new Map(opened.timeline.rows(from, to).map((row) => [row.connection, row]));
        for (const [connection, stretches] of watched) {
          const expected = stretches.reduce(
            (sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)),
            0,
          );
          const row = rows.get(connection);
          const spans = row?.spans ?? [];
          expect(spans.reduce((sum, span) => sum + span.to - span.from, 0)).toBe(expected);
          for (const [index, span] of spans.entries()) {
            expect(span.from).toBeLessThan(span.to);
            expect(span.from).toBeGreaterThanOrEqual(Math.max(from, spans[index - 1]?.to ?? from));
          }
          expect(row === undefined || Number.isNaN(row.uptime) || (row.uptime >= 0 && row.uptime <= 1)).toBe(
            true,
          );
        }
        opened.stop();
      },
    ),
    { numRuns: 60 },
  );
});

test('a process killed amid writing leaves a whole file with an honest end', {
  timeout: 20_000,
}, async () => {
  const program = fileURLToPath(new URL('./test-kit/killed-writer.ts', import.meta.url));
  for (const waitMs of [0, 7, 23]) {
    const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const killedAt = Date.now();
  const opened = open(systemClock);
  const runs = opened.store.database?.prepare('select startedAt, lastAt, ending from runs').all() as {
    startedAt: number;
    lastAt: number;
    ending: string | null;
  }[];
  const newest = opened.store.database?.prepare('select max(at) from transitions').pluck().get() as number;
  const ends = opened.timeline.rows(0, killedAt).map(({ spans }) => spans.at(-1)?.to);
  expect({
    log: opened.log.entries,
    runs: runs.map(({ startedAt, lastAt, ending }) => [startedAt < lastAt, lastAt <= killedAt, ending]),
    isComplete: newest <= (runs[2]?.lastAt ?? 0),
    ends: new Set(ends),
  }).toEqual({
    log: [],
    runs: [1, 2, 3].map(() => [true, true, null]),
    isComplete: true,
    ends: new Set([runs[2]?.lastAt]),
  });
  opened.stop();
});
