import type { LatencyFigures } from '#shared/domain/metrics.ts';

/** Eight buckets per doubling from 0.1 ms up: a figure is off by at most 4.5 %. 164 of them reach beyond two minutes. */
const PER_DOUBLING = 8;
const LEAST_MS = 0.1;
const BUCKETS = 164;

/** Buckets are made in blocks of so many around those in use: a stream's latencies rarely span more than two. */
const BLOCK = 16;
const NONE = new Uint32Array(0);

/**
 * Durations as counts in buckets whose width grows with them. A class for memory: there are thousands, and noting
 * allocates nothing but, now and then, a wider block.
 */
export class LatencyHistogram {
  #counts = NONE;
  /** Bucket of the first count. */
  #first = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Below zero counts as zero: two clocks are never aligned to the millisecond. */
  note(durationMs: number): void {
    if (Number.isNaN(durationMs)) return;
    const doublings = durationMs <= LEAST_MS ? 0 : Math.log2(durationMs / LEAST_MS) * PER_DOUBLING;
    const bucket = Math.min(BUCKETS - 1, Math.ceil(doublings));
    this.#reach(bucket, bucket);
    this.#bump(bucket, 1);
  }

  /** NaN while empty. `share` in (0, 1]. */
  quantile(share: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    let at = 0;
    for (; at < this.#counts.length - 1; at += 1) {
      seen += this.#counts[at] as number;
      if (seen >= rank) break;
    }
    const bucket = this.#first + at;
    // The geometric middle of the bucket; what was at once is zero.
    return bucket === 0 ? 0 : LEAST_MS * 2 ** ((bucket - 0.5) / PER_DOUBLING);
  }

  add(other: LatencyHistogram): void {
    const { length } = other.#counts;
    if (length === 0) return;
    this.#reach(other.#first, other.#first + length - 1);
    for (let at = 0; at < length; at += 1) {
      const count = other.#counts[at] as number;
      if (count > 0) this.#bump(other.#first + at, count);
    }
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
  }

  #bump(bucket: number, by: number): void {
    const at = bucket - this.#first;
    this.#counts[at] = (this.#counts[at] as number) + by;
    this.#count += by;
  }

  /** Makes room for these buckets beside those there are. */
  #reach(low: number, high: number): void {
    const { length } = this.#counts;
    const end = this.#first + length;
    if (length > 0 && low >= this.#first && high < end) return;
    const first = Math.floor((length > 0 ? Math.min(low, this.#first) : low) / BLOCK) * BLOCK;
    const last = Math.max(high + 1, length > 0 ? end : 0);
    const wider = new Uint32Array(Math.ceil((last - first) / BLOCK) * BLOCK);
    if (length > 0) wider.set(this.#counts, this.#first - first);
    this.#counts = wider;
    this.#first = first;
  }
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
  return {
    note(durationMs) {
      const slot = slots[at] ?? new LatencyHistogram();
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
      const sum = new LatencyHistogram();
      for (const slot of slots) if (slot && slot.count > 0) sum.add(slot);
      return figuresOf(sum);
    },
  };
}

function figuresOf(histogram: LatencyHistogram | undefined): LatencyFigures {
  if (!histogram || histogram.count === 0) return { p50: Number.NaN, p99: Number.NaN, count: 0 };
  return { p50: histogram.quantile(0.5), p99: histogram.quantile(0.99), count: histogram.count };
}
