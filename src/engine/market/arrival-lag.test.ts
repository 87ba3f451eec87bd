import { describe, expect, test } from 'vitest';
import { createArrivalLag } from './arrival-lag.ts';

function fed(lags: readonly (readonly number[])[], offsetMs: number | 'unknown' = 0, busy = false) {
  const known = offsetMs === 'unknown' ? undefined : offsetMs;
  const lag = createArrivalLag(busy);
  for (const second of lags) {
    for (const ms of second)
      lag.note({ kind: 'trade', venueTime: 1_000_000 + (known ?? 0) }, 1_000_000 + ms, known);
    lag.second();
  }
  return lag.lagMs;
}

describe('the arrival lag', () => {
  test('is that of the fastest event: one old figure among live ones makes nothing late', () => {
    expect(fed([[30, 60_000], [25], [9000, 40]])).toBe(25);
  });

  test('tells a connection whose every event comes late, and forgets after three seconds', () => {
    expect(fed([[10], [4000, 4100], [4050], [3990, 4000]])).toBe(3990);
  });

  test('is corrected by the offset of the clocks, and negative where the clock must be wrong', () => {
    expect([fed([[20, 20, 20]], 5000), fed([[-7000, -7000, -6990]])]).toEqual([20, -7000]);
  });

  test('looks further back where there is always something to hear: a starved link brings little, and late', () => {
    const starved = [[10, 10, 10, 10], [3000], [], [4500], [], [6000], []] as const;
    expect([
      fed(starved, 0, true),
      fed(starved),
      fed([[5000], [5000], ...Array(20).fill([])], 0, true),
    ]).toEqual([3000, undefined, undefined]);
  });

  test('says nothing from too few events, or while the clocks were not compared', () => {
    expect([fed([[5000], [5000]]), fed([[5000, 5000, 5000]], 'unknown'), fed([])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
