import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createClockOffset } from './clock-offset.ts';

interface Link {
  readonly skewMs: number;
  readonly resolutionMs?: number;
  /** One pair a round trip: there and back, ms. */
  readonly trips: readonly (readonly [number, number])[];
}

/** Runs one measurement over a link whose every delay is known. */
async function measureOver({ skewMs, resolutionMs = 1, trips }: Link) {
  const clock = createVirtualClock();
  let trip = 0;
  const offset = createClockOffset({
    clock: { ...clock, random: () => (trip * 0.37) % 1 },
    resolutionMs,
    serverTime: () => {
      const [there, back] = trips[trip++ % trips.length] ?? [1, 1];
      return new Promise((resolve) => {
        clock.after(there, () => {
          const told = clock.now() + skewMs;
          const text = Math.floor(told / resolutionMs) * resolutionMs;
          clock.after(back, () => resolve(text));
        });
      });
    },
  });
  offset.start();
  for (let step = 0; step < 20_000 && offset.offsetMs === undefined; step += 1) {
    clock.advance(1);
    await Promise.resolve();
    await Promise.resolve();
  }
  return offset;
}

const link = {
  skewMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
  trips: fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })), {
    minLength: 5,
    maxLength: 5,
  }),
};

describe('the clock offset', () => {
  test('is off by at most half a round trip and 20 ms, whatever the skew up to an hour and the delays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(link), async ({ skewMs, trips }) => {
        const offset = await measureOver({ skewMs, trips });
        const longest = Math.max(...trips.map(([there, back]) => there + back));
        expect(Math.abs((offset.offsetMs ?? Number.NaN) - skewMs)).toBeLessThanOrEqual(longest / 2 + 20);
      }),
      { numRuns: 200 },
    );
  });

  test('one slow answer among five moves nothing', async () => {
    const trips = [
      [5, 5],
      [5, 5],
      [4000, 10],
      [5, 5],
      [5, 5],
    ] as const;
    expect((await measureOver({ skewMs: 700, trips })).offsetMs).toBeCloseTo(700, -1);
  });

  test('a clock that only tells seconds is closed in on from both sides, and the truth is always inside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(link), async ({ skewMs, trips }) => {
        const offset = await measureOver({ skewMs, trips, resolutionMs: 1000 });
        const error = Math.abs((offset.offsetMs ?? Number.NaN) - skewMs);
        expect(error).toBeLessThanOrEqual((offset.errorMs ?? 0) + 2);
        expect(offset.errorMs).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });

  test.each([0, 400, 1300, 2900, 4100])(
    'is not fooled by answers that a proxy keeps for five seconds, when the first is %i ms old',
    async (ageMs) => {
      const clock = createVirtualClock();
      const skewMs = 300;
      let kept = -1;
      let keptAt = 0;
      const offset = createClockOffset({
        clock,
        resolutionMs: 1000,
        serverTime: async () => {
          if (clock.monotonic() - keptAt >= 5000 || kept < 0) {
            keptAt = kept < 0 ? clock.monotonic() - ageMs : clock.monotonic();
            kept = Math.floor((clock.now() - (clock.monotonic() - keptAt) + skewMs) / 1000) * 1000;
          }
          return kept;
        },
      });
      offset.start();
      const told: (number | undefined)[] = [];
      for (let step = 0; step < 3000; step += 1) {
        clock.advance(10);
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        if (step % 1000 === 999) told.push(offset.offsetMs);
      }
      // Within a second and a half: as good as a clock of whole seconds is, asked through such a proxy.
      expect(Math.abs((offset.offsetMs ?? Number.NaN) - skewMs)).toBeLessThanOrEqual(1500);
      offset.dispose();
    },
  );

  test('a look through late answers does not spoil a sharp one, but a venue that moved is believed', async () => {
    const clock = createVirtualClock();
    let [skewMs, lateMs] = [120, 10];
    const offset = createClockOffset({
      clock,
      serverTime: () => {
        const told = clock.now() + skewMs;
        return new Promise((resolve) => clock.after(lateMs, () => resolve(told)));
      },
    });
    const seen: (number | undefined)[] = [];
    const look = async () => {
      void offset.measureNow();
      for (let step = 0; step < 2000; step += 1) {
        clock.advance(10);
        await Promise.resolve();
        await Promise.resolve();
      }
      seen.push(offset.offsetMs);
    };
    await look();
    lateMs = 3000;
    await look();
    skewMs = 5120;
    await look();
    lateMs = 10;
    await look();
    offset.dispose();
    const [first = Number.NaN, late = Number.NaN, moved = Number.NaN, sharp = Number.NaN] = seen;
    expect([late === first, Math.abs(moved - 5120) <= 1500, Math.abs(sharp - 5120) <= 5]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('a clock of ours that was set between two answers is measured anew and not mixed', async () => {
    const clock = createVirtualClock();
    let setByMs = 0;
    const offset = createClockOffset({
      clock: { ...clock, now: () => clock.now() + setByMs },
      resolutionMs: 1000,
      serverTime: async () => Math.floor(clock.now() / 1000) * 1000,
    });
    offset.start();
    for (let step = 0; step < 3000; step += 1) {
      if (step === 150) setByMs = 20_000;
      clock.advance(10);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
    expect(Math.abs((offset.offsetMs ?? Number.NaN) + 20_000)).toBeLessThanOrEqual(500);
    offset.dispose();
  });

  test('stays unknown while the venue does not answer, and is measured once it does', async () => {
    const clock = createVirtualClock();
    let isUp = false;
    const told: number[] = [];
    const offset = createClockOffset({
      clock,
      serverTime: () => (isUp ? Promise.resolve(clock.now() + 42) : Promise.reject(new Error('gone'))),
      onMeasured: (offsetMs) => told.push(offsetMs),
    });
    const settle = async () => {
      for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
    };
    offset.start();
    await settle();
    expect(offset.offsetMs).toBeUndefined();
    isUp = true;
    clock.advance(10_000);
    await settle();
    expect([offset.offsetMs, told]).toEqual([42, [42]]);
    offset.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
