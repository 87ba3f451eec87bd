import type { Cause, ConnectionState, StreamHealth, StreamState } from '#shared/domain/connection.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import type { LinkState } from '../net/connection.ts';
import type { StreamPulse } from './stream-pulse.ts';

/** How long a connection as a whole has brought no data, and what that means there. All ms. */
export interface DataSilence {
  readonly silentMs: number;
  readonly lateAfterMs: number;
  readonly staleAfterMs: number;
}

/**
 * Bounds for a whole connection. Where the venue names a canary there is always something to hear, so silence soon
 * means trouble, also on a young connection whose streams have shown no rhythm yet.
 */
export function silenceBounds(venue: Venue): Omit<DataSilence, 'silentMs'> {
  const staleAfterMs = venue.limits.staleAfterMs;
  return venue.canaryOf
    ? { lateAfterMs: 7000, staleAfterMs: 12_000 }
    : { lateAfterMs: staleAfterMs / 2, staleAfterMs };
}

export interface JudgedStream {
  readonly key: StreamKey;
  readonly pulse: StreamPulse;
}

/** What a connection is worth: its link, then the worst of its streams. `now` monotonic ms. */
export function judgeConnection(
  link: LinkState,
  streams: readonly JudgedStream[],
  now: number,
  data: DataSilence,
): ConnectionState {
  if (link.kind !== 'open') return link;
  if (streams.length === 0) return { kind: 'live' };
  const some = (state: string) => streams.find((stream) => stream.pulse.stateAt(now) === state);
  if (streams.every((stream) => stream.pulse.firstAt === undefined)) return { kind: 'subscribing' };
  const silence = (detail: string): Cause => ({ code: 'socket.silent', detail });
  const stale = some('stale');
  if (stale) return { kind: 'stale', cause: silence(streamKeyText(stale.key)) };
  if (data.silentMs > data.staleAfterMs) return { kind: 'stale', cause: silence('no data on any stream') };
  const late = some('late');
  if (late) return { kind: 'degraded', cause: silence(streamKeyText(late.key)) };
  if (data.silentMs > data.lateAfterMs) return { kind: 'degraded', cause: silence('no data on any stream') };
  const waiting = streams.find((stream) => stream.pulse.firstAt === undefined && stream.pulse.isCanary);
  if (waiting) return { kind: 'subscribing' };
  return { kind: 'live' };
}

/** What one stream's row of the health view says of it, but for the counts of its feed. */
export function judgeStream(
  { key, pulse }: JudgedStream,
  isOpen: boolean,
  now: number,
  data: DataSilence,
): Pick<StreamHealth, 'stream' | 'state' | 'since' | 'lastReceivedAt' | 'perSecond'> {
  const { lastReceivedAt } = pulse;
  const whileClosed = lastReceivedAt === undefined ? 'pending' : 'stale';
  return {
    stream: streamKeyText(key),
    state: isOpen ? amidSilence(pulse.stateAt(now), data) : whileClosed,
    ...(lastReceivedAt === undefined ? {} : { lastReceivedAt }),
    since: lastReceivedAt ?? 0,
    perSecond: pulse.perSecond,
  };
}

/** No stream is better than the connection it comes over. */
function amidSilence(own: StreamState, data: DataSilence): StreamState {
  if (own === 'pending' || own === 'stale') return own;
  if (data.silentMs > data.staleAfterMs) return 'stale';
  return data.silentMs > data.lateAfterMs ? 'late' : own;
}

export function sameState(a: ConnectionState, b: ConnectionState): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
