import { assertNever } from '../base/assert-never.ts';
import type { ConnectionHealth, ConnectionState, StreamState } from './connection.ts';

/** What a health glyph can say, from best to worst. Shape and colour follow from it; the word always stands beside. */
export const HEALTH_KINDS = [
  'live',
  'rotating',
  'idle',
  'connecting',
  'authenticating',
  'subscribing',
  'late',
  'degraded',
  'paused',
  'stale',
  'waiting',
  'failed',
] as const;
export type HealthKind = (typeof HEALTH_KINDS)[number];

export function worseOf(one: HealthKind, other: HealthKind): HealthKind {
  return HEALTH_KINDS.indexOf(one) >= HEALTH_KINDS.indexOf(other) ? one : other;
}

export function streamKind(state: StreamState): HealthKind {
  switch (state) {
    case 'pending':
      return 'subscribing';
    case 'live':
    case 'late':
    case 'stale':
      return state;
    default:
      return assertNever(state);
  }
}

/** The connection's own state; `waiting` with its quick attempts used up is what a person calls failed. */
export function connectionOwnKind(state: ConnectionState): HealthKind {
  return state.kind === 'waiting' && state.exhausted ? 'failed' : state.kind;
}

/** A connection's health: the worst of its streams plus its own. */
export function connectionKind(connection: Pick<ConnectionHealth, 'state' | 'streams'>): HealthKind {
  const own = connectionOwnKind(connection.state);
  // While it is not up, its streams are silent for that reason and say nothing of their own.
  if (own !== 'live' && own !== 'degraded') return own;
  return connection.streams.reduce<HealthKind>(
    (worst, stream) => worseOf(worst, streamKind(stream.state)),
    own,
  );
}

/** What is drawn for a kind: the shape says it without any colour. The word stands beside it wherever there is room. */
export type HealthShape = 'disc' | 'half' | 'triangle' | 'dashes' | 'diamond' | 'pause' | 'cross' | 'ring';

export const HEALTH_SHAPES: Readonly<Record<HealthKind, HealthShape>> = {
  live: 'disc',
  rotating: 'diamond',
  idle: 'ring',
  connecting: 'dashes',
  authenticating: 'dashes',
  subscribing: 'dashes',
  late: 'half',
  degraded: 'half',
  paused: 'pause',
  stale: 'triangle',
  waiting: 'triangle',
  failed: 'cross',
};

/** The shapes as characters, where there is nothing but text: menus, titles, terminals. */
export const SHAPE_CHARACTERS: Readonly<Record<HealthShape, string>> = {
  disc: '●',
  half: '◐',
  triangle: '▲',
  dashes: '◌',
  diamond: '◇',
  pause: '‖',
  cross: '✕',
  ring: '○',
};

/** What a stream's state means for its values, given the connection it arrives on. */
export function streamStateOn(connection: ConnectionState, stream: StreamState): StreamState {
  switch (connection.kind) {
    case 'live':
    case 'degraded':
    case 'rotating':
    case 'subscribing':
      // On a connection that still waits for others, a stream that has spoken is as good as it says.
      return stream;
    case 'stale':
    case 'waiting':
    case 'paused':
    case 'failed':
      return 'stale';
    case 'idle':
    case 'connecting':
    case 'authenticating':
      return stream === 'live' ? 'late' : stream;
    default:
      return assertNever(connection);
  }
}
