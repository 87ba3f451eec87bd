import type { Sweep } from '#shared/contract/order-views.ts';

const CLEAN_SHOWN_MS = 10_000;
const TROUBLE_SHOWN_MS = 600_000;

/**
 * Those at work; a clean end for ten seconds; one that left something behind until it was put away, or for ten minutes.
 * `now`: engine wall time, ms.
 */
export function shownSweeps(
  sweeps: readonly Sweep[],
  dismissed: ReadonlySet<string>,
  now: number,
): readonly Sweep[] {
  return sweeps.filter(({ id, endedAt, outcome }) => {
    if (endedAt === undefined) return true;
    const shownMs = outcome === 'clean' ? CLEAN_SHOWN_MS : TROUBLE_SHOWN_MS;
    return !dismissed.has(id) && now - endedAt < shownMs;
  });
}
