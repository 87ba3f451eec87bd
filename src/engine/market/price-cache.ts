import type { Clock } from '#shared/base/clock.ts';

export interface CacheFigures {
  readonly entries: number;
  readonly hits: number;
  readonly misses: number;
  /** Taken out to make room, and because they were too old. */
  readonly evicted: number;
  readonly expired: number;
  /** Share of the reads that were answered; NaN before the first. */
  readonly hitRate: number;
}

/** The latest of something by key, for a short while. The least recently used goes first. */
export interface PriceCache<Key, Value> {
  /** Counts as a hit or a miss. */
  get(key: Key): Value | undefined;
  /** Without counting, and without making it younger. */
  peek(key: Key): Value | undefined;
  /** A newer value takes the place of what is held: what a stream has overtaken is never given again. */
  put(key: Key, value: Value): void;
  invalidate(key: Key): void;
  figures(): CacheFigures;
}

export function createPriceCache<Key, Value>(options: {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Asked every time: smaller or shorter from the next look on. */
  readonly bounds?: (() => { readonly size: number; readonly ttlMs: number }) | undefined;
}): PriceCache<Key, Value> {
  const { clock } = options;
  const bounds = options.bounds ?? (() => ({ size: 1000, ttlMs: 60_000 }));
  // A map keeps the order of insertion: putting a key back makes it the youngest.
  const entries = new Map<Key, { readonly value: Value; readonly putAt: number }>();
  let [hits, misses, evicted, expired] = [0, 0, 0, 0];

  function fresh(key: Key): { readonly value: Value; readonly putAt: number } | undefined {
    const entry = entries.get(key);
    if (!entry || clock.monotonic() - entry.putAt < bounds().ttlMs) return entry;
    entries.delete(key);
    expired += 1;
    return undefined;
  }

  return {
    get(key) {
      const entry = fresh(key);
      if (!entry) {
        misses += 1;
        return undefined;
      }
      hits += 1;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    peek: (key) => fresh(key)?.value,
    put(key, value) {
      entries.delete(key);
      entries.set(key, { value, putAt: clock.monotonic() });
      const { size } = bounds();
      for (const oldest of entries.keys()) {
        if (entries.size <= size) break;
        entries.delete(oldest);
        evicted += 1;
      }
    },
    invalidate(key) {
      entries.delete(key);
    },
    figures: () => ({
      entries: entries.size,
      hits,
      misses,
      evicted,
      expired,
      hitRate: hits / (hits + misses),
    }),
  };
}
