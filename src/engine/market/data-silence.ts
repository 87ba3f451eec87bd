import type { Clock } from '#shared/base/clock.ts';
import type { Venue, VenueLimits } from '#venues/venue.ts';
import { type DataSilence, silenceBounds } from './judge-connection.ts';
import { createStreamPulse } from './stream-pulse.ts';

/** How long a connection has brought no data at all, and what that means. Times are monotonic ms. */
export interface SilenceWatch {
  /** A frame with data came. */
  heard(now: number, receivedAt: number): void;
  /** A fresh socket. */
  opened(): void;
  /** The first stream is wanted: nothing was due before. */
  began(): void;
  second(): void;
  at(now: number): DataSilence;
  /** Whether data that comes now comes back after a silence in which something may have been lost. */
  isReturn(now: number): boolean;
  /** Wall time of the last data, if any ever came. */
  readonly lastDataAt: number | undefined;
}

/** Below every bound there is. */
const NEVER_LATE_MS = 4000;

/** Judged by the bounds of the venue and, once everything together has shown a rhythm, by that as well. */
export function createDataSilence(
  clock: Clock,
  venue: Pick<Venue, 'canaryOf'> & { readonly limits: Pick<VenueLimits, 'staleAfterMs'> },
  /** The longest silence that is believed; absent: the venue's own. */
  staleAfterMs: () => number = () => venue.limits.staleAfterMs,
): SilenceWatch {
  const whole = createStreamPulse(undefined, staleAfterMs);
  let heardAt = clock.monotonic();
  let lastDataAt: number | undefined;

  function at(now: number): DataSilence {
    const silentMs = now - heardAt;
    const bounds = silenceBounds(venue, staleAfterMs());
    const byRhythm = whole.stateAt(now);
    if (silentMs > bounds.staleAfterMs || byRhythm === 'stale') return { silentMs, state: 'stale' };
    return { silentMs, state: silentMs > bounds.lateAfterMs || byRhythm === 'late' ? 'late' : 'live' };
  }

  return {
    heard(now, receivedAt) {
      heardAt = now;
      lastDataAt = receivedAt;
      whole.note(now, receivedAt);
    },
    opened() {
      heardAt = clock.monotonic();
      whole.reset();
    },
    began() {
      heardAt = clock.monotonic();
    },
    second: () => whole.second(),
    at,
    isReturn(now) {
      if (now - heardAt < NEVER_LATE_MS) return false; // asked for every frame
      return at(now).state !== 'live';
    },
    get lastDataAt() {
      return lastDataAt;
    },
  };
}
