import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';

const MOST_WRONG = 5;
const WINDOW_MS = 60_000;
const WAIT_MS = 60_000;

/** Compares what was typed with what has to be typed, letter by letter; blanks around it do not count. */
export interface PhraseCheck {
  /**
   * Throws `arm.phrase` {phrase}; after five wrong ones within a minute `arm.wait` {seconds} for a minute, whatever is
   * typed then: a program that types as fast as it can gets nowhere.
   */
  check(typed: string, phrase: string): void;
}

export function createPhraseCheck(clock: Clock): PhraseCheck {
  let wrongAt: readonly number[] = [];
  let waitUntil = Number.NEGATIVE_INFINITY;
  return {
    check(typed, phrase) {
      const now = clock.monotonic();
      const seconds = Math.ceil((waitUntil - now) / 1000);
      if (seconds > 0) {
        throw new HeartlineError('arm.wait', `too many wrong phrases: wait ${seconds} s`, {
          details: { seconds },
        });
      }
      if (typed.trim() === phrase) return;
      wrongAt = [...wrongAt.filter((at) => now - at < WINDOW_MS), now];
      if (wrongAt.length >= MOST_WRONG) {
        wrongAt = [];
        waitUntil = now + WAIT_MS;
      }
      throw new HeartlineError('arm.phrase', `what was typed is not "${phrase}"`, { details: { phrase } });
    },
  };
}
