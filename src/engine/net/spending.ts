import type { Budget, BudgetNote } from '#venues/venue.ts';

/** What was spent of one budget within its window. Times monotonic ms. */
export interface Spending {
  readonly budget: Budget;
  spend(weight: number, now: number): void;
  used(now: number): number;
  /** Until `weight` more stays within `allowed`; 0 now. */
  waitMs(weight: number, allowed: number, now: number): number;
  /** The venue's own count: what it counts beyond ours (another program on this address) is taken as spent now. */
  told(note: BudgetNote, now: number): void;
}

/**
 * Counts over a window that slides. Venues count over fixed windows: whatever fits into every sliding one fits into
 * each of theirs, wherever it begins.
 */
export function createSpending(budget: Budget): Spending {
  let entries: { readonly at: number; readonly weight: number }[] = [];
  let total = 0;

  function forget(now: number): void {
    let gone = 0;
    for (const entry of entries) {
      if (entry.at > now - budget.windowMs) break;
      total -= entry.weight;
      gone += 1;
    }
    if (gone > 0) entries = entries.slice(gone);
  }

  return {
    budget,
    spend(weight, now) {
      entries.push({ at: now, weight });
      total += weight;
    },
    used(now) {
      forget(now);
      return total;
    },
    waitMs(weight, allowed, now) {
      forget(now);
      let over = total + weight - allowed;
      if (over <= 0) return 0;
      for (const entry of entries) {
        over -= entry.weight;
        if (over <= 0) return entry.at + budget.windowMs - now;
      }
      return 0;
    },
    told(note, now) {
      forget(now);
      const used = note.used ?? (note.remaining === undefined ? undefined : budget.capacity - note.remaining);
      if (used === undefined || !(used > total)) return;
      entries.push({ at: now, weight: used - total });
      total = used;
    },
  };
}
