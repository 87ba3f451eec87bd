import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createLimiter, type Priority, type RateProfile } from './limiter.ts';

const BUDGET = { scope: 'weight', capacity: 100, windowMs: 60_000 };

function start(profile: RateProfile = 'aggressive', budgets = [BUDGET]) {
  const clock = createVirtualClock();
  const limiter = createLimiter({ clock, venue: venueId('plain'), budgets, profile: () => profile });
  const left: { at: number; what: string }[] = [];
  const startedAt = clock.monotonic();
  function enter(what: string, weight = 1, priority: Priority = 'read', scope = 'weight') {
    limiter.enter(scope, weight, priority).then(
      () => left.push({ at: clock.monotonic() - startedAt, what }),
      (fault: { code: string }) =>
        left.push({ at: clock.monotonic() - startedAt, what: `${what}: ${fault.code}` }),
    );
  }
  return { clock, limiter, left, enter };
}

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

describe('the limiter', () => {
  test('keeps a fifth of every budget for what is urgent, in each profile', async () => {
    const reads: Record<string, number> = {};
    for (const profile of ['conservative', 'balanced', 'aggressive'] as const) {
      const { left, enter } = start(profile);
      for (let index = 0; index < 200; index += 1) enter(`read ${index}`);
      await settle();
      reads[profile] = left.length;
      for (let index = 0; index < 20; index += 1) enter('cancel', 1, 'urgent');
      await settle();
      expect(left.filter(({ what }) => what === 'cancel')).toHaveLength(20);
    }
    expect(reads).toEqual({ conservative: 50, balanced: 70, aggressive: 80 });
  });

  test('lets reads go in their order, and what is urgent before them', async () => {
    const { clock, left, enter } = start('aggressive');
    for (let index = 0; index < 80; index += 1) enter('first');
    for (let index = 0; index < 20; index += 1) enter('urgent', 1, 'urgent');
    enter('second');
    enter('third');
    enter('urgent last', 1, 'urgent');
    await settle();
    clock.advance(60_000);
    await settle();
    expect(left.slice(100).map(({ what }) => what)).toEqual(['urgent last', 'second', 'third']);
  });

  test('lets orders go before reads, never out of what is kept for cancels, and never late', async () => {
    const { clock, left, enter } = start('balanced');
    for (let index = 0; index < 80; index += 1) enter('order', 1, 'order');
    enter('read');
    enter('late order', 1, 'order');
    enter('cancel', 1, 'urgent');
    await settle();
    const atOnce = left.map(({ what }) => what);
    clock.advance(2000);
    await settle();
    enter('order after all', 1, 'order');
    clock.advance(1999);
    await settle();
    const between = left.slice(81);
    for (const ms of [1, 55_999, 1]) {
      clock.advance(ms);
      await settle();
    }
    expect([
      atOnce.filter((what) => what === 'order').length,
      atOnce.slice(80),
      between,
      left.slice(82),
    ]).toEqual([
      80,
      ['cancel'],
      [{ at: 2000, what: 'late order: rest.crowded' }],
      [
        { at: 4000, what: 'order after all: rest.crowded' },
        { at: 60_000, what: 'read' },
      ],
    ]);
  });

  test('does not let one scope wait for another', async () => {
    const { left, enter } = start('aggressive', [BUDGET, { scope: 'candle', capacity: 10, windowMs: 1000 }]);
    enter('heavy', 80);
    enter('waits');
    enter('passes', 1, 'read', 'candle');
    await settle();
    expect(left.map(({ what }) => what)).toEqual(['heavy', 'passes']);
  });

  test('slows down to 0.7 at the third error within a minute and at each after it, and recovers after 60 s', () => {
    const { clock, limiter } = start();
    const factors: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      limiter.failed(clock.monotonic());
      factors.push(limiter.gauges()[0]?.factor ?? 0);
      clock.advance(1000);
    }
    expect(factors).toEqual([1, 1, 0.7, 0.7 * 0.7]);
    expect(limiter.gauges()[0]).toMatchObject({ state: 'reduced', until: clock.now() - 1000 + 60_000 });
    clock.advance(60_000);
    expect(limiter.gauges()[0]).toMatchObject({ state: 'normal', factor: 1 });
  });

  test('takes calls that were on their way together and failed together for one error', () => {
    const { clock, limiter } = start();
    for (let round = 0; round < 3; round += 1) {
      const left = clock.monotonic();
      clock.advance(10);
      for (let call = 0; call < 8; call += 1) {
        limiter.failed(left);
        clock.advance(100);
      }
    }
    expect(limiter.gauges()[0]?.factor).toBe(0.7);
  });

  test('sends nothing at all during a ban, not even what is urgent, and says so to who would wait long', async () => {
    const { clock, limiter, left, enter } = start();
    limiter.silence(120_000, 'ban');
    enter('read');
    enter('cancel', 1, 'urgent');
    await settle();
    expect(left.map(({ what }) => what)).toEqual(['read: rest.silent', 'cancel: rest.silent']);
    clock.advance(110_000);
    enter('patient');
    await settle();
    expect(left).toHaveLength(2);
    clock.advance(10_000);
    await settle();
    expect(left.at(-1)).toEqual({ at: 120_000, what: 'patient' });
  });

  test('a shorter order of silence does not end a longer one', () => {
    const { clock, limiter } = start();
    limiter.silence(60_000, 'ban');
    limiter.silence(1000, 'rate-limit');
    clock.advance(59_000);
    expect(limiter.gauges()[0]?.state).toBe('silent');
  });

  test('believes the venue when it counts more than we do', async () => {
    const { limiter, left, enter } = start('aggressive');
    limiter.noted([
      { scope: 'weight', used: 79 },
      { scope: 'unknown', used: 5 },
    ]);
    enter('one');
    enter('too much');
    await settle();
    expect(left.map(({ what }) => what)).toEqual(['one']);
    limiter.noted([{ scope: 'weight', remaining: 90 }]);
    expect(limiter.gauges()[0]?.used).toBe(80);
  });

  test('a call heavier than all it may use passes alone instead of never', async () => {
    const { left, enter } = start('conservative');
    enter('giant', 95);
    await settle();
    expect(left).toEqual([{ at: 0, what: 'giant' }]);
  });

  test('ends what waits when it is disposed of', async () => {
    const { limiter, left, enter } = start('aggressive');
    enter('all', 80);
    enter('waits');
    limiter.dispose();
    await settle();
    expect(left.map(({ what }) => what)).toEqual(['all', 'waits: rest.stopped']);
  });

  test('in no window of the budget, wherever it begins, do reads take more than their share', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ waitS: fc.integer({ min: 0, max: 6 }), weight: fc.integer({ min: 1, max: 30 }) }),
          {
            minLength: 20,
            maxLength: 80,
          },
        ),
        async (calls) => {
          const { clock, left, enter } = start('aggressive');
          for (const { waitS, weight } of calls) {
            enter(String(weight), weight);
            await settle();
            // Second by second: a promise settles only when the clock stands, and the moment counts.
            for (let second = 0; second < waitS; second += 1) {
              clock.advance(1000);
              await settle();
            }
          }
          for (let second = 0; second < 1500 && left.length < calls.length; second += 1) {
            clock.advance(1000);
            await settle();
          }
          expect(left).toHaveLength(calls.length);
          for (const { at } of left) {
            const within = left.filter((other) => other.at >= at && other.at < at + 60_000);
            expect(within.reduce((sum, { what }) => sum + Number(what), 0)).toBeLessThanOrEqual(80);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
