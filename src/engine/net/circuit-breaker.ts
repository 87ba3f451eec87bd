import type { Clock } from '#shared/base/clock.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

/** Keeps calls away from what fails again and again, and lets one probe find out when that is over. */
export interface CircuitBreaker {
  readonly state: CircuitState;
  /** Until the next probe may leave, ms; 0 where calls may leave now. */
  readonly probeInMs: number;
  /** Asks for leave to make one call. Each true must be answered by `succeeded` or `failed`. */
  tryPass(): boolean;
  succeeded(): void;
  failed(): void;
  /** Something else says that it may be over: the next call may be the probe. */
  hurry(): void;
}

export interface CircuitOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** So many failures … */
  readonly failures?: number;
  /** … within this time open the circuit … */
  readonly withinMs?: number;
  /** … for this long, and twice as long after each probe that fails … */
  readonly firstOpenMs?: number;
  /** … up to this. */
  readonly longestOpenMs?: number;
  readonly onState?: (state: CircuitState) => void;
}

/** Reliability law G16: five failures in a minute, three seconds of quiet, then one probe decides. No timers of its own. */
export function createCircuitBreaker(options: CircuitOptions): CircuitBreaker {
  const { clock, failures = 5, withinMs = 60_000 } = options;
  const { firstOpenMs = 3000, longestOpenMs = 60_000 } = options;
  let openMs = firstOpenMs;
  let failedAt: number[] = [];
  /** Monotonic; `undefined` while closed. */
  let openedAt: number | undefined;
  let isProbing = false;

  function stateNow(): CircuitState {
    if (openedAt === undefined) return 'closed';
    return clock.monotonic() - openedAt < openMs ? 'open' : 'half-open';
  }

  function open(forMs: number): void {
    openMs = Math.min(forMs, longestOpenMs);
    openedAt = clock.monotonic();
    isProbing = false;
    failedAt = [];
    options.onState?.('open');
  }

  return {
    get state() {
      return stateNow();
    },
    get probeInMs() {
      return openedAt === undefined ? 0 : Math.max(0, openedAt + openMs - clock.monotonic());
    },
    tryPass() {
      switch (stateNow()) {
        case 'closed':
          return true;
        case 'open':
          return false;
        case 'half-open':
          if (isProbing) return false;
          isProbing = true;
          options.onState?.('half-open');
          return true;
      }
    },
    succeeded() {
      // A call that left before the circuit opened proves nothing about now: only the probe's answer closes it.
      if (openedAt !== undefined && !isProbing) return;
      const wasOpen = openedAt !== undefined;
      openedAt = undefined;
      isProbing = false;
      if (wasOpen) {
        failedAt = [];
        options.onState?.('closed');
      }
    },
    hurry() {
      if (openedAt !== undefined) openedAt = clock.monotonic() - openMs;
    },
    failed() {
      if (openedAt !== undefined) {
        if (isProbing) open(openMs * 2);
        return;
      }
      const now = clock.monotonic();
      failedAt = [...failedAt.filter((at) => at > now - withinMs), now];
      if (failedAt.length >= failures) open(firstOpenMs);
    },
  };
}
