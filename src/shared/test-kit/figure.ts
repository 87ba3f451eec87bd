import { appendFileSync } from 'node:fs';

/** One measured number of a test, as `npm run safety-case` reads it back. */
export interface Figure {
  /** `G1`, as in docs/safety-case.md. */
  readonly goal: string;
  /** What was measured, in words that read after a colon: `half-open peer given up after, worst of 20`. */
  readonly what: string;
  readonly value: number;
  /** `ms`, `MiB`, `runs`, … */
  readonly unit: string;
}

/**
 * Notes a number for the safety case: a line of JSON in the file that HEARTLINE_FIGURES names, nothing where it names
 * none. Noting is not asserting: the bound belongs into the test.
 */
export function figure(goal: string, what: string, value: number, unit: string): void {
  const file = process.env['HEARTLINE_FIGURES'];
  if (!file) return;
  const noted: Figure = { goal, what, value: Math.round(value * 1000) / 1000, unit };
  // One short line in one write: lines of files that run side by side do not mix.
  appendFileSync(file, `${JSON.stringify(noted)}\n`);
}
