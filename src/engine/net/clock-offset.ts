import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

export interface ClockOffset {
  /** Venue wall clock minus ours, ms; `undefined` until measured. */
  readonly offsetMs: number | undefined;
  /** Half the width of what it may be, ms: half a round trip, or what is left of a coarse clock's step. */
  readonly errorMs: number | undefined;
  start(): void;
  /** Again, now: our clock was set, the machine slept, or the venue calls our time wrong. Resolves when it is done, or could not be. */
  measureNow(): Promise<void>;
  dispose(): void;
}

export interface ClockOffsetOptions {
  readonly clock: Clock;
  /** Calls `left` when the question leaves: until then it may have waited for its turn, which is no part of the way. */
  readonly serverTime: (left: () => void) => Promise<number>;
  /** The venue's time is told in steps of so many ms: 1 where it tells milliseconds, 1000 for an HTTP `Date`. */
  readonly resolutionMs?: number;
  /** Called after each measurement. */
  readonly onMeasured?: (offsetMs: number, previousMs: number | undefined) => void;
}

/** Above this the person is told: signed requests are refused by some venues from a second on. */
export const CLOCK_WARN_MS = 500;
const SAMPLES = 5;
const REPEAT_MS = 10 * 60_000;
const RETRY_MS = 10_000;
/** What is known no better than this (answers came late) is asked again soon. */
const POOR_MS = 250;
const POOR_REPEAT_MS = 30_000;
/** How far two clocks may part while nobody looks: ten times what ordinary ones do. */
const DRIFT = 0.0005;

interface Sample {
  /** The offset lies between these. */
  readonly low: number;
  readonly high: number;
  /** Our wall clock minus our monotonic one: what is measured across a change of it has nothing in common. */
  readonly base: number;
}

interface Measured {
  readonly offsetMs: number;
  readonly errorMs: number;
  /** See {@link Sample}. */
  readonly base: number;
  /** Monotonic ms. */
  readonly at: number;
}

/** More than a clock that is merely kept in step moves within one measurement. */
const SET_MS = 50;

/**
 * Measures a venue's clock from several round trips. A clock that tells milliseconds: the median of the middles, so one slow
 * answer moves nothing; error ≤ half a round trip. A clock that tells seconds: each answer bounds the offset from both
 * sides, and answers at different parts of the second close in on it.
 */
export function createClockOffset(options: ClockOffsetOptions): ClockOffset {
  const { clock, resolutionMs = 1 } = options;
  const isCoarse = resolutionMs > 1;
  let measured: Measured | undefined;
  let isDisposed = false;
  let isMeasuring = false;
  let cancel: Undo = () => undefined;

  async function sample(): Promise<Sample> {
    let sentAt = clock.now();
    let startedAt = clock.monotonic();
    const venueTime = await options.serverTime(() => {
      sentAt = clock.now();
      startedAt = clock.monotonic();
    });
    const receivedAt = sentAt + (clock.monotonic() - startedAt);
    const high = venueTime + (isCoarse ? resolutionMs : 0) - sentAt;
    return { low: venueTime - receivedAt, high, base: sentAt - startedAt };
  }

  async function measure(): Promise<void> {
    if (isMeasuring || isDisposed) return;
    isMeasuring = true;
    cancel();
    const samples: Sample[] = [];
    try {
      for (let index = 0; index < SAMPLES && !isDisposed; index += 1) {
        if (isCoarse && index > 0) await pause(resolutionMs * (0.4 + 0.4 * clock.random()));
        samples.push(await sample());
      }
    } catch {
      // Not measured is a state of its own (`undefined`, or the last value); the REST client's caller reports faults.
      isMeasuring = false;
      schedule(RETRY_MS);
      return;
    }
    isMeasuring = false;
    if (isDisposed) return;
    const previousMs = measured?.offsetMs;
    const base = samples.at(-1)?.base ?? 0;
    const steady = samples.filter((one) => Math.abs(one.base - base) < SET_MS);
    const told = isCoarse ? closedIn(steady) : median(steady);
    // Whole milliseconds: venue times made with it are asked for over REST, where a fraction is refused.
    const found = { offsetMs: Math.round(told.offsetMs), errorMs: told.errorMs, base, at: clock.monotonic() };
    measured = measured && isPoorer(found, measured) ? measured : found;
    options.onMeasured?.(measured.offsetMs, previousMs);
    schedule(found.errorMs > POOR_MS ? POOR_REPEAT_MS : REPEAT_MS);
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      cancel = clock.after(delayMs, resolve);
    });
  }

  function schedule(delayMs: number): void {
    if (!isDisposed) cancel = clock.after(delayMs, () => void measure());
  }

  return {
    get offsetMs() {
      return measured?.offsetMs;
    },
    get errorMs() {
      return measured?.errorMs;
    },
    start: () => void measure(),
    measureNow: () => measure(),
    dispose() {
      isDisposed = true;
      cancel();
    },
  };
}

/** A look through late answers that does not contradict a sharper one tells nothing new. */
function isPoorer(found: Measured, held: Measured): boolean {
  const heldErrorMs = held.errorMs + (found.at - held.at) * DRIFT;
  return (
    Math.abs(found.base - held.base) < SET_MS &&
    found.errorMs > heldErrorMs &&
    Math.abs(found.offsetMs - held.offsetMs) <= found.errorMs + heldErrorMs
  );
}

function median(samples: readonly Sample[]) {
  const sorted = samples
    .map(({ low, high }) => ({ offsetMs: (low + high) / 2, errorMs: (high - low) / 2 }))
    .toSorted((a, b) => a.offsetMs - b.offsetMs);
  return sorted[sorted.length >> 1] ?? { offsetMs: 0, errorMs: Number.POSITIVE_INFINITY };
}

function closedIn(samples: readonly Sample[]) {
  const low = Math.max(...samples.map((sample) => sample.low));
  const high = Math.min(...samples.map((sample) => sample.high));
  // Nothing in common: some answer was older than it should be, from a store on the way or a server that lags. A `Date`
  // can be old but never early, so the one that puts the venue's clock furthest ahead is the nearest to the truth.
  if (low > high) return median(samples.filter((sample) => sample.low === low).slice(0, 1));
  return { offsetMs: (low + high) / 2, errorMs: (high - low) / 2 };
}
