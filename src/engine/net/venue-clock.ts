import type { Clock } from '#shared/base/clock.ts';
import type { Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import { CLOCK_WARN_MS, type ClockOffset, createClockOffset } from './clock-offset.ts';
import type { RestClient } from './rest-client.ts';

export interface VenueClock extends ClockOffset {
  /** Something suggests that the offset is wrong: measured anew, in a row of doubts ever more rarely, down to twice a minute. */
  doubt(): void;
}

/** A doubt raised by a busy start must not keep the next one, which may be right, waiting for long. */
const AGAIN_MS = 5000;
const LONGEST_AGAIN_MS = 30_000;
/** After so long without one the row is over. */
const ROW_MS = 120_000;

/** A venue's clock, asked over REST; the log tells when it and ours come apart, and when they are together again. */
export function createVenueClock(options: {
  readonly clock: Clock;
  readonly venue: Venue;
  readonly rest: RestClient;
  readonly log: EventLog;
}): VenueClock {
  const { clock, venue, rest, log } = options;
  let doubtedAt = Number.NEGATIVE_INFINITY;
  let againMs = AGAIN_MS;

  function tell(offsetMs: number, previousMs: number | undefined): void {
    const isApart = Math.abs(offsetMs) > CLOCK_WARN_MS;
    if (!isApart && !(previousMs !== undefined && Math.abs(previousMs) > CLOCK_WARN_MS)) return;
    const rounded = Math.round(offsetMs);
    log.add(
      isApart ? 'warn' : 'info',
      isApart ? 'clock.apart' : 'clock.together',
      `the clocks of ${venue.name} and of this machine are ${rounded} ms apart`,
      { venue: venue.name, offsetMs: rounded },
    );
  }

  const offset = createClockOffset({
    clock,
    // Five small questions in ten minutes, on which every age and every candle's end depends: before the reads.
    serverTime: (left) => rest.call(venue.rest.serverTime(), 'urgent', left),
    resolutionMs: venue.rest.clockStepMs ?? 1,
    onMeasured: tell,
  });

  return {
    get offsetMs() {
      return offset.offsetMs;
    },
    get errorMs() {
      return offset.errorMs;
    },
    start: () => offset.start(),
    measureNow: () => offset.measureNow(),
    doubt() {
      const sinceMs = clock.monotonic() - doubtedAt;
      if (sinceMs < againMs) return;
      againMs = sinceMs > ROW_MS ? AGAIN_MS : Math.min(againMs * 2, LONGEST_AGAIN_MS);
      doubtedAt = clock.monotonic();
      void offset.measureNow();
    },
    dispose: () => offset.dispose(),
  };
}
