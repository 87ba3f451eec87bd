import type { BookRule } from '../venue.ts';

/** Levels a side that one snapshot call asks for: the most there are. */
export const BOOK_LEVELS = 1_000;

/**
 * How depth updates chain (venue's "How to manage a local order book correctly", USD-M):
 * the first one must hold the snapshot's id (`U ≤ id ≤ u`) or follow it (`pu = id`); every later one must name
 * its predecessor in `pu`. This is not the spot rule, which looks for `id + 1`.
 */
export const book = {
  snapshot: 'rest',
  snapshotDepth: BOOK_LEVELS,
  bridge(snapshotUpdateId, delta) {
    if (delta.lastUpdateId < snapshotUpdateId) return 'stale';
    if (delta.firstUpdateId <= snapshotUpdateId || delta.previousUpdateId === snapshotUpdateId)
      return 'applied';
    return 'early';
  },
  follow(lastUpdateId, delta) {
    if (delta.lastUpdateId <= lastUpdateId) return 'stale';
    return delta.previousUpdateId === lastUpdateId ? 'applied' : 'gap';
  },
} satisfies BookRule;
