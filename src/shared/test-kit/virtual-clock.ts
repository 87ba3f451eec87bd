import type { Clock } from '../base/clock.ts';

interface Timer {
  dueAt: number;
  readonly task: () => void;
  readonly periodMs: number | undefined;
}

export interface VirtualClock extends Clock {
  /** Lets time pass, running what falls due in order. Promises settle only between calls. */
  advance(byMs: number): void;
  readonly pendingTimers: number;
}

/** Time that stands still until told. `random` always says ½, so jitter of ±50 % is none. */
export function createVirtualClock(startedAt = 1_700_000_000_000): VirtualClock {
  const timers = new Set<Timer>();
  let elapsed = 0;

  const add = (delayMs: number, task: () => void, periodMs?: number) => {
    const timer: Timer = { dueAt: elapsed + delayMs, task, periodMs };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };

  return {
    now: () => startedAt + elapsed,
    monotonic: () => elapsed,
    random: () => 0.5,
    after: (delayMs, task) => add(delayMs, task),
    every: (periodMs, task) => add(periodMs, task, periodMs),
    get pendingTimers() {
      return timers.size;
    },
    advance(byMs) {
      const until = elapsed + byMs;
      for (;;) {
        const next = [...timers].reduce<Timer | undefined>(
          (first, timer) => (first === undefined || timer.dueAt < first.dueAt ? timer : first),
          undefined,
        );
        if (next === undefined || next.dueAt > until) break;
        elapsed = next.dueAt;
        if (next.periodMs === undefined) timers.delete(next);
        else next.dueAt += next.periodMs;
        next.task();
      }
      elapsed = until;
    },
  };
}
