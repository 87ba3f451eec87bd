import type { Clock } from '#shared/base/clock.ts';

const MAX_WRONG = 10;
const WRONG_WINDOW_MS = 60_000;
const LOCK_MS = 60_000;

/** Counts wrong tokens, whichever door they were tried at: ten within a minute close every door for a minute. */
export interface GuessLock {
  /** How long it still holds, ms; 0: open. */
  lockedForMs(): number;
  wrong(): void;
}

export function createGuessLock(clock: Clock): GuessLock {
  let wrongAt: readonly number[] = [];
  let lockedUntil = Number.NEGATIVE_INFINITY;
  return {
    lockedForMs: () => Math.max(0, lockedUntil - clock.monotonic()),
    wrong() {
      const now = clock.monotonic();
      wrongAt = [...wrongAt.filter((at) => now - at < WRONG_WINDOW_MS), now];
      if (wrongAt.length < MAX_WRONG) return;
      wrongAt = [];
      lockedUntil = now + LOCK_MS;
    },
  };
}
