import { describe, expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { type LinkedStage, openLinkedStage, pause } from './test-kit/linked-stage.ts';

// One engine on four venues, each behind a link of its own that goes bad in its own way at the same time: what is done
// to one must be noticed there, mended there, and nowhere else. Bounds are generous against a busy machine; the figures
// go into the safety case.

interface Ordeal {
  readonly venue: string;
  readonly what: string;
  /** `never`: it must not cost the connection anything. */
  readonly noticedWithinMs: number | 'never';
  readonly recoveredWithinMs: number;
  readonly goal: string;
  run(stage: LinkedStage): Promise<void>;
}

/** Lets it last, then makes the link good again. */
const lasting =
  (forMs: number, faults: Parameters<ReturnType<LinkedStage['link']>['set']>[0]) =>
  (venue: string) =>
  async (stage: LinkedStage) => {
    stage.link(venue).set(faults);
    await pause(forMs);
    stage.link(venue).set({});
  };

async function endure(stage: LinkedStage, ordeals: readonly Ordeal[]) {
  return Promise.all(
    ordeals.map(async ({ venue, what, goal, noticedWithinMs, recoveredWithinMs, run }) => {
      const followed = stage.follow(venue);
      const done = run(stage);
      const noticedMs = await followed.noticed(noticedWithinMs === 'never' ? 4000 : noticedWithinMs);
      await done;
      const endedAt = performance.now();
      const recovered = await followed.recovered(recoveredWithinMs);
      if (noticedMs !== undefined) figure(goal, `${what} (${venue}) noticed after`, noticedMs, 'ms');
      if (typeof recovered === 'number') {
        figure(
          goal,
          `${what} (${venue}) live and equal to the truth after`,
          performance.now() - endedAt,
          'ms',
        );
      }
      return {
        ordeal: `${venue}: ${what}`,
        noticed: noticedMs !== undefined,
        recovered: typeof recovered === 'number' ? true : recovered,
        calledLiveWronglyMs: followed.falseGreenMs > 200 ? followed.falseGreenMs : 0,
      };
    }),
  );
}

const asExpected = (ordeals: readonly Ordeal[]) =>
  ordeals.map(({ venue, what, noticedWithinMs }) => ({
    ordeal: `${venue}: ${what}`,
    noticed: noticedWithinMs !== 'never',
    recovered: true,
    calledLiveWronglyMs: 0,
  }));

describe('four venues over four bad links', { timeout: 90_000 }, () => {
  test('that swallow everything, reset, half-close and starve: each is noticed and mended', async () => {
    const ordeals: readonly Ordeal[] = [
      {
        venue: 'binance',
        what: 'black hole',
        goal: 'G1',
        noticedWithinMs: 10_000,
        recoveredWithinMs: 25_000,
        run: lasting(10_500, { blackHole: 'both' })('binance'),
      },
      {
        venue: 'bybit',
        what: 'reset',
        goal: 'G3',
        noticedWithinMs: 5000,
        recoveredWithinMs: 15_000,
        run: async (stage) => stage.link('bybit').reset(),
      },
      {
        venue: 'upbit',
        what: 'half-closed by the peer',
        goal: 'G3',
        noticedWithinMs: 5000,
        recoveredWithinMs: 15_000,
        run: async (stage) => stage.link('upbit').halfClose('down'),
      },
      {
        venue: 'bithumb',
        what: 'starved of bandwidth',
        goal: 'G2',
        noticedWithinMs: 12_000,
        recoveredWithinMs: 25_000,
        run: lasting(12_000, { bytesPerSecond: 1500 })('bithumb'),
      },
    ];
    await using stage = await openLinkedStage({ seed: 11 });
    await stage.ready();
    expect(await endure(stage, ordeals)).toEqual(asExpected(ordeals));
  });

  test('that are slow, sliced, one-way and half-closed upwards: what need not cost anything costs nothing', async () => {
    const ordeals: readonly Ordeal[] = [
      {
        venue: 'binance',
        what: 'latency of 150 ± 100 ms',
        goal: 'G7',
        noticedWithinMs: 'never',
        recoveredWithinMs: 10_000,
        run: lasting(6000, { latencyMs: 150, jitterMs: 100 })('binance'),
      },
      {
        venue: 'bybit',
        what: 'bytes in slices',
        goal: 'G7',
        noticedWithinMs: 'never',
        recoveredWithinMs: 10_000,
        run: lasting(6000, { slicesOf: 700 })('bybit'),
      },
      {
        venue: 'upbit',
        what: 'black hole downwards',
        goal: 'G1',
        noticedWithinMs: 10_000,
        recoveredWithinMs: 25_000,
        run: lasting(10_500, { blackHole: 'down' })('upbit'),
      },
      {
        venue: 'bithumb',
        what: 'half-closed by us',
        goal: 'G3',
        noticedWithinMs: 8000,
        recoveredWithinMs: 20_000,
        run: async (stage) => stage.link('bithumb').halfClose('up'),
      },
    ];
    await using stage = await openLinkedStage({ seed: 12 });
    await stage.ready();
    expect(await endure(stage, ordeals)).toEqual(asExpected(ordeals));
  });

  test('a link whose resets come by chance is mended for as long as it lasts', async () => {
    await using stage = await openLinkedStage({ seed: 13, venues: ['upbit'] });
    await stage.ready();
    const followed = stage.follow('upbit');
    stage.link('upbit').set({ slicesOf: 2000, resetChance: 0.01, halfCloseChance: 0.005 });
    const noticedMs = await followed.noticed(20_000);
    await pause(1000);
    stage.link('upbit').set({});
    const recovered = await followed.recovered(40_000);
    expect([noticedMs !== undefined, recovered]).toEqual([true, expect.any(Number)]);
  });
});
