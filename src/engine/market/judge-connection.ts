import type { Cause, ConnectionState, StreamState } from '#shared/domain/connection.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import type { LinkState } from '../net/connection.ts';
import type { SessionStream } from './session-streams.ts';

/** How long a connection as a whole has brought no data, and what that means there. */
export interface DataSilence {
  readonly silentMs: number;
  readonly state: Extract<StreamState, 'live' | 'late' | 'stale'>;
  /** Set where it is late because all of it arrives so long after the venue sent it. */
  readonly lagMs?: number;
}

/**
 * Bounds for a whole connection, ms, given the longest silence that is believed. Where the venue names a canary there is always something to hear, so silence soon
 * means trouble, also on a young connection whose streams have shown no rhythm yet.
 */
export function silenceBounds(
  venue: Pick<Venue, 'canaryOf'>,
  staleAfterMs: number,
): { readonly lateAfterMs: number; readonly staleAfterMs: number } {
  const halfMs = staleAfterMs / 2;
  return venue.canaryOf
    ? { lateAfterMs: Math.min(7000, halfMs), staleAfterMs: Math.min(12_000, staleAfterMs) }
    : { lateAfterMs: halfMs, staleAfterMs };
}

/** What one stream is worth. No stream is better than the connection it comes over. */
export function judgeStream(
  stream: SessionStream,
  isOpen: boolean,
  now: number,
  data: DataSilence,
): StreamState {
  const { pulse } = stream;
  if (!isOpen) return pulse.lastReceivedAt === undefined ? 'pending' : 'stale';
  const own = ownState(stream, now);
  if (own === 'pending' || own === 'stale' || data.state === 'live') return own;
  return data.state;
}

/** What one stream is worth by itself. Only where it looks late are the others asked whether the market holds its breath. */
export function ownState({ pulse, isHushed }: SessionStream, now: number): StreamState {
  const state = pulse.stateAt(now);
  return state === 'live' || state === 'pending' ? state : pulse.stateAt(now, isHushed(now));
}

/** What a connection is worth: its link, then the worst of its streams. `now` monotonic ms. */
export function judgeConnection(
  link: LinkState,
  streams: readonly SessionStream[],
  now: number,
  data: DataSilence,
): ConnectionState {
  if (link.kind !== 'open') return link;
  if (streams.length === 0) return { kind: 'live' };
  if (streams.every((stream) => stream.pulse.firstAt === undefined)) return { kind: 'subscribing' };
  const some = (state: StreamState) => streams.find((stream) => ownState(stream, now) === state);
  const silence = (detail: string): Cause => ({ code: 'socket.silent', detail });
  const stale = some('stale');
  if (stale) return { kind: 'stale', cause: silence(streamKeyText(stale.key)) };
  if (data.state === 'stale') return { kind: 'stale', cause: silence('no data on any stream') };
  const late = some('late');
  if (late) return { kind: 'degraded', cause: silence(streamKeyText(late.key)) };
  if (data.lagMs !== undefined) {
    return {
      kind: 'degraded',
      cause: { code: 'socket.slow', detail: `data arrives ${Math.round(data.lagMs / 100) / 10} s late` },
    };
  }
  if (data.state === 'late') return { kind: 'degraded', cause: silence('no data on any stream') };
  const waiting = streams.find((stream) => stream.pulse.firstAt === undefined && stream.pulse.isCanary);
  if (waiting) return { kind: 'subscribing' };
  return { kind: 'live' };
}

export function sameState(a: ConnectionState, b: ConnectionState): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
