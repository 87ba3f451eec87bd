import type { LatencyFigures } from '#shared/domain/metrics.ts';

/** Eight buckets per doubling from 0.1 ms up: a figure is off by at most 4.5 %. 164 of them reach beyond two minutes. */
const PER_DOUBLING = 8;
const LEAST_MS = 0.1;
const BUCKETS = 164;

/** Durations as counts in buckets whose width grows with them. Noting allocates nothing. */
export interface LatencyHistogram {
  /** Below zero counts as zero: two clocks are never aligned to the millisecond. */
  note(durationMs: number): void;
  readonly count: number;
  /** NaN while empty. `share` in (0, 1]. */
  quantile(share: number): number;
  add(other: LatencyHistogram): void;
  clear(): void;
  readonly counts: Uint32Array;
}

export function createLatencyHistogram(): LatencyHistogram {
  const counts = new Uint32Array(BUCKETS);
  let count = 0;
  return {
    counts,
    note(durationMs) {
      if (Number.isNaN(durationMs)) return;
      const doublings = durationMs <= LEAST_MS ? 0 : Math.log2(durationMs / LEAST_MS) * PER_DOUBLING;
      const bucket = Math.min(BUCKETS - 1, Math.ceil(doublings));
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      count += 1;
    },
    get count() {
      return count;
    },
    quantile(share) {
      if (count === 0) return Number.NaN;
      const rank = Math.max(1, Math.ceil(share * count));
      let seen = 0;
      let bucket = 0;
      for (; bucket < BUCKETS - 1; bucket += 1) {
        seen += counts[bucket] ?? 0;
        if (seen >= rank) break;
      }
      // The geometric middle of the bucket; what was at once is zero.
      return bucket === 0 ? 0 : LEAST_MS * 2 ** ((bucket - 0.5) / PER_DOUBLING);
    },
    add(other) {
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        counts[bucket] = (counts[bucket] ?? 0) + (other.counts[bucket] ?? 0);
      }
      count += other.count;
    },
    clear() {
      counts.fill(0);
      count = 0;
    },
  };
}

const SLOTS = 6;

/** A histogram of the last minute, in slots of ten seconds. */
export interface RollingLatency {
  note(durationMs: number): void;
  /** Every ten seconds; gives the figures of the slot that ended. */
  turn(): LatencyFigures;
  figures(): LatencyFigures;
}

export function createRollingLatency(): RollingLatency {
  // Made when first needed: most streams of a wide watchlist never publish anything of their own.
  const slots: (LatencyHistogram | undefined)[] = new Array(SLOTS).fill(undefined);
  let at = 0;
  let sum: LatencyHistogram | undefined;
  return {
    note(durationMs) {
      const slot = slots[at] ?? createLatencyHistogram();
      slots[at] = slot;
      slot.note(durationMs);
    },
    turn() {
      const ended = figuresOf(slots[at]);
      at = (at + 1) % SLOTS;
      slots[at]?.clear();
      return ended;
    },
    figures() {
      sum ??= createLatencyHistogram();
      sum.clear();
      for (const slot of slots) if (slot && slot.count > 0) sum.add(slot);
      return figuresOf(sum);
    },
  };
}

function figuresOf(histogram: LatencyHistogram | undefined): LatencyFigures {
  if (!histogram || histogram.count === 0) return { p50: Number.NaN, p99: Number.NaN, count: 0 };
  return { p50: histogram.quantile(0.5), p99: histogram.quantile(0.99), count: histogram.count };
}
