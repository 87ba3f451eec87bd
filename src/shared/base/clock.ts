import type { Undo } from './emitter.ts';

/** Time, delay and chance for everything behind the window. Tests pass a virtual one. */
export interface Clock {
  /** Wall time, ms since the epoch. May jump when the system clock is set. */
  now(): number;
  /** Monotonic time, ms, never goes back. Use it for every duration. */
  monotonic(): number;
  /** Runs `task` once after `delayMs`; the undo cancels it. */
  after(delayMs: number, task: () => void): Undo;
  /** Runs `task` every `periodMs`; the undo stops it. */
  every(periodMs: number, task: () => void): Undo;
  /** Uniform in [0, 1). */
  random(): number;
}
