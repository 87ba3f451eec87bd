import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createPriceCache } from './price-cache.ts';

function start(size = 3) {
  const clock = createVirtualClock();
  return {
    clock,
    cache: createPriceCache<string, number>({ clock, bounds: () => ({ size, ttlMs: 60_000 }) }),
  };
}

describe('price cache', () => {
  test('gives nothing older than a minute', () => {
    const { clock, cache } = start();
    cache.put('a', 1);
    clock.advance(59_999);
    const young = cache.get('a');
    clock.advance(1);
    expect([young, cache.get('a'), cache.figures()]).toEqual([
      1,
      undefined,
      { entries: 0, hits: 1, misses: 1, evicted: 0, expired: 1, hitRate: 0.5 },
    ]);
  });

  test('lets the least recently used go', () => {
    const { cache } = start();
    for (const key of ['a', 'b', 'c']) cache.put(key, 1);
    cache.get('a');
    cache.put('d', 1);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.peek(key))).toEqual([1, undefined, 1, 1]);
  });

  test('never gives a value that a newer one, or a word, has made void', () => {
    const { cache } = start();
    cache.put('a', 1);
    cache.put('a', 2);
    const newer = cache.get('a');
    cache.invalidate('a');
    expect([newer, cache.get('a')]).toEqual([2, undefined]);
  });

  test('holds at most what it may, and always the last value put within its time', () => {
    const step = fc.record({
      key: fc.integer({ min: 0, max: 6 }),
      waitMs: fc.integer({ min: 0, max: 30_000 }),
      reads: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const { clock, cache } = start(4);
        const truth = new Map<string, { value: number; at: number }>();
        for (const [value, { key, waitMs, reads }] of steps.entries()) {
          clock.advance(waitMs);
          const text = String(key);
          if (!reads) {
            cache.put(text, value);
            truth.set(text, { value, at: clock.monotonic() });
            continue;
          }
          const got = cache.get(text);
          const known = truth.get(text);
          if (got !== undefined && (got !== known?.value || clock.monotonic() - known.at >= 60_000))
            return false;
          if (cache.figures().entries > 4) return false;
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });
});
