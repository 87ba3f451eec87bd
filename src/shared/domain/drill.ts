import type { Undo } from '../base/emitter.ts';
import type { VenueId } from './instrument.ts';

export const DRILL_SCENARIOS = [
  'kill',
  'mute-but-pinging',
  'half-open',
  'delay',
  'reorder',
  'gap',
  'garbage',
  'rate-limit-storm',
  'ban',
  'clock-skew',
  'maintenance',
  'day-end',
  'flapping',
] as const;
export type DrillScenario = (typeof DRILL_SCENARIOS)[number];

/** What one scenario showed. Times in ms; NaN where the scenario has no such figure. */
export interface DrillScore {
  readonly scenario: DrillScenario;
  readonly venue: string;
  readonly passed: boolean;
  /** From the fault to the first state that is not live. */
  readonly noticedAfterMs: number;
  /** How long something was called live beyond its declared bound while it was not. */
  readonly falseGreenMs: number;
  /** From the end of the fault to live again, with everything repaired. */
  readonly recoveredAfterMs: number;
  readonly unrepairedGaps: number;
  readonly tradesLost: number;
  readonly doubledSubscriptions: number;
  /** Which bound was broken, in words with figures; empty when it passed. */
  readonly faults: readonly string[];
}

export interface DrillView {
  readonly state: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  /** The scenario at work, `kill binance`, and how far the whole is, 0…1. */
  readonly at?: string;
  readonly progress: number;
  readonly scores: readonly DrillScore[];
  readonly startedAt?: number;
  readonly message?: string;
}

/** Brought by the shell: a drill needs a simulator and an engine of its own, and an engine knows neither. */
export interface DrillPort {
  readonly view: DrillView;
  onChange(listener: () => void): Undo;
  /** Throws `drill.running`. */
  start(scenarios: readonly DrillScenario[], venues: readonly VenueId[]): void;
  cancel(): void;
}
