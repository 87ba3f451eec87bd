import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

export interface ClockOffset {
  /** Venue wall clock minus ours, ms; `undefined` until measured. */
  readonly offsetMs: number | undefined;
  start(): void;
  dispose(): void;
}

const SAMPLES = 5;
const REPEAT_MS = 10 * 60_000;
const RETRY_MS = 10_000;

/** Measures a venue's clock: the median of several round trips, each halved. Error ≤ half a round trip. */
export function createClockOffset(options: {
  readonly clock: Clock;
  readonly serverTime: () => Promise<number>;
}): ClockOffset {
  const { clock } = options;
  let offsetMs: number | undefined;
  let isDisposed = false;
  let cancel: Undo = () => undefined;

  async function measure(): Promise<void> {
    const samples: number[] = [];
    try {
      for (let index = 0; index < SAMPLES && !isDisposed; index += 1) {
        const sentAt = clock.now();
        const startedAt = clock.monotonic();
        const venueTime = await options.serverTime();
        samples.push(venueTime - (sentAt + (clock.monotonic() - startedAt) / 2));
      }
    } catch {
      // Not measured is a state of its own (`undefined`, or the last value); the REST client's caller reports faults.
      schedule(RETRY_MS);
      return;
    }
    offsetMs = samples.toSorted((a, b) => a - b)[samples.length >> 1];
    schedule(REPEAT_MS);
  }

  function schedule(delayMs: number): void {
    if (!isDisposed) cancel = clock.after(delayMs, () => void measure());
  }

  return {
    get offsetMs() {
      return offsetMs;
    },
    start() {
      void measure();
    },
    dispose() {
      isDisposed = true;
      cancel();
    },
  };
}
