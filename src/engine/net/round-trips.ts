const KEPT = 9;

/** The last few round trips, ms, and their median: one slow answer does not move it. */
export function createRoundTrips(): { add(roundTripMs: number): void; median(): number | undefined } {
  const kept: number[] = [];
  return {
    add(roundTripMs) {
      kept.push(roundTripMs);
      if (kept.length > KEPT) kept.shift();
    },
    median() {
      if (kept.length === 0) return undefined;
      return kept.toSorted((a, b) => a - b)[kept.length >> 1];
    },
  };
}
