import type { BookRule } from '../venue.ts';

/** A venue whose newer frames say older times for this long has set its clock back. */
const SET_BACK_MS = 5_000;

/**
 * Every frame is the whole book as far as the venue shows it (15 levels a side): a lost one is healed by the next, and
 * nothing has to be chained. Without a sequence, time alone tells the order: a frame of an older time, as the
 * snapshot of a new subscription, which may come after newer ones, does not replace what is held.
 */
export const book = {
  snapshot: 'stream',
  supersedes: (held, snapshot) =>
    snapshot.lastUpdateId >= held.lastUpdateId || snapshot.receivedAt - held.receivedAt > SET_BACK_MS,
  // There are no changes.
  bridge: () => 'stale',
  follow: () => 'stale',
} satisfies BookRule;
