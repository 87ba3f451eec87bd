import type { Clock } from '#shared/base/clock.ts';

/** The law of asking less after trouble, for requests and for frames alike. */
export interface SlowDown {
  /** 1: all that is allowed; 0.7 after trouble, 0.49 after more. */
  readonly factor: number;
  /** Until the factor is whole again, ms; 0 where it is. */
  readonly leftMs: number;
  /** Monotonic ms of the latest failure that was counted; `-Infinity` before the first. */
  readonly failedAt: number;
  /** The third failure within a minute, and each after it, slows to 0.7; or as the rule says. */
  failed(): void;
}

export interface SlowDownRule {
  /** So many failures within a minute slow down. */
  readonly errors: number;
  /** What the pace is multiplied by. */
  readonly reduction: number;
  /** Without another failure that slows, until it is whole again. */
  readonly recoveryMs: number;
}

const SLOW_DOWN: SlowDownRule = { errors: 3, reduction: 0.7, recoveryMs: 60_000 };
const ERROR_WINDOW_MS = 60_000;
const LEAST_FACTOR = 0.1;

/** Whole again a minute, or as long as the rule says, after the last failure that slowed it. */
export function createSlowDown(
  clock: Pick<Clock, 'monotonic'>,
  rule: () => SlowDownRule = () => SLOW_DOWN,
): SlowDown {
  let errorsAt: number[] = [];
  let factor = 1;
  let reducedAt = Number.NEGATIVE_INFINITY;

  function factorNow(): number {
    if (factor < 1 && clock.monotonic() - reducedAt >= rule().recoveryMs) factor = 1;
    return factor;
  }

  return {
    get factor() {
      return factorNow();
    },
    get leftMs() {
      return factorNow() < 1 ? reducedAt + rule().recoveryMs - clock.monotonic() : 0;
    },
    get failedAt() {
      return errorsAt.at(-1) ?? Number.NEGATIVE_INFINITY;
    },
    failed() {
      const now = clock.monotonic();
      errorsAt = [...errorsAt.filter((at) => at > now - ERROR_WINDOW_MS), now];
      const { errors, reduction } = rule();
      if (errorsAt.length < errors) return;
      factor = Math.max(LEAST_FACTOR, factorNow() * reduction);
      reducedAt = now;
    },
  };
}
