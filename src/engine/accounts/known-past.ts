import type { Clock } from '#shared/base/clock.ts';

/** An instant by both clocks: wall time may be set, monotonic time stands still while the machine sleeps. */
export interface Instant {
  readonly wall: number;
  readonly monotonic: number;
}

/** Up to when everything that happened is known. */
export interface KnownPast {
  now(): Instant;
  /** How long ago it is, by whichever clock says longer. */
  readonly agoMs: number;
  /** What has to be asked for, wall ms: holds what is missing also when the clock was set meanwhile. */
  missing(): { readonly from: number; readonly to: number };
  until(known: Instant): void;
}

/** Asked for from a little before. */
const OVERLAP_MS = 60_000;

/** At first, nothing is known of the last `firstMs`. */
export function createKnownPast(clock: Clock, firstMs: number): KnownPast {
  const now = (): Instant => ({ wall: clock.now(), monotonic: clock.monotonic() });
  const begun = now();
  let known: Instant = { wall: begun.wall - firstMs, monotonic: begun.monotonic - firstMs };

  return {
    now,
    get agoMs() {
      return Math.max(clock.now() - known.wall, clock.monotonic() - known.monotonic);
    },
    missing() {
      const ranMs = clock.monotonic() - known.monotonic;
      return {
        from: Math.min(known.wall, clock.now() - ranMs) - OVERLAP_MS,
        to: Math.max(clock.now(), known.wall + ranMs),
      };
    },
    until(next) {
      if (next.monotonic >= known.monotonic) known = next;
    },
  };
}
