import type { ConnectionHealth, ConnectionStateKind } from '#shared/domain/connection.ts';
import { type ErrorClass, errorClassOf } from '#shared/domain/error-class.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { ConnectionMetrics } from '#shared/domain/metrics.ts';
import { connectionScore } from './health-score.ts';
import { createRecentCount } from './recent-count.ts';

/** Breaks and reconnects of the last ten minutes count against a score. */
export const RECENT_MS = 10 * 60_000;

/** What one connection went through since it was first wanted. */
export interface ConnectionTally {
  transition(transition: Transition): void;
  /** Once a second. `now` monotonic ms. */
  second(health: ConnectionHealth, now: number): void;
  metrics(
    health: ConnectionHealth,
    streams: {
      readonly perSecond: number;
      readonly bytesPerSecond: number;
      readonly scores: readonly number[];
    },
    now: number,
  ): ConnectionMetrics;
}

export function createConnectionTally(): ConnectionTally {
  const errors: Partial<Record<ErrorClass, number>> = {};
  const reconnects = createRecentCount(RECENT_MS);
  let wantedSeconds = 0;
  let deliveredSeconds = 0;
  let attempts = 0;

  return {
    transition({ state }) {
      if (delivers(state.kind)) attempts = 0;
      if (state.kind === 'waiting') attempts = state.attempt;
      const of = 'cause' in state ? errorClassOf(state.cause.code) : undefined;
      if (of !== undefined) errors[of] = (errors[of] ?? 0) + 1;
    },
    second(health, now) {
      reconnects.note(health.reconnects, now);
      const { kind } = health.state;
      if (kind === 'idle' || kind === 'paused') return;
      wantedSeconds += 1;
      if (delivers(kind)) deliveredSeconds += 1;
    },
    metrics(health, { perSecond, bytesPerSecond, scores }, now) {
      return {
        id: health.id,
        venue: health.venue,
        perSecond,
        bytesPerSecond,
        roundTripMs: health.roundTripMs ?? Number.NaN,
        reconnects: health.reconnects,
        attempts,
        uptime: wantedSeconds === 0 ? 1 : deliveredSeconds / wantedSeconds,
        errors: { ...errors },
        failedFrames: health.failedFrames,
        score: connectionScore(health.state.kind, scores, reconnects.recent(now)),
      };
    },
  };
}

/** A degraded connection still delivers on most of its streams. */
function delivers(kind: ConnectionStateKind): boolean {
  return kind === 'live' || kind === 'degraded' || kind === 'rotating';
}
