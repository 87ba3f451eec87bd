import type { DrillScenario } from '../src/shared/domain/drill.ts';

interface Told {
  /** `{value}` is the number, `{count}` how many were taken together. */
  readonly say: string;
  /** Beyond these the goal fails. */
  readonly max?: number;
  readonly min?: number;
}

export interface FigureRule extends Told {
  /** Regular expression over the figure's words. */
  readonly match: string;
  readonly of: 'max' | 'min' | 'sum';
}

/** A number where only a bench can tell one. */
export interface BenchNumber extends Told {
  /** File in bench/. */
  readonly bench: string;
  /** Where it stands in the JSON the bench prints: `morePercent.flood`. */
  readonly field: string;
}

/** One law about feeds: what must never happen, and what shows that it does not. */
export interface SafetyGoal {
  readonly id: string;
  readonly never: string;
  /** Written by hand: a number alone does not know what it leaves out. */
  readonly state: 'wholly' | 'partly' | 'not yet';
  readonly tests: readonly string[];
  readonly drills?: readonly DrillScenario[];
  /** Figures the tests note, told together and held to a bound; one that no rule matches is told as it is. */
  readonly figures?: readonly FigureRule[];
  readonly benches?: readonly BenchNumber[];
  /** What the tests prove where they count nothing. */
  readonly extent?: string;
  readonly missing?: string;
}
