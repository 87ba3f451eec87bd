import type { Cause, ConnectionHealth, StreamHealth } from '#shared/domain/connection.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';

/** A stream whose data is asked for over REST. Times: wall, ms epoch. */
export interface PolledStream {
  readonly stream: StreamKey;
  /** When it began to be. */
  since: number;
  answeredAt: number | undefined;
}

/** Many silent streams share the questions that may be asked: an answer this old is still the best there is. */
const LATE_MS = 30_000;

/**
 * Adds the connection `<venue>/rest`. Its streams are late at best: what is asked for every few seconds is never
 * as good as a live stream, and is not shown as one.
 */
export function withPolledStreams(
  connections: readonly ConnectionHealth[],
  venue: VenueId,
  polled: readonly PolledStream[],
  at: { readonly now: number; readonly isCircuitOpen: (stream: StreamKey) => boolean },
): readonly ConnectionHealth[] {
  if (polled.length === 0) return connections;
  const streams = polled.map(({ stream, since, answeredAt }): StreamHealth => {
    const age = answeredAt === undefined ? Number.POSITIVE_INFINITY : at.now - answeredAt;
    const isNew = answeredAt === undefined && at.now - since < LATE_MS;
    return {
      stream: streamKeyText(stream),
      state: age < LATE_MS ? 'late' : isNew ? 'pending' : 'stale',
      since,
      ...(answeredAt === undefined ? {} : { lastReceivedAt: answeredAt }),
      perSecond: 0,
      gaps: 0,
      resyncs: 0,
      source: 'rest',
    };
  });
  const cause: Cause = polled.some(({ stream }) => at.isCircuitOpen(stream))
    ? { code: 'circuit', detail: 'REST fails again and again, it is left alone for a while' }
    : { code: 'socket.silent', detail: 'asked for over REST every few seconds' };
  const rest: ConnectionHealth = {
    id: `${venue}/rest`,
    venue,
    state: { kind: 'degraded', cause },
    since: Math.min(...polled.map(({ since }) => since)),
    epoch: 0,
    reconnects: 0,
    failedFrames: 0,
    streams,
  };
  return [...connections, rest];
}
