import type { Cause, ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { EventLog } from '../health/event-log.ts';
import { createConnectionGate } from '../net/connection-gate.ts';
import { createSendPace } from '../net/send-pace.ts';
import { createFrameCircuit } from './frame-circuit.ts';
import { createMarketTempo } from './market-tempo.ts';
import { createSession } from './session.ts';
import type { Session, SessionOptions } from './session-options.ts';

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
    | 'onFact'
    | 'countsOf'
    | 'meterOf'
    | 'clockOffset'
    | 'onClockDoubt'
    | 'tuning'
  > {
  readonly log: EventLog;
  readonly onTransition: (transition: Transition) => void;
}

/**
 * The sessions of one venue: one per route, and further ones where a connection's limits are reached. They share one
 * door to the venue, one circuit breaker, and what they know of the markets' tempo.
 */
export interface SessionPool {
  /** Nothing is asked for a stream the venue has no channel for. */
  want(stream: StreamKey): void;
  drop(stream: StreamKey): void;
  /** Asks the venue for it anew, where it is asked for at all. */
  renew(stream: StreamKey): void;
  health(): readonly ConnectionHealth[];
  /** How much of the venue's bounds on frames and on new connections is used. */
  gauges(): readonly BudgetGauge[];
  reconnectNow(): void;
  pause(): void;
  resume(): void;
  wake(cause: 'resume' | 'link'): void;
  second(): void;
  dispose(): void;
}

/** What was told so long ago is told again, unless something happened meanwhile. */
const TOLD_MS = 20;
/** What tells that we open or ask too much. */
const SLOWS_DOWN: ReadonlySet<Cause['code']> = new Set(['rate-limit', 'ban']);

export function createSessionPool(options: SessionPoolOptions): SessionPool {
  const { venue, clock, log } = options;
  const byRoute = new Map<string, Session[]>();
  const owners = new Map<string, Session>();
  const tempo = createMarketTempo();
  const gate = createConnectionGate(clock, venue.limits.connections);
  const pace = createSendPace(clock, venue.id, venue.limits, options.tuning?.slowDown);
  const circuit = createFrameCircuit({
    clock,
    gate,
    onOpen(forMs, reason) {
      log.add('error', 'circuit.open', `${venue.name}: nothing is read for ${forMs} ms: ${reason}`, {
        venue: venue.name,
        ms: forMs,
        reason,
      });
      const cause: Cause = { code: 'circuit', detail: reason };
      for (const session of all()) session.trip(cause, forMs);
    },
    onClosed: () =>
      log.add('info', 'circuit.closed', `${venue.name} can be read again`, { venue: venue.name }),
  });
  /** A setting may believe a venue for less long than its own bound says, never for longer. */
  const staleAfterMs = () =>
    Math.min(venue.limits.staleAfterMs, options.tuning?.staleAfterMs(venue.id) ?? Number.POSITIVE_INFINITY);
  let isPaused = false;
  /** What was last told of the health: a second's work asks for it again and again, and a storm of facts for each of them. */
  let told: { readonly at: number; readonly health: readonly ConnectionHealth[] } | undefined;

  function open(route: string, sessions: readonly Session[]): Session {
    let ordinal = 1;
    const idOf = () => `${venue.id}/${route}${ordinal === 1 ? '' : `#${ordinal}`}`;
    while (sessions.some((session) => session.id === idOf())) ordinal += 1;
    const id = idOf();
    const session = createSession({
      ...options,
      onEvent(event) {
        told = undefined;
        options.onEvent(event);
      },
      id,
      route,
      gate,
      pace,
      circuit,
      tempo,
      staleAfterMs,
      onState(state, lastDataAt) {
        told = undefined;
        options.onTransition({
          at: clock.now(),
          venue: venue.id,
          connection: id,
          state,
          ...(lastDataAt === undefined ? {} : { lastDataAt }),
        });
        if ('cause' in state && SLOWS_DOWN.has(state.cause.code)) pace.failed();
        logState(log, id, state);
      },
      onTrouble(code, details) {
        if (code === 'venue.refusal') pace.failed();
        log.add('warn', code, `${id}: ${details.count ?? 1} × ${details.reason}`, details);
      },
    });
    if (isPaused) session.pause();
    return session;
  }

  /** The one that asks for the channel already, else one where it fits, else a new one. */
  function sessionFor(route: string, channel: string): Session {
    const sessions = byRoute.get(route) ?? [];
    byRoute.set(route, sessions);
    const held = sessions.map((session) => ({ session, channels: [...session.channels] }));
    const found =
      held.find(({ channels }) => channels.includes(channel)) ??
      held.find(({ channels }) => fits([...channels, channel]));
    if (found) return found.session;
    const session = open(route, sessions);
    sessions.push(session);
    return session;
  }

  function fits(channels: readonly string[]): boolean {
    const { maxStreamsPerConnection, maxChannelCharsPerConnection = Number.POSITIVE_INFINITY } = venue.limits;
    // The canary may want a place that nobody asked for.
    const most = maxStreamsPerConnection - (venue.canaryOf ? 1 : 0);
    if (channels.length > Math.max(1, most)) return false;
    return channels.reduce((sum, { length }) => sum + length, 0) <= maxChannelCharsPerConnection;
  }

  const all = () => [...byRoute.values()].flat();

  return {
    want(stream) {
      told = undefined;
      const channel = venue.channelOf(stream);
      if (channel === undefined) return;
      const session = sessionFor(venue.routeOf(stream), channel);
      session.want(stream);
      owners.set(streamKeyText(stream), session);
    },
    drop(stream) {
      told = undefined;
      owners.get(streamKeyText(stream))?.drop(stream);
      owners.delete(streamKeyText(stream));
    },
    renew: (stream) => owners.get(streamKeyText(stream))?.renew(stream),
    health() {
      const at = clock.monotonic();
      if (told === undefined || at - told.at >= TOLD_MS) {
        // Judging may change a state, which makes what was told before void: it is noted after that.
        const health = all().map((session) => session.health());
        told = { at, health };
      }
      return told.health;
    },
    gauges() {
      const { count, windowMs } = venue.limits.connections;
      const { used, silentMs } = gate.standing();
      const until = Math.round(clock.now() + silentMs);
      const state = silentMs > 0 ? { state: 'silent' as const, until } : { state: 'normal' as const };
      const doors = { venue: venue.id, scope: 'connections', used, capacity: count, windowMs };
      return [pace.gauge(), { ...doors, reserve: 0, factor: 1, ...state }];
    },
    reconnectNow() {
      for (const session of all()) session.reconnectNow();
    },
    pause() {
      isPaused = true;
      for (const session of all()) session.pause();
    },
    resume() {
      isPaused = false;
      for (const session of all()) session.resume();
    },
    wake(cause) {
      for (const session of all()) session.wake(cause);
    },
    second() {
      told = undefined;
      for (const [route, sessions] of byRoute) {
        for (const session of sessions) session.second();
        // The first of a route stays and says that it is idle; the others were only there for the crowd.
        const [first, ...others] = sessions;
        const needed = others.filter(({ streamCount, state }) => streamCount > 0 || state.kind !== 'idle');
        if (!first || needed.length === others.length) continue;
        for (const session of others) if (!needed.includes(session)) session.dispose();
        byRoute.set(route, [first, ...needed]);
      }
    },
    dispose() {
      circuit.dispose();
      gate.dispose();
      for (const session of all()) session.dispose();
    },
  };
}

/** Tells the log of a connection that changed, as loud as it is. */
export function logState(log: EventLog, connection: string, state: ConnectionState): void {
  const cause: Cause | undefined = 'cause' in state ? state.cause : undefined;
  const isWanted = cause?.code === 'user' || cause?.code === 'recording.end';
  const isTrouble = ['stale', 'waiting', 'failed', 'paused'].includes(state.kind) && !isWanted;
  log.add(
    isTrouble ? 'error' : state.kind === 'degraded' ? 'warn' : 'info',
    `connection.${state.kind}`,
    `${connection} ${state.kind}${cause ? `: ${cause.code}, ${cause.detail}` : ''}`,
    {
      connection,
      ...(cause ? { cause: cause.code, detail: cause.detail } : {}),
      ...('attempt' in state ? { attempt: state.attempt } : {}),
      ...('retryAt' in state ? { retryAt: state.retryAt } : {}),
      ...('until' in state ? { until: state.until } : {}),
      ...('reason' in state ? { reason: state.reason } : {}),
    },
  );
}
