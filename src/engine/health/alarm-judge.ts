import type { HealthView } from '#shared/contract/api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { AlarmRule } from '#shared/domain/alarm.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { ConnectionMetrics, MetricsView } from '#shared/domain/metrics.ts';
import { isDelivering, isUnwanted } from './state-severity.ts';

export type AlarmBounds = Settings['alarms'];

/**
 * One rule on one subject in one second. `over`: the bound is broken. `fine`: it clearly is not. `unknown`: neither can
 * be said (between the bounds, or nothing measured), and whatever was said before stands.
 */
export interface Judgement {
  readonly rule: AlarmRule;
  /** A connection's id, or `engine`. */
  readonly subject: string;
  readonly venue?: VenueId;
  readonly verdict: 'over' | 'fine' | 'unknown';
  readonly value: number;
  readonly bound: number;
}

/** What one look cannot show. */
export interface AlarmHistory {
  /** Reconnects of a connection within the last ten minutes. */
  reconnectsOf(connection: string): number;
  /** How long it has been wanted and has not delivered, ms; 0 while it delivers. */
  downMsOf(connection: string): number;
}

/** How far back on the good side a figure has to be before it counts as fine: a figure on the bound raises once. */
const SCORE_MARGIN = 0.05;
const MEMORY_SHARE = 0.95;

/**
 * What the bounds say of one second. Pure.
 *
 * score: a connection's health score below the bound. errors: failed attempts since it last delivered. inactive: ms since
 * the last data of a stream whose silence means trouble (late or stale by its own rhythm, or its connection is down).
 * memory: MB of the engine above the bare runtime. reconnects: within the last ten minutes (`history` counts them).
 * A connection nobody wants (idle, paused by the person) is fine, whatever its figures.
 */
export function judgeAlarms(
  view: { readonly metrics: MetricsView; readonly health: HealthView },
  bounds: AlarmBounds,
  history: AlarmHistory,
): readonly Judgement[] {
  const { metrics, health } = view;
  const judgements: Judgement[] = [];
  for (const row of health.connections) {
    const of = { subject: row.id, venue: row.venue };
    if (row.id === `${row.venue}/rest`) {
      const silentMs = unansweredMs(row, health);
      if (silentMs !== undefined) {
        judgements.push(
          judge(of, 'inactive', silentMs, bounds.inactiveMs, {
            isWanted: true,
            isOver: (ms) => ms >= bounds.inactiveMs,
            isFine: (ms) => ms < bounds.inactiveMs,
          }),
        );
      }
      continue;
    }
    const figures = metrics.connections.find(({ id }) => id === row.id);
    const isWanted = !isUnwanted(row.state);
    const isUp = isDelivering(row.state.kind);
    judgements.push(
      // On its way up nothing is healthy yet: whether it gets there is for the other rules to say.
      judge(of, 'score', isOnItsWay(row) ? Number.NaN : (figures?.score ?? Number.NaN), bounds.scoreBelow, {
        isWanted,
        isOver: (score) => score < bounds.scoreBelow,
        isFine: (score) => score >= Math.min(1, bounds.scoreBelow + SCORE_MARGIN) && isUp,
      }),
      judge(of, 'errors', attempts(figures), bounds.errors, {
        isWanted,
        isOver: (count) => count >= bounds.errors,
        // While it does not deliver, few errors only mean that there will be more.
        isFine: (count) => count < bounds.errors && isUp,
      }),
      judge(of, 'inactive', inactiveMs(row, health.asOf, history.downMsOf(row.id)), bounds.inactiveMs, {
        isWanted,
        isOver: (ms) => ms >= bounds.inactiveMs,
        isFine: (ms) => ms < bounds.inactiveMs && isUp,
      }),
      judge(of, 'reconnects', history.reconnectsOf(row.id), bounds.reconnects, {
        isWanted,
        isOver: (count) => count >= bounds.reconnects,
        isFine: (count) => count < bounds.reconnects && isUp,
      }),
    );
  }
  judgements.push(
    judge({ subject: 'engine' }, 'memory', metrics.engine.ownMemoryMb, bounds.memoryMb, {
      isWanted: true,
      isOver: (mb) => mb >= bounds.memoryMb,
      isFine: (mb) => mb < bounds.memoryMb * MEMORY_SHARE,
    }),
  );
  return judgements;
}

function judge(
  of: Pick<Judgement, 'subject' | 'venue'>,
  rule: AlarmRule,
  value: number,
  bound: number,
  test: {
    readonly isWanted: boolean;
    readonly isOver: (value: number) => boolean;
    readonly isFine: (value: number) => boolean;
  },
): Judgement {
  const verdict = !test.isWanted
    ? 'fine'
    : Number.isNaN(value)
      ? 'unknown'
      : test.isOver(value)
        ? 'over'
        : test.isFine(value)
          ? 'fine'
          : 'unknown';
  return { ...of, rule, value, bound, verdict };
}

const isOnItsWay = ({ state: { kind } }: ConnectionHealth) =>
  kind === 'connecting' || kind === 'authenticating' || kind === 'subscribing';
const attempts = (figures: ConnectionMetrics | undefined) => figures?.attempts ?? Number.NaN;

/**
 * Longest silence among the streams that only REST tells of (a choice of the person's); `undefined` where there are none.
 * What a socket is to bring as well is late over REST at best, and the socket's own alarms tell of it.
 */
function unansweredMs(row: ConnectionHealth, { connections, asOf }: HealthView): number | undefined {
  const onSockets = new Set(
    connections
      .filter(({ id, venue }) => venue === row.venue && id !== row.id)
      .flatMap(({ streams }) => streams.map(({ stream }) => stream)),
  );
  const only = row.streams.filter(({ stream }) => !onSockets.has(stream));
  if (only.length === 0) return undefined;
  const silent = only.filter(({ state }) => state === 'stale');
  return Math.max(0, ...silent.map(({ lastReceivedAt, since }) => asOf - (lastReceivedAt ?? since)));
}

/** Longest silence among the streams that should not be silent, or of a connection that is down; 0 where there is none. */
function inactiveMs(row: ConnectionHealth, now: number, downMs: number): number {
  // Where none is live the whole connection is late, and no longer silent than the last of them: the others may be quiet.
  if (isDelivering(row.state.kind) && row.streams.some(({ state }) => state === 'live')) {
    const silent = row.streams.filter(({ state }) => state === 'late' || state === 'stale');
    return Math.max(0, ...silent.map(({ lastReceivedAt }) => now - (lastReceivedAt ?? now)));
  }
  // What the connection heard last tells; a state's own age does not, since every attempt begins a new one.
  const heard = row.streams.flatMap(({ lastReceivedAt }) =>
    lastReceivedAt === undefined ? [] : [lastReceivedAt],
  );
  return heard.length === 0 ? downMs : now - Math.max(...heard);
}
