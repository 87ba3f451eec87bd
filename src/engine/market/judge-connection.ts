import type { Cause, ConnectionState, StreamHealth } from '#shared/domain/connection.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { LinkState } from '../net/connection.ts';
import type { StreamPulse } from './stream-pulse.ts';

export interface JudgedStream {
  readonly key: StreamKey;
  readonly pulse: StreamPulse;
}

/** What a connection is worth: its link, then the worst of its streams. `now` monotonic ms. */
export function judgeConnection(
  link: LinkState,
  streams: readonly JudgedStream[],
  now: number,
  data: { readonly silentMs: number; readonly staleAfterMs: number },
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
  const waiting = streams.find((stream) => stream.pulse.firstAt === undefined && stream.pulse.isCanary);
  if (waiting) return { kind: 'subscribing' };
  return { kind: 'live' };
}

/** What one stream's row of the health view says of it, but for the counts of its feed. */
export function judgeStream(
  { key, pulse }: JudgedStream,
  isOpen: boolean,
  now: number,
): Pick<StreamHealth, 'stream' | 'state' | 'lastReceivedAt' | 'perSecond'> {
  const { lastReceivedAt } = pulse;
  const whileClosed = lastReceivedAt === undefined ? 'pending' : 'stale';
  return {
    stream: streamKeyText(key),
    state: isOpen ? pulse.stateAt(now) : whileClosed,
    ...(lastReceivedAt === undefined ? {} : { lastReceivedAt }),
    perSecond: pulse.perSecond,
  };
}

export function sameState(a: ConnectionState, b: ConnectionState): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
