import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { BACKOFF, type BackoffRule, delayMs } from './backoff.ts';
import { createRoundTrips } from './round-trips.ts';
import type { OpenSocket, Socket } from './socket.ts';

/** What the wire is doing; the session adds what the data on it is doing. */
export type LinkState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'open' }
  | {
      readonly kind: 'waiting';
      readonly attempt: number;
      readonly retryAt: number;
      readonly cause: Cause;
      readonly exhausted: boolean;
    };

export interface HeartbeatRule {
  readonly checkEveryMs: number;
  readonly pingEveryMs: number;
  /** No byte for this long: the peer is gone, whatever TCP believes. */
  readonly silentAfterMs: number;
}

const HEARTBEAT: HeartbeatRule = { checkEveryMs: 2000, pingEveryMs: 5000, silentAfterMs: 6000 };

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly url: () => string;
  readonly backoff?: BackoffRule;
  readonly heartbeat?: HeartbeatRule;
  readonly onLink: (state: LinkState) => void;
  readonly onFrame: (bytes: Uint8Array, receivedAt: number) => void;
}

export interface Connection {
  readonly link: LinkState;
  /** Counts sockets opened. What belongs to an older epoch is dead. */
  readonly epoch: number;
  readonly reconnects: number;
  readonly roundTripMs: number | undefined;
  start(): void;
  /** Closes and stays closed until `start`. */
  stop(): void;
  send(text: string): void;
  /** Gives the socket up and tries again by the backoff law. */
  drop(cause: Cause): void;
  /** Tries again at once, whatever it was waiting for. */
  reconnectNow(): void;
}

/** One connection: a chain of sockets, at most one alive, with heartbeat and backoff. */
export function createConnection(options: ConnectionOptions): Connection {
  const { clock } = options;
  const rule = options.backoff ?? BACKOFF;
  const heartbeat = options.heartbeat ?? HEARTBEAT;
  let link: LinkState = { kind: 'idle' };
  let epoch = 0;
  let reconnects = 0;
  let socket: Socket | undefined;
  let cancelTimer: Undo = () => undefined;
  /** The rung of the ladder the last failure stood on; 0 none yet. */
  let attempt = 0;
  let firstAidAt = Number.NEGATIVE_INFINITY;
  let openedAt = 0;
  let delivered = false;
  let lastByteAt = 0;
  let pingSentAt = Number.NEGATIVE_INFINITY;
  let awaitingPong = false;
  const roundTrips = createRoundTrips();

  function enter(next: LinkState): void {
    link = next;
    options.onLink(next);
  }

  function open(): void {
    epoch += 1;
    const mine = epoch;
    delivered = false;
    awaitingPong = false;
    enter({ kind: 'connecting', attempt });
    socket = options.openSocket(options.url(), {
      opened() {
        if (mine !== epoch) return;
        openedAt = clock.monotonic();
        lastByteAt = openedAt;
        pingSentAt = Number.NEGATIVE_INFINITY; // the first beat measures a round trip
        cancelTimer = clock.every(heartbeat.checkEveryMs, beat);
        enter({ kind: 'open' });
      },
      frame(bytes) {
        if (mine !== epoch) return;
        lastByteAt = clock.monotonic();
        delivered = true;
        options.onFrame(bytes, clock.now());
      },
      pulse(kind) {
        if (mine !== epoch) return;
        lastByteAt = clock.monotonic();
        if (kind === 'pong' && awaitingPong) {
          awaitingPong = false;
          roundTrips.add(lastByteAt - pingSentAt);
        }
      },
      closed(cause, retryAfterMs) {
        if (mine === epoch) fail(cause, retryAfterMs);
      },
    });
  }

  function beat(): void {
    const now = clock.monotonic();
    const silentMs = now - lastByteAt;
    if (silentMs >= heartbeat.silentAfterMs) {
      fail({ code: 'socket.silent', detail: `no byte for ${Math.round(silentMs)} ms` });
      return;
    }
    const due = now - pingSentAt >= heartbeat.pingEveryMs || silentMs >= heartbeat.checkEveryMs;
    if (due && !awaitingPong) {
      awaitingPong = true;
      pingSentAt = now;
      socket?.ping();
    }
  }

  function release(): void {
    cancelTimer();
    cancelTimer = () => undefined;
    epoch += 1; // whatever the old socket still says belongs to the past
    socket?.terminate();
    socket = undefined;
  }

  function fail(cause: Cause, retryAfterMs?: number): void {
    const now = clock.monotonic();
    const wasOpen = link.kind === 'open';
    const healthyMs = wasOpen ? now - openedAt : 0;
    const wasDelivering = wasOpen && delivered;
    release();
    if (healthyMs >= rule.resetAfterMs) attempt = 0;
    const mayFirstAid =
      wasDelivering && attempt === 0 && retryAfterMs === undefined && now - firstAidAt >= rule.resetAfterMs;
    if (mayFirstAid) firstAidAt = now;
    else attempt += 1;
    const waitMs = delayMs(rule, mayFirstAid ? 0 : attempt, clock.random(), retryAfterMs);
    cancelTimer = clock.after(waitMs, () => {
      reconnects += 1;
      open();
    });
    enter({
      kind: 'waiting',
      attempt: Math.max(attempt, 1),
      retryAt: clock.now() + waitMs,
      cause,
      exhausted: attempt > rule.quickAttempts,
    });
  }

  return {
    get link() {
      return link;
    },
    get epoch() {
      return epoch;
    },
    get reconnects() {
      return reconnects;
    },
    get roundTripMs() {
      return roundTrips.median();
    },
    start() {
      if (link.kind === 'idle') open();
    },
    stop() {
      if (link.kind === 'idle') return;
      release();
      attempt = 0;
      enter({ kind: 'idle' });
    },
    send(text) {
      if (link.kind === 'open') socket?.send(text);
    },
    drop(cause) {
      if (link.kind === 'open' || link.kind === 'connecting') fail(cause);
    },
    reconnectNow() {
      if (link.kind === 'idle') return;
      release();
      reconnects += 1;
      open();
    },
  };
}
