import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { BACKOFF, type BackoffRule, delayMs } from './backoff.ts';
import type { ConnectionGate } from './connection-gate.ts';
import { createHeartbeat, type HeartbeatOptions, type HeartbeatRule } from './heartbeat.ts';
import type { OpenSocket, Socket, SocketListener } from './socket.ts';

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
    }
  /** By the venue's order: nobody is to knock before `until`, wall ms; without it, there is nobody to knock at. */
  | { readonly kind: 'paused'; readonly cause: Cause; readonly until?: number }
  /** Trying again alone cannot help. */
  | { readonly kind: 'failed'; readonly cause: Cause };

/** Counted over all sockets of one session, the one that is being proven included. */
export interface SocketCounts {
  /** Sockets opened. What belongs to an older epoch is dead. */
  epoch: number;
  /** Times the link stood again after it had been lost. */
  reconnects: number;
}

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly url: () => string;
  /** Made anew for every socket. Never throws. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Asked at every failure, and at every beat. */
  readonly backoff?: (() => BackoffRule) | undefined;
  readonly heartbeat?: (() => HeartbeatRule) | undefined;
  /** Asked for every socket; absent: never. */
  readonly isCompressed?: (() => boolean) | undefined;
  /** The venue's own ping. */
  readonly ask?: HeartbeatOptions['ask'];
  /** Absent: openings are not limited. */
  readonly gate?: Pick<ConnectionGate, 'enter' | 'silence'>;
  readonly counts?: SocketCounts;
  readonly onLink: (state: LinkState) => void;
  readonly onFrame: (bytes: Uint8Array, receivedAt: number) => void;
  /** Something of ours left on the socket besides what was handed to `send`. */
  readonly onAsked?: () => void;
}

export interface Connection {
  readonly link: LinkState;
  /** See {@link SocketCounts}. */
  readonly epoch: number;
  readonly reconnects: number;
  readonly roundTripMs: number | undefined;
  /** Wall time of the last sign of life: an opening, a frame, a ping or pong of the protocol. */
  readonly heardAt: number | undefined;
  start(): void;
  /** Closes and stays closed until `start`. */
  stop(): void;
  send(text: string): void;
  /** The venue's own pong was among the frames. */
  pong(): void;
  /** Gives the socket up and tries again by the backoff law, or after exactly `waitMs`. */
  drop(cause: Cause, waitMs?: number): void;
  /** Tries again at once, whatever it was waiting for; only a ban is kept. */
  reconnectNow(): void;
  /** Like `reconnectNow`, but lets alone what is open or on its way. */
  hurry(): void;
}

/** Above the socket's own handshake limit, which a peer that dribbles can stretch. */
const HANDSHAKE_DEADLINE_MS = 5300;
const BAN_MS = 2 * 60_000;
const LIMIT_MS = 5000;
const BORDER_MS = 10 * 60_000;
const OPEN_GATE: NonNullable<ConnectionOptions['gate']> = {
  enter(open) {
    open();
    return () => undefined;
  },
  silence: () => undefined,
};

/** One connection: a chain of sockets, at most one alive, with heartbeat and backoff. */
export function createConnection(options: ConnectionOptions): Connection {
  const { clock, gate = OPEN_GATE, counts = { epoch: 0, reconnects: 0 } } = options;
  const ruleNow = options.backoff ?? (() => BACKOFF);
  let link: LinkState = { kind: 'idle' };
  let socket: Socket | undefined;
  /** The socket's own token: what carries another one comes from the past. */
  let alive: object | undefined;
  let cancelTimer: Undo = () => undefined;
  let leaveGate: Undo = () => undefined;
  /** The rung of the ladder the last failure stood on; 0 none yet. */
  let attempt = 0;
  let firstAidAt = Number.NEGATIVE_INFINITY;
  let openedAt = 0;
  let delivered = false;
  let hasStood = false;
  let lastCause: Cause | undefined;
  let heardAt: number | undefined;

  const heartbeat = createHeartbeat({
    clock,
    rule: options.heartbeat,
    ask: options.ask,
    ping: () => socket?.ping(),
    send(text) {
      options.onAsked?.();
      socket?.send(text);
    },
    onSilent: (silentMs) => fail({ code: 'socket.silent', detail: `no byte for ${Math.round(silentMs)} ms` }),
  });

  function enter(next: LinkState): void {
    link = next;
    options.onLink(next);
  }

  function wait(waitMs: number, cause: Cause): void {
    enter({
      kind: 'waiting',
      attempt: Math.max(attempt, 1),
      retryAt: clock.now() + waitMs,
      cause,
      exhausted: attempt > ruleNow().quickAttempts,
    });
  }

  function knock(): void {
    let isIn = false;
    const leave = gate.enter(
      () => {
        isIn = true;
        connect();
      },
      (waitMs) => {
        // Nothing went wrong with a connection that only waits for its turn.
        if (lastCause === undefined) enter({ kind: 'connecting', attempt });
        else wait(waitMs, lastCause);
      },
    );
    if (!isIn) leaveGate = leave;
  }

  function connect(): void {
    leaveGate = () => undefined;
    const mine = {};
    alive = mine;
    counts.epoch += 1;
    delivered = false;
    cancelTimer = clock.after(HANDSHAKE_DEADLINE_MS, () =>
      fail({ code: 'socket.handshake', detail: `no handshake within ${HANDSHAKE_DEADLINE_MS} ms` }),
    );
    enter({ kind: 'connecting', attempt });
    if (mine !== alive) return; // whoever heard of it thought better of it
    const listener: SocketListener = {
      opened() {
        if (mine !== alive) return;
        openedAt = clock.monotonic();
        heardAt = clock.now();
        cancelTimer();
        heartbeat.start();
        if (hasStood) counts.reconnects += 1;
        hasStood = true;
        enter({ kind: 'open' });
      },
      frame(bytes) {
        if (mine !== alive) return;
        heartbeat.heard();
        delivered = true;
        heardAt = clock.now();
        options.onFrame(bytes, heardAt);
      },
      pulse(kind) {
        if (mine !== alive) return;
        heardAt = clock.now();
        if (kind === 'pong') heartbeat.answered('protocol');
        else heartbeat.heard();
      },
      closed(cause, retryAfterMs) {
        if (mine === alive) fail(cause, retryAfterMs);
      },
    };
    const headers = options.headers?.();
    socket = options.openSocket(options.url(), listener, {
      ...(headers && { headers }),
      ...(options.isCompressed?.() && { isCompressed: true }),
    });
  }

  function release(): void {
    cancelTimer();
    cancelTimer = () => undefined;
    leaveGate();
    leaveGate = () => undefined;
    heartbeat.stop();
    alive = undefined; // whatever the old socket still says belongs to the past
    socket?.terminate();
    socket = undefined;
  }

  function fail(cause: Cause, retryAfterMs?: number, exactMs?: number): void {
    const now = clock.monotonic();
    const rule = ruleNow();
    const wasOpen = link.kind === 'open';
    const healthyMs = wasOpen ? now - openedAt : 0;
    const wasDelivering = wasOpen && delivered;
    release();
    lastCause = cause;
    if (healthyMs >= rule.resetAfterMs) attempt = 0;
    if (cause.code === 'geo' || cause.code === 'auth') {
      // A key stays wrong. A firewall in a mood answers as a border does, and nobody may be there to ask again.
      if (cause.code === 'geo') cancelTimer = clock.after(BORDER_MS, knock);
      enter({ kind: 'failed', cause });
      return;
    }
    if (cause.code === 'recording.end') {
      enter({ kind: 'paused', cause });
      return;
    }
    if (cause.code === 'ban') {
      const banMs = retryAfterMs ?? BAN_MS;
      attempt += 1;
      gate.silence(banMs);
      cancelTimer = clock.after(banMs, knock);
      enter({ kind: 'paused', cause, until: clock.now() + banMs });
      return;
    }
    const orderedMs = cause.code === 'rate-limit' ? (retryAfterMs ?? LIMIT_MS) : retryAfterMs;
    if (cause.code === 'rate-limit') gate.silence(orderedMs ?? LIMIT_MS);
    const mayFirstAid =
      wasDelivering && attempt === 0 && orderedMs === undefined && now - firstAidAt >= rule.resetAfterMs;
    if (mayFirstAid) firstAidAt = now;
    else attempt += 1;
    const waitMs = exactMs ?? delayMs(rule, mayFirstAid ? 0 : attempt, clock.random(), orderedMs);
    cancelTimer = clock.after(waitMs, knock);
    wait(waitMs, cause);
  }

  function reconnectNow(): void {
    if (link.kind === 'idle' || link.kind === 'paused') return;
    release();
    knock();
  }

  return {
    get link() {
      return link;
    },
    get epoch() {
      return counts.epoch;
    },
    get reconnects() {
      return counts.reconnects;
    },
    get roundTripMs() {
      return heartbeat.roundTripMs;
    },
    get heardAt() {
      return heardAt;
    },
    start() {
      if (link.kind === 'idle') knock();
    },
    stop() {
      if (link.kind === 'idle') return;
      release();
      attempt = 0;
      hasStood = false;
      lastCause = undefined;
      enter({ kind: 'idle' });
    },
    send(text) {
      if (link.kind === 'open') socket?.send(text);
    },
    pong: () => heartbeat.answered('text'),
    drop(cause, waitMs) {
      if (link.kind === 'open' || link.kind === 'connecting') fail(cause, undefined, waitMs);
    },
    reconnectNow,
    hurry() {
      if (link.kind === 'waiting' || link.kind === 'failed') reconnectNow();
    },
  };
}
