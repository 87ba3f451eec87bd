/** A count that only grows, and how much of it is recent. Times monotonic ms. */
export interface RecentCount {
  /** Takes note of the count as it stands. */
  note(total: number, now: number): void;
  recent(now: number): number;
}

/** How much a total grew within the last `windowMs`. The first total seen is no growth. */
export function createRecentCount(windowMs: number): RecentCount {
  let last: number | undefined;
  let grown: { readonly at: number; readonly by: number }[] = [];
  return {
    note(total, now) {
      if (last !== undefined && total > last) grown.push({ at: now, by: total - last });
      last = total;
    },
    recent(now) {
      if (grown.length > 0) grown = grown.filter(({ at }) => at > now - windowMs);
      return grown.reduce((sum, { by }) => sum + by, 0);
    },
  };
}
