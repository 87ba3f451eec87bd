import type { Clock } from '#shared/base/clock.ts';

/** The engine was not there for a while, or the system clock was set. */
export interface TimeBreak {
  /** Wall time of the last moment before it, and of the first after it, ms epoch. */
  readonly before: number;
  readonly after: number;
  readonly kind: 'stood still' | 'clock set';
  /** How long nothing ran, or by how much the clock moved (negative: back). */
  readonly byMs: number;
}

/** `check` runs at least once a second: this long without it, nothing was watched. */
const STILL_MS = 10_000;
/** What a clock that is merely kept in step moves within a second is far below. */
const STEP_MS = 2000;

/** Finds sleep, freezes and clock steps by comparing wall and monotonic time between two looks. */
export function createTimeWatch(clock: Clock): { check(): TimeBreak | undefined } {
  let wall = clock.now();
  let monotonic = clock.monotonic();
  return {
    check() {
      const before = wall;
      const ranMs = clock.monotonic() - monotonic;
      wall = clock.now();
      monotonic = clock.monotonic();
      const movedMs = wall - before - ranMs;
      // Set forward, or asleep with a monotonic clock that sleeps too: from here they look the same.
      if (ranMs > STILL_MS || movedMs > STEP_MS) {
        return { before, after: wall, kind: 'stood still', byMs: Math.round(Math.max(ranMs, wall - before)) };
      }
      if (movedMs < -STEP_MS) return { before, after: wall, kind: 'clock set', byMs: Math.round(movedMs) };
      return undefined;
    },
  };
}
