import type { ConnectionStateKind, StreamState } from '#shared/domain/connection.ts';

const OF_STREAM: Readonly<Record<StreamState, number>> = { live: 1, pending: 0.6, late: 0.5, stale: 0 };
const OF_CONNECTION: Readonly<Record<ConnectionStateKind, number>> = {
  live: 1,
  rotating: 1,
  degraded: 0.7,
  subscribing: 0.6,
  authenticating: 0.6,
  connecting: 0.4,
  idle: 1,
  paused: 1,
  stale: 0.1,
  waiting: 0.1,
  failed: 0,
};
const PER_BREAK = 0.05;
const PER_RECONNECT = 0.1;

/**
 * How healthy one stream is, 0…1: live 1, waiting for its first frame 0.6, late 0.5, stale 0; less 0.05 for each gap or
 * resync of the last ten minutes.
 */
export function streamScore(state: StreamState, recentBreaks: number): number {
  return clamp(OF_STREAM[state] - PER_BREAK * recentBreaks);
}

/**
 * How healthy one connection is, 0…1: its state's worth (live and rotating 1, degraded 0.7, subscribing 0.6, connecting
 * 0.4, stale and waiting 0.1, failed 0; idle and paused count as healthy, nobody expects anything) times the mean of its
 * streams' mean and its worst stream, less 0.1 for each reconnect of the last ten minutes.
 */
export function connectionScore(
  state: ConnectionStateKind,
  streamScores: readonly number[],
  recentReconnects: number,
): number {
  const mean = streamScores.reduce((sum, score) => sum + score, 0) / streamScores.length;
  const isExpected = state !== 'idle' && state !== 'paused';
  const streams = isExpected && streamScores.length > 0 ? (mean + Math.min(...streamScores)) / 2 : 1;
  return clamp(OF_CONNECTION[state] * streams - PER_RECONNECT * recentReconnects);
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
