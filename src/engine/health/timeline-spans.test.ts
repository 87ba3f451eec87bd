import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectionState } from '#shared/domain/connection.ts';
import { believedStretches, coarsen, spansOf, uptimeOf } from './timeline-spans.ts';

const cause = { code: 'socket.reset', detail: 'gone' } as const;
const live: ConnectionState = { kind: 'live' };
const stale: ConnectionState = { kind: 'stale', cause };
const states: readonly ConnectionState[] = [
  { kind: 'idle' },
  { kind: 'connecting', attempt: 1 },
  { kind: 'subscribing' },
  live,
  { kind: 'degraded', cause },
  stale,
  { kind: 'waiting', attempt: 1, retryAt: 0, cause, exhausted: false },
  { kind: 'rotating', reason: 'age' },
  { kind: 'paused', cause: { code: 'user', detail: '' } },
  { kind: 'failed', cause },
];

const total = (stretches: readonly { from: number; to: number }[]) =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

describe('spans', () => {
  test('begin with the first change, last to the end of the run, and are cut to what is asked', () => {
    const changes = [
      { at: 10, state: live },
      { at: 20, state: stale },
      { at: 25, state: stale },
      { at: 30, state: live },
    ];
    expect([
      spansOf(changes, { from: 0, to: 50 }, { from: 0, to: 100 }),
      spansOf(changes, { from: 0, to: 50 }, { from: 22, to: 35 }),
      spansOf(changes, { from: 0, to: 50 }, { from: 60, to: 70 }),
    ]).toEqual([
      [
        { from: 10, to: 20, kind: 'live' },
        { from: 20, to: 30, kind: 'stale', cause },
        { from: 30, to: 50, kind: 'live' },
      ],
      [
        { from: 22, to: 30, kind: 'stale', cause },
        { from: 30, to: 35, kind: 'live' },
      ],
      [],
    ]);
  });

  test('any changes: never overlap, cover exactly the watched time, and the uptime is a share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(100), fc.constantFrom(...states)), { minLength: 1, maxLength: 30 }),
        fc.nat(500),
        fc.tuple(fc.nat(1500), fc.nat(1500)),
        fc.integer({ min: 1, max: 400 }),
        (steps, after, range, shortestMs) => {
          let at = 0;
          const changes = steps.map(([byMs, state]) => {
            at += byMs;
            return { at, state };
          });
          const run = { from: 0, to: at + after };
          const within = { from: Math.min(...range), to: Math.max(...range) };
          const spans = spansOf(changes, run, within);
          const first = changes[0]?.at ?? 0;
          const watched = Math.max(0, Math.min(run.to, within.to) - Math.max(first, within.from));
          const uptime = uptimeOf(spans);
          for (const some of [spans, coarsen(spans, shortestMs)]) {
            expect(total(some)).toBe(watched);
            for (const [index, span] of some.entries()) {
              expect(span.from).toBeLessThan(span.to);
              if (index > 0) expect(span.from).toBe(some[index - 1]?.to);
            }
          }
          expect(Number.isNaN(uptime) || (uptime >= 0 && uptime <= 1)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a picture keeps an outage among long spans, however short, and joins what flaps to its worst', () => {
    const flapping = Array.from({ length: 100 }, (_, index) => ({
      from: 1000 + index,
      to: 1001 + index,
      kind: index % 2 === 0 ? ('stale' as const) : ('live' as const),
    }));
    const spans = [
      { from: 0, to: 500, kind: 'live' as const },
      { from: 500, to: 501, kind: 'stale' as const },
      { from: 501, to: 1000, kind: 'live' as const },
      ...flapping,
    ];
    const coarse = coarsen(spans, 60);
    expect(coarse.slice(0, 3)).toEqual(spans.slice(0, 3));
    expect(coarse.slice(3).map(({ from, to, kind }) => [from, to, kind])).toEqual([
      [1000, 1059, 'stale'],
      [1059, 1100, 'stale'],
    ]);
  });
});

describe('uptime', () => {
  test('counts what delivered among what was wanted', () => {
    const span = (state: ConnectionState, from: number, to: number) =>
      spansOf([{ at: from, state }], { from, to }, { from, to });
    expect([
      uptimeOf([...span(live, 0, 60), ...span(stale, 60, 80), ...span({ kind: 'idle' }, 80, 1000)]),
      uptimeOf(span({ kind: 'paused', cause: { code: 'user', detail: '' } }, 0, 10)),
      uptimeOf(span({ kind: 'paused', cause: { code: 'ban', detail: '' } }, 0, 10)),
      uptimeOf([]),
    ]).toEqual([0.75, Number.NaN, 0, Number.NaN]);
  });
});

test('where the clock was set back, each moment belongs to the later of the runs that tell of it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { minLength: 1, maxLength: 8 }), (stretches) => {
      const runs = stretches.map(([from, lasting], id) => ({ id, from, to: from + lasting }));
      const believed = believedStretches(runs);
      for (let at = 0; at < 260; at += 1) {
        const believing = runs.filter(({ id }) =>
          believed.get(id)?.some(({ from, to }) => at >= from && at < to),
        );
        const latest = runs.findLast(({ from, to }) => at >= from && at < to);
        expect(believing).toEqual(latest ? [latest] : []);
      }
    }),
  );
});
