import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlertHappening } from '#shared/domain/alert.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createAlertKeeper } from './alert-keeper.ts';
import { happeningSchema, type KeptAlerts, keptAlertSchema } from './alert-schema.ts';

// A price walks about a level, its data goes stale and comes back, the program is killed and started: what an alert tells
// is compared with what somebody who only reads the believed prices afterwards would say.

const LEVEL = 100;
type Step =
  | { readonly kind: 'price'; readonly price: number }
  | { readonly kind: 'stale' }
  | { readonly kind: 'killed' };
type When = 'above' | 'below' | 'cross';

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 96, max: 104 }).map((price) => ({ kind: 'price' as const, price })),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'stale' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'killed' as const }) },
);
const path = fc.array(step, { maxLength: 40 });
const STEP_MS = 1000;

/** As the alert tells it: at which steps, at which price, and whether it says that it may have been earlier. */
function told(steps: readonly Step[], when: When, repeatAfterMs: number | undefined) {
  const clock = createVirtualClock();
  const heard: string[] = [];
  let disk = '';
  let at = -1;
  const open = (kept: KeptAlerts) => {
    const keeper = createAlertKeeper({
      clock,
      kept,
      onChange: () => undefined,
      onSeenAgain: () => undefined,
      onCall(call) {
        disk = JSON.stringify(keeper.kept());
        for (const one of call.happenings) if (one.kind === 'triggered') heard.push(`${at}: ${words(one)}`);
      },
    });
    return keeper;
  };
  let keeper = open({ aliveAt: clock.now(), alerts: [], happenings: [] });
  const id = keeper.add({
    rule: {
      kind: 'price',
      instrument: instrumentId('plain:BTC-USDT'),
      of: 'last',
      when,
      level: String(LEVEL),
    },
    note: '',
    ways: ['toast'],
    isPaused: false,
    repeatAfterMs,
  });
  disk = JSON.stringify(keeper.kept());
  for (const one of steps) {
    at += 1;
    clock.advance(STEP_MS);
    if (one.kind === 'price') {
      keeper.look(id, { kind: 'known', value: one.price, receivedAt: clock.now(), isLate: false });
    } else if (one.kind === 'stale') keeper.look(id, { kind: 'blind', reason: 'stale' });
    else {
      const file = JSON.parse(disk);
      keeper.dispose();
      keeper = open({
        aliveAt: file.aliveAt,
        alerts: file.alerts.map((entry: unknown) => keptAlertSchema.parse(entry)),
        happenings: file.happenings.map((entry: unknown) => happeningSchema.parse(entry)),
      });
    }
    clock.advance(0);
    keeper.second();
    clock.advance(0);
    disk = JSON.stringify(keeper.kept());
  }
  const listed = [...keeper.happenings].reverse().filter((one) => one.kind === 'triggered');
  return { heard, listed: listed.length };
}

function words(one: Extract<AlertHappening, { kind: 'triggered' }>): string {
  return `${one.value}${one.maybeSince === undefined ? '' : ' or earlier'}`;
}

/** As somebody says who reads the path afterwards. */
function expected(steps: readonly Step[], when: When, repeatAfterMs: number | undefined): readonly string[] {
  const heard: string[] = [];
  let isArmed = true;
  let wasBlind = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  let from: number | undefined;
  for (const [at, one] of steps.entries()) {
    if (one.kind !== 'price') {
      wasBlind = true;
      continue;
    }
    const off = Math.sign(one.price - LEVEL);
    const reached =
      when === 'above' ? off >= 0 : when === 'below' ? off <= 0 : from !== undefined && off !== from;
    const isCool = repeatAfterMs !== undefined && (at - lastAt) * STEP_MS >= repeatAfterMs;
    if (isArmed && reached) {
      heard.push(`${at}: ${one.price}${wasBlind ? ' or earlier' : ''}`);
      isArmed = false;
      lastAt = at;
    } else if (!isArmed && isCool && (when === 'cross' || !reached)) isArmed = true;
    from = off === 0 ? undefined : off;
    wasBlind = false;
  }
  return heard;
}

describe('an alert over a price that is stale at times, in a program that is killed at times', () => {
  test.each(['above', 'below', 'cross'] as const)(
    'once, %s: triggers where it should, and never again',
    (when) => {
      fc.assert(
        fc.property(path, (steps) => {
          const { heard, listed } = told(steps, when, undefined);
          expect(heard).toEqual(expected(steps, when, undefined).slice(0, 1));
          expect(listed).toBe(heard.length);
        }),
        { numRuns: 400 },
      );
    },
  );

  test.each(['above', 'below', 'cross'] as const)(
    'repeatedly, %s: armed again when the price was back and the time has passed',
    (when) => {
      fc.assert(
        fc.property(path, fc.constantFrom(0, 3000, 10_000), (steps, repeatAfterMs) => {
          const { heard, listed } = told(steps, when, repeatAfterMs);
          expect(heard).toEqual(expected(steps, when, repeatAfterMs));
          expect(listed).toBe(heard.length);
        }),
        { numRuns: 400 },
      );
    },
  );
});
