import type { Cause, ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { EventLog } from '../health/event-log.ts';
import { createSession, type Session, type SessionOptions } from './session.ts';

export interface SessionPoolOptions
  extends Pick<
    SessionOptions,
    | 'venue'
    | 'endpoints'
    | 'clock'
    | 'openSocket'
    | 'decoderOptions'
    | 'onEvent'
    | 'onInterrupted'
    | 'countsOf'
  > {
  readonly log: EventLog;
}

/** The sessions of one venue: one per route, and further ones where a connection's stream limit is reached. */
export interface SessionPool {
  want(stream: StreamKey): void;
  drop(stream: StreamKey): void;
  health(): readonly ConnectionHealth[];
  reconnectNow(): void;
  second(): void;
  dispose(): void;
}

export function createSessionPool(options: SessionPoolOptions): SessionPool {
  const { venue, log } = options;
  const byRoute = new Map<string, Session[]>();
  const owners = new Map<string, Session>();

  function open(route: string, ordinal: number): Session {
    const id = `${venue.id}/${route}${ordinal === 1 ? '' : `#${ordinal}`}`;
    return createSession({
      ...options,
      id,
      route,
      onState: (state) => logState(log, id, state),
      onTrouble: (code, details) =>
        log.add('warn', code, `${id}: ${details.count ?? 1} × ${details.reason}`, details),
    });
  }

  function sessionWithRoom(route: string): Session {
    const sessions = byRoute.get(route) ?? [];
    byRoute.set(route, sessions);
    const roomy = sessions.find((session) => session.streamCount < venue.limits.maxStreamsPerConnection);
    if (roomy) return roomy;
    const session = open(route, sessions.length + 1);
    sessions.push(session);
    return session;
  }

  const all = () => [...byRoute.values()].flat();

  return {
    want(stream) {
      const session = sessionWithRoom(venue.routeOf(stream));
      session.want(stream);
      owners.set(streamKeyText(stream), session);
    },
    drop(stream) {
      owners.get(streamKeyText(stream))?.drop(stream);
      owners.delete(streamKeyText(stream));
    },
    health: () => all().map((session) => session.health()),
    reconnectNow() {
      for (const session of all()) session.reconnectNow();
    },
    second() {
      for (const session of all()) session.second();
    },
    dispose() {
      for (const session of all()) session.dispose();
    },
  };
}

function logState(log: EventLog, connection: string, state: ConnectionState): void {
  const cause: Cause | undefined = 'cause' in state ? state.cause : undefined;
  const isTrouble = state.kind === 'stale' || state.kind === 'waiting';
  log.add(
    isTrouble ? 'error' : state.kind === 'degraded' ? 'warn' : 'info',
    `connection.${state.kind}`,
    `${connection} ${state.kind}${cause ? `: ${cause.code}, ${cause.detail}` : ''}`,
    {
      connection,
      ...(cause ? { cause: cause.code, detail: cause.detail } : {}),
      ...('attempt' in state ? { attempt: state.attempt } : {}),
      ...('retryAt' in state ? { retryAt: state.retryAt } : {}),
    },
  );
}
