import type { Evidence } from '#shared/domain/own-order.ts';

/**
 * Which evidence about one order is written down: the first as it comes, then of each kind one once in a while, and ever more
 * seldom. An order may be in the dark for days, and the journal keeps every line for ever.
 */
export interface EvidencePace {
  /** `now`: monotonic ms. True: it is, and counts as written. */
  isDue(kind: Evidence['kind'], now: number): boolean;
}

const ALL = 20;
const SAME_MS = 60_000;
const SELDOM_MS = 3_600_000;

/** `count`: pieces there are already. */
export function createEvidencePace(count: number): EvidencePace {
  const last = new Map<Evidence['kind'], { readonly at: number; readonly gapMs: number }>();
  let written = count;
  return {
    isDue(kind, now) {
      const before = last.get(kind);
      if (written >= ALL && before !== undefined && now - before.at < before.gapMs) return false;
      const isRare = written >= ALL && before !== undefined;
      last.set(kind, { at: now, gapMs: isRare ? Math.min(before.gapMs * 2, SELDOM_MS) : SAME_MS });
      written += 1;
      return true;
    },
  };
}
