import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';

/** So many wrong ones are a tired person's; then every further one doubles the wait. */
const FREE = 3;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 300_000;

/** Slows down whoever tries passphrases at our own door. What stops one who has the file is the cost of scrypt. */
export interface GuessLimit {
  /** Throws `keys.too-many-guesses` {seconds} while a wait is on. */
  check(): void;
  wrong(): void;
  right(): void;
}

export function createGuessLimit(clock: Clock): GuessLimit {
  let wrong = 0;
  let waitUntil = Number.NEGATIVE_INFINITY;
  return {
    check() {
      const seconds = Math.ceil((waitUntil - clock.monotonic()) / 1000);
      if (seconds <= 0) return;
      throw new HeartlineError('keys.too-many-guesses', `wait ${seconds} s before the next passphrase`, {
        details: { seconds },
      });
    },
    wrong() {
      wrong += 1;
      if (wrong < FREE) return;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(wrong - FREE, 20), LONGEST_WAIT_MS);
      waitUntil = clock.monotonic() + waitMs;
    },
    right() {
      wrong = 0;
    },
  };
}
