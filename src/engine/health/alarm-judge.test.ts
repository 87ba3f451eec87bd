import { describe, expect, test } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth, ConnectionState, StreamHealth } from '#shared/domain/connection.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { ConnectionMetrics, MetricsView } from '#shared/domain/metrics.ts';
import { defaultSettings } from '../default-settings.ts';
import { type AlarmBounds, type AlarmHistory, judgeAlarms } from './alarm-judge.ts';

const T0 = 1_700_000_000_000;
const bounds: AlarmBounds = defaultSettings([{ favourites: [instrumentId('plain:BTC-USDT')] }]).alarms;
const plain = venueId('plain');
const quiet: AlarmHistory = { reconnectsOf: () => 0, downMsOf: () => 0 };
const silent = { code: 'socket.silent', detail: '' } as const;
const waiting: ConnectionState = { kind: 'waiting', attempt: 1, retryAt: 0, cause: silent, exhausted: false };

const figures: ConnectionMetrics = {
  id: 'plain/all',
  venue: plain,
  perSecond: 1,
  bytesPerSecond: 1,
  roundTripMs: 1,
  reconnects: 0,
  attempts: 0,
  uptime: 1,
  errors: {},
  failedFrames: 0,
  score: 1,
};
const stream: StreamHealth = {
  stream: 'trade plain:BTC-USDT',
  state: 'live',
  since: T0,
  lastReceivedAt: T0,
  perSecond: 1,
  gaps: 0,
  resyncs: 0,
};

const { lastReceivedAt: _never, ...rest } = stream;
const NEVER_HEARD: StreamHealth = { ...rest, state: 'pending' };

function judged(
  change: {
    state?: ConnectionState;
    figures?: Partial<ConnectionMetrics>;
    streams?: readonly Partial<StreamHealth>[];
    ownMemoryMb?: number;
    history?: Partial<AlarmHistory>;
    /** What is asked for over REST, beside the connection. */
    polled?: readonly Partial<StreamHealth>[];
  } = {},
) {
  const row: ConnectionHealth = {
    id: 'plain/all',
    venue: plain,
    state: change.state ?? { kind: 'live' },
    since: T0,
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: (change.streams ?? [{}]).map((one) =>
      one === NEVER_HEARD ? NEVER_HEARD : { ...stream, ...one },
    ),
  };
  const health: HealthView = {
    asOf: T0,
    engine: { memoryMb: 0, eventLoopDelayMs: 0 },
    connections: change.polled ? [row, polledRow(row, change.polled)] : [row],
    clockOffsetMs: {},
  };
  const metrics: MetricsView = {
    asOf: T0,
    streams: [],
    connections: [{ ...figures, ...change.figures }],
    budgets: [],
    restErrors: {},
    engine: { memoryMb: 0, ownMemoryMb: change.ownMemoryMb ?? 10, eventLoopDelayMs: 0 },
    publishToPaint: { p50: 0, p99: 0, count: 0 },
  };
  const judgements = judgeAlarms({ metrics, health }, bounds, { ...quiet, ...change.history });
  return Object.fromEntries(
    judgements.map(({ rule, subject, verdict, value }) => [
      subject === 'plain/rest' ? `rest ${rule}` : rule,
      `${verdict} ${value}`,
    ]),
  );
}
function polledRow(row: ConnectionHealth, streams: readonly Partial<StreamHealth>[]): ConnectionHealth {
  return {
    ...row,
    id: 'plain/rest',
    state: { kind: 'degraded', cause: silent },
    streams: streams.map((one) => ({ ...NEVER_HEARD, state: 'late', source: 'rest', ...one })),
  };
}

const calm = {
  score: 'fine 1',
  errors: 'fine 0',
  inactive: 'fine 0',
  memory: 'fine 10',
  reconnects: 'fine 0',
};

describe('the bounds', () => {
  test('are those people named: 0.8, 3, 120 s, 100 MB, 5', () => {
    expect(judged()).toEqual(calm);
    expect([0.79, 0.8, 0.84, 0.86].map((score) => judged({ figures: { score } })['score'])).toEqual([
      'over 0.79',
      'unknown 0.8',
      'unknown 0.84',
      'fine 0.86',
    ]);
    expect([2, 3].map((attempts) => judged({ figures: { attempts } })['errors'])).toEqual([
      'fine 2',
      'over 3',
    ]);
    expect([94, 95, 99.9, 100].map((ownMemoryMb) => judged({ ownMemoryMb })['memory'])).toEqual([
      'fine 94',
      'unknown 95',
      'unknown 99.9',
      'over 100',
    ]);
    expect([4, 5].map((count) => judged({ history: { reconnectsOf: () => count } })['reconnects'])).toEqual([
      'fine 4',
      'over 5',
    ]);
  });

  test('silence counts where it means trouble, and only there', () => {
    const longAgo = { lastReceivedAt: T0 - 600_000 };
    expect({
      'a quiet market': judged({ streams: [{ ...longAgo, state: 'live' }] })['inactive'],
      'one stream stale by its own rhythm': judged({
        state: { kind: 'stale', cause: silent },
        streams: [{ ...longAgo, state: 'stale' }],
      })['inactive'],
      'late among live ones': judged({
        state: { kind: 'degraded', cause: silent },
        streams: [{}, { lastReceivedAt: T0 - 119_999, state: 'late' }],
      })['inactive'],
      'at the bound': judged({
        state: { kind: 'degraded', cause: silent },
        streams: [{}, { lastReceivedAt: T0 - 120_000, state: 'late' }],
      })['inactive'],
      'down, one stream was heard lately': judged({
        state: waiting,
        streams: [
          { ...longAgo, state: 'stale' },
          { lastReceivedAt: T0 - 5000, state: 'stale' },
        ],
      })['inactive'],
      'never heard, tried for long': judged({
        state: { kind: 'connecting', attempt: 9 },
        streams: [NEVER_HEARD],
        history: { downMsOf: () => 121_000 },
      })['inactive'],
    }).toEqual({
      'a quiet market': 'fine 0',
      'one stream stale by its own rhythm': 'over 600000',
      'late among live ones': 'fine 119999',
      'at the bound': 'over 120000',
      'down, one stream was heard lately': 'unknown 5000',
      'never heard, tried for long': 'over 121000',
    });
  });

  test('a quiet stream is not inactive because all of its connection is slow for a moment', () => {
    const slow = { code: 'socket.slow', detail: '' } as const;
    expect([
      judged({
        state: { kind: 'degraded', cause: slow },
        streams: [
          { lastReceivedAt: T0 - 900_000, state: 'late' },
          { lastReceivedAt: T0 - 100, state: 'late' },
        ],
      })['inactive'],
      judged({
        state: { kind: 'degraded', cause: silent },
        streams: [
          { lastReceivedAt: T0 - 900_000, state: 'late' },
          { lastReceivedAt: T0 - 130_000, state: 'late' },
        ],
      })['inactive'],
    ]).toEqual(['fine 100', 'over 130000']);
  });

  test('what only REST tells is heard of when REST dies, and what a socket carries as well is the socket’s', () => {
    const only = { stream: 'ticker plain:BTC-USDT' };
    expect([
      judged({ polled: [{ ...only, lastReceivedAt: T0 - 4000 }] })['rest inactive'],
      judged({ polled: [{ ...only, lastReceivedAt: T0 - 121_000, state: 'stale' }] })['rest inactive'],
      judged({ polled: [{ ...only, state: 'stale', since: T0 - 125_000 }] })['rest inactive'],
      judged({ polled: [{ lastReceivedAt: T0 - 121_000, state: 'stale' }] })['rest inactive'],
    ]).toEqual(['fine 0', 'over 121000', 'over 125000', undefined]);
  });

  test('say nothing of a connection nobody wants, and end nothing while it is down', () => {
    const bad = { figures: { score: 0, attempts: 9 } };
    expect([
      judged({ ...bad, state: { kind: 'idle' } })['score'],
      judged({ ...bad, state: { kind: 'paused', cause: { code: 'user', detail: '' } } })['errors'],
      judged({ ...bad, state: { kind: 'paused', cause: { code: 'ban', detail: '' } } })['errors'],
      judged({ figures: { attempts: 1, score: 0.9 }, state: waiting }),
      judged({ figures: { score: 0.4 }, state: { kind: 'connecting', attempt: 0 } })['score'],
    ]).toEqual([
      'fine 0',
      'fine 9',
      'over 9',
      { ...calm, score: 'unknown 0.9', errors: 'unknown 1', reconnects: 'unknown 0', inactive: 'unknown 0' },
      'unknown NaN',
    ]);
  });
});
