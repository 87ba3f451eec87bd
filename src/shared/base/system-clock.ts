import type { Clock } from './clock.ts';

// Timers and `performance` exist wherever Heartline runs, but shared code knows neither the DOM's nor Node's types.
declare const performance: { now(): number };
declare function setTimeout(task: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare function setInterval(task: () => void, periodMs: number): unknown;
declare function clearInterval(timer: unknown): void;

/** The real clock, for shells, command lines and windows. Everything else is handed a `Clock`. */
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
