/** What a step proved. Every skip carries the reason a person reads. */
export interface Tally {
  readonly passed: number;
  /** One sentence per failed check or test. */
  readonly failures: readonly string[];
  /** One sentence per skipped test, with its reason. */
  readonly skips: readonly string[];
}

export const NOTHING: Tally = { passed: 0, failures: [], skips: [] };

export const passedOnce: Tally = { ...NOTHING, passed: 1 };

export function failedOnce(sentence: string): Tally {
  return { ...NOTHING, failures: [sentence] };
}

export function skippedOnce(sentence: string): Tally {
  return { ...NOTHING, skips: [sentence] };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
    skips: tallies.flatMap(({ skips }) => skips),
  };
}

/** The last line of `npm test`. */
export function tallyLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failures.length} failed, ${tally.skips.length} skipped`;
}

/** A run that proved nothing has not passed. */
export function tallyExitCode(tally: Tally): 0 | 1 {
  return tally.failures.length === 0 && tally.passed > 0 ? 0 : 1;
}
