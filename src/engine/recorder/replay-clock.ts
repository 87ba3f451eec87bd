import type { Clock } from '#shared/base/clock.ts';

/** Time as it was when something was recorded, at a speed of one's choice. */
export interface ReplayClock extends Clock {
  /** It does not pass this moment (wall ms of the recording) before it is told otherwise; `Infinity` lets it run. */
  holdAt(time: number): void;
}

/**
 * Starts at `from`, held there. What was recorded at a moment has to be heard before the moment has passed, however slow
 * the machine is: whoever plays holds the clock at the next thing that is due. It never goes back.
 */
export function createReplayClock(base: Clock, from: number, speed: number): ReplayClock {
  let limit = from;
  let reached = from;
  let reachedAt = base.monotonic();

  function now(): number {
    const at = base.monotonic();
    reached = Math.max(reached, Math.min(reached + (at - reachedAt) * speed, limit));
    reachedAt = at;
    return reached;
  }

  return {
    now,
    monotonic: () => now() - from,
    after: (delayMs, task) => base.after(delayMs / speed, task),
    every: (periodMs, task) => base.every(periodMs / speed, task),
    random: base.random,
    holdAt(time) {
      now();
      limit = Math.max(time, reached);
    },
  };
}
