import type { Clock } from '#shared/base/clock.ts';

/** Time as it was when something was recorded, at a speed of one's choice. */
export interface ReplayClock extends Clock {
  /** It does not pass this moment (wall ms of the recording) before it is told otherwise; `Infinity` lets it run. */
  holdAt(time: number): void;
  /** Time runs from here on: what passed before does not count. */
  start(): void;
}

/** Behind by more than so much of the machine's own time, a replay is not hurried to make up for it. */
const MOST_BEHIND_MS = 1000;

/**
 * Starts at `from`, held there. What was recorded at a moment has to be heard before the moment has passed, however slow
 * the machine is: whoever plays holds the clock at the next thing that is due. It never goes back.
 */
export function createReplayClock(base: Clock, from: number, speed: number): ReplayClock {
  let limit = from;
  let reached = from;
  /** The machine's time at which `from` would have been, had nothing ever waited. */
  let origin = base.monotonic();

  function exact(): number {
    const at = base.monotonic();
    const due = from + (at - origin) * speed;
    if (due - limit > MOST_BEHIND_MS * speed) origin = at - (limit - from) / speed - MOST_BEHIND_MS;
    reached = Math.max(reached, Math.min(due, limit));
    return reached;
  }

  return {
    // Whole milliseconds, as every other clock tells them.
    now: () => Math.floor(exact()),
    monotonic: () => exact() - from,
    after: (delayMs, task) => base.after(delayMs / speed, task),
    every: (periodMs, task) => base.every(periodMs / speed, task),
    random: base.random,
    holdAt(time) {
      exact();
      limit = Math.max(time, reached);
    },
    start() {
      origin = base.monotonic();
    },
  };
}
