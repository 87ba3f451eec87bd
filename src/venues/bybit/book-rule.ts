import type { BookRule } from '../venue.ts';

/** Levels a side of the book stream that is listened to; its changes keep just so many whole. */
export const BOOK_LEVELS = 200;

/**
 * How changes of `orderbook.200` follow one another. The venue chains nothing and promises nothing, but every
 * recording counts `u` strictly up by one per channel: so a jump is taken for a loss and the book is asked for anew
 * (unsubscribe, subscribe: the first frame is a snapshot) rather than trusted. `u` = 1, a restart of the venue's
 * service, never comes here: the decoder makes a snapshot of it.
 */
export const book = {
  snapshot: 'stream',
  bridge(snapshotUpdateId, delta) {
    if (delta.lastUpdateId <= snapshotUpdateId) return 'stale';
    return delta.lastUpdateId === snapshotUpdateId + 1 ? 'applied' : 'early';
  },
  follow(lastUpdateId, delta) {
    if (delta.lastUpdateId <= lastUpdateId) return 'stale';
    return delta.lastUpdateId === lastUpdateId + 1 ? 'applied' : 'gap';
  },
} satisfies BookRule;
