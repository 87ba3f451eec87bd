import type { Clock } from '#shared/base/clock.ts';

/** The machine's own time, delay and chance. Everything else in the simulator is handed a `Clock`. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, task) {
    const timer = setInterval(task, periodMs);
    return () => clearInterval(timer);
  },
  random: () => Math.random(),
};
