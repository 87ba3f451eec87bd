import { describe, expect, it } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { MetricsView, StreamMetrics } from '#shared/domain/metrics.ts';
import { incidentsSince, joinIncidents } from './incidents.ts';
import { metricsFreshness } from './metrics.ts';
import { createMetricsHistory } from './metrics-history.ts';

const none = { p50: Number.NaN, p99: Number.NaN, count: 0 };

function view(asOf: number, p99s: Readonly<Record<string, number>>, delay = 1): MetricsView {
  return {
    asOf,
    streams: Object.entries(p99s).map(
      ([stream, p99]): StreamMetrics => ({
        stream,
        connection: 'a/x',
        perSecond: 1,
        bytesPerSecond: 1,
        venueToReceive: none,
        receiveToPublish: { p50: p99 / 2, p99, count: 1 },
        silenceMs: 0,
        gaps: 0,
        resyncs: 0,
        score: 1,
      }),
    ),
    connections: [],
    budgets: [],
    restErrors: {},
    engine: { memoryMb: 1, ownMemoryMb: 1, eventLoopDelayMs: delay },
    publishToPaint: none,
  };
}

describe('the figures of the last quarter of an hour', () => {
  it('are lines with a break where nothing came, for streams that come and go', () => {
    const history = createMetricsHistory();
    history.add(view(1_000, { s: 10 }));
    history.add(view(2_000, { s: 20, t: 4 }));
    history.add(view(9_000, { t: 6 }));
    expect(history.publish('a/x s')).toEqual([
      [1, 2, 2.001, 9],
      [5, 10, null, null],
      [10, 20, null, null],
    ]);
    expect(history.publish('a/x t')[2]).toEqual([null, 4, null, 6]);
    expect(history.publish('a/x gone')[2]).toEqual([null, null, null, null]);
    expect(history.engine()).toEqual([
      [1, 2, 2.001, 9],
      [1, 1, null, 1],
      [null, null, null, null],
    ]);
  });

  it('stay within their room and in order, however long it goes on, and hear no second twice', () => {
    const history = createMetricsHistory();
    for (let second = 1; second <= 1_000; second += 1) {
      history.add(view(second * 1_000, { s: second }));
      history.add(view(second * 1_000, { s: -1 }));
    }
    const [times, , p99] = history.publish('a/x s');
    expect([times.length, times.at(0), times.at(-1), p99?.at(0), p99?.at(-1)]).toEqual([
      900, 101, 1_000, 101, 1_000,
    ]);
  });
});

it('figures are fresh for two and a half seconds of an engine that answers, and unknown before the first', () => {
  const judged = [
    metricsFreshness(undefined, { now: 0, answering: true }),
    metricsFreshness(1_000, { now: 3_500, answering: true }),
    metricsFreshness(1_000, { now: 3_501, answering: true }),
    metricsFreshness(1_000, { now: 1_000, answering: false }),
  ];
  expect(judged).toEqual(['unknown', 'fresh', 'stale', 'stale']);
});

describe('incidents', () => {
  const incident = (id: string, startedAt: number, endedAt?: number): Incident =>
    ({ id, venue: venueId('a'), startedAt, ...(endedAt === undefined ? {} : { endedAt }) }) as Incident;

  it('are told anew by the same id, newest first, whatever order they come in', () => {
    const joined = joinIncidents(
      [incident('a', 1), incident('b', 5)],
      [incident('c', 3), incident('a', 1, 9)],
    );
    expect(joined.map(({ id, endedAt }) => [id, endedAt])).toEqual([
      ['b', undefined],
      ['c', undefined],
      ['a', 9],
    ]);
  });

  it('belong to a range while any part of them does, and as long as they last', () => {
    const all = [incident('over', 1, 4), incident('into', 1, 6), incident('lasting', 0)];
    expect(incidentsSince(all, 5).map(({ id }) => id)).toEqual(['into', 'lasting']);
  });
});
