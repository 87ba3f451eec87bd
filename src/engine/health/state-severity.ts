import type { Cause, ConnectionState, ConnectionStateKind } from '#shared/domain/connection.ts';

/** From best to worst, for "the worst it came to". */
const FROM_BEST: readonly ConnectionStateKind[] = [
  'idle',
  'live',
  'rotating',
  'subscribing',
  'authenticating',
  'connecting',
  'degraded',
  'paused',
  'stale',
  'waiting',
  'failed',
];

/** Higher is worse. */
export function severityOf(kind: ConnectionStateKind): number {
  return FROM_BEST.indexOf(kind);
}

export function worseOf(a: ConnectionStateKind, b: ConnectionStateKind): ConnectionStateKind {
  return severityOf(b) > severityOf(a) ? b : a;
}

/** Whether data comes in that state, be it late. */
export function isDelivering(kind: ConnectionStateKind): boolean {
  return kind === 'live' || kind === 'rotating' || kind === 'degraded';
}

export function causeOf(state: ConnectionState): Cause | undefined {
  return 'cause' in state ? state.cause : undefined;
}

/** By the person, or because what is shown was recorded and has ended. */
function isAsked({ code }: Cause): boolean {
  return code === 'user' || code === 'recording.end';
}

/** Nobody expects anything: closed for want of streams, by the person, or at the end of a recording. */
export function isUnwanted(state: ConnectionState): boolean {
  return state.kind === 'idle' || (state.kind === 'paused' && isAsked(state.cause));
}

/** Something is not as it should be: not wanted quiet, not on the way up, not a planned change of sockets. */
export function isTrouble(state: ConnectionState): boolean {
  switch (state.kind) {
    case 'degraded':
    case 'stale':
    case 'waiting':
    case 'failed':
      return true;
    case 'paused':
      return !isAsked(state.cause);
    case 'idle':
    case 'connecting':
    case 'authenticating':
    case 'subscribing':
    case 'live':
    case 'rotating':
      return false;
  }
}
