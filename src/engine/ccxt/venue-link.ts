import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { BACKOFF, type BackoffRule, delayMs } from '../net/backoff.ts';
import type { LinkState } from '../net/connection.ts';

/**
 * Whether one exchange may be talked to: all its streams wait and go on together. ccxt opens its sockets itself; this
 * decides when, by the same law as every other connection's.
 */
export interface VenueLink {
  readonly state: LinkState;
  /** Monotonic ms the state was entered. */
  readonly since: number;
  /** Resolves once it may be talked to; false when it never will again. */
  pass(): Promise<boolean>;
  start(): void;
  /** Nothing is wanted, or nothing is to be asked. */
  stop(): void;
  /** It spoke, or one of its sockets stands. */
  opened(): void;
  delivered(): void;
  fail(cause: Cause, retryAfterMs?: number): void;
  /** Now, whatever it was waiting for; only a ban is kept. */
  reconnectNow(): void;
  /** Likewise, but lets alone what is up or on its way. */
  hurry(): void;
  dispose(): void;
}

const BAN_MS = 2 * 60_000;
const LIMIT_MS = 5000;
const BORDER_MS = 10 * 60_000;

export function createVenueLink(options: {
  readonly clock: Clock;
  readonly backoff?: (() => BackoffRule) | undefined;
  /** Also told before anything is tried again: whatever is open has to be dropped by then. */
  readonly onState: (state: LinkState, before: LinkState) => void;
}): VenueLink {
  const { clock, backoff = () => BACKOFF } = options;
  let state: LinkState = { kind: 'idle' };
  let since = clock.monotonic();
  let attempt = 0;
  let openedAt = 0;
  let hasDelivered = false;
  let firstAidAt = Number.NEGATIVE_INFINITY;
  let isDisposed = false;
  let cancelTimer: Undo = () => undefined;
  let waiting: ((isOpen: boolean) => void)[] = [];

  const mayPass = () => state.kind === 'connecting' || state.kind === 'open';

  function enter(next: LinkState): void {
    const before = state;
    state = next;
    since = clock.monotonic();
    options.onState(next, before);
    // Whoever heard of it may have thought better of it.
    if (state === next && mayPass()) release(true);
  }

  function release(isOpen: boolean): void {
    const waited = waiting;
    waiting = [];
    for (const resume of waited) resume(isOpen);
  }

  function connect(): void {
    cancelTimer();
    hasDelivered = false;
    enter({ kind: 'connecting', attempt });
  }

  function fail(cause: Cause, retryAfterMs?: number): void {
    // Of many streams that fail together the first one tells.
    if (!mayPass() || isDisposed) return;
    cancelTimer();
    const now = clock.monotonic();
    const rule = backoff();
    const wasDelivering = state.kind === 'open' && hasDelivered;
    if (state.kind === 'open' && now - openedAt >= rule.resetAfterMs) attempt = 0;
    if (cause.code === 'geo' || cause.code === 'auth') {
      // A firewall in a mood answers as a border does, and nobody may be there to ask again.
      if (cause.code === 'geo') cancelTimer = clock.after(BORDER_MS, connect);
      enter({ kind: 'failed', cause });
      return;
    }
    if (cause.code === 'ban') {
      const banMs = retryAfterMs ?? BAN_MS;
      attempt += 1;
      cancelTimer = clock.after(banMs, connect);
      enter({ kind: 'paused', cause, until: clock.now() + banMs });
      return;
    }
    const orderedMs = cause.code === 'rate-limit' ? (retryAfterMs ?? LIMIT_MS) : retryAfterMs;
    const mayFirstAid =
      wasDelivering && attempt === 0 && orderedMs === undefined && now - firstAidAt >= rule.resetAfterMs;
    if (mayFirstAid) firstAidAt = now;
    else attempt += 1;
    const waitMs = delayMs(rule, mayFirstAid ? 0 : attempt, clock.random(), orderedMs);
    cancelTimer = clock.after(waitMs, connect);
    enter({
      kind: 'waiting',
      attempt: Math.max(attempt, 1),
      retryAt: clock.now() + waitMs,
      cause,
      exhausted: attempt > rule.quickAttempts,
    });
  }

  return {
    get state() {
      return state;
    },
    get since() {
      return since;
    },
    pass() {
      if (isDisposed) return Promise.resolve(false);
      if (mayPass()) return Promise.resolve(true);
      return new Promise((resolve) => waiting.push(resolve));
    },
    start() {
      if (state.kind === 'idle') connect();
    },
    stop() {
      if (state.kind === 'idle') return;
      cancelTimer();
      attempt = 0;
      enter({ kind: 'idle' });
    },
    opened() {
      if (state.kind !== 'connecting') return;
      openedAt = clock.monotonic();
      enter({ kind: 'open' });
    },
    delivered() {
      hasDelivered = true;
    },
    fail,
    reconnectNow() {
      if (state.kind !== 'idle' && state.kind !== 'paused') connect();
    },
    hurry() {
      if (state.kind === 'waiting' || state.kind === 'failed') connect();
    },
    dispose() {
      isDisposed = true;
      cancelTimer();
      release(false);
    },
  };
}
