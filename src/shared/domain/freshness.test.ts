import { describe, expect, it } from 'vitest';
import { freshnessOf, type Sighting } from './freshness.ts';

const live: Sighting = { receivedAt: 100_000, now: 100_040, engineSilentMs: 300, stream: 'live' };

describe('freshnessOf', () => {
  it('walks a value from fresh over late to stale by its own age', () => {
    const at = (ageMs: number) => freshnessOf({ ...live, now: 100_000 + ageMs });
    expect([0, 6_000, 6_001, 30_000, 30_001].map(at)).toEqual(['fresh', 'fresh', 'late', 'late', 'stale']);
  });

  it('believes the engine when it says a stream is late, stale or not yet speaking', () => {
    const says = (stream: Sighting['stream']) => freshnessOf({ ...live, stream });
    expect([says('live'), says('late'), says('pending'), says('stale'), says(undefined)]).toEqual([
      'fresh',
      'late',
      'late',
      'stale',
      'fresh',
    ]);
  });

  it('is stale whatever the stream says once the engine is silent', () => {
    expect(freshnessOf({ ...live, engineSilentMs: 2_501 })).toBe('stale');
  });

  it('never calls something fresh that never arrived, even from a live stream', () => {
    expect([
      freshnessOf({ ...live, receivedAt: undefined }),
      freshnessOf({ ...live, receivedAt: Number.NaN, engineSilentMs: 9_999 }),
    ]).toEqual(['unknown', 'unknown']);
  });

  it('leaves quiet events alone when their age says nothing', () => {
    const quiet = { ...live, now: 900_000, lateAfterMs: Infinity, staleAfterMs: Infinity };
    expect([freshnessOf(quiet), freshnessOf({ ...quiet, stream: 'stale' })]).toEqual(['fresh', 'stale']);
  });
});
