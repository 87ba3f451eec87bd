import { expect, test } from 'vitest';
import { GUARD_RULES, type GuardRule } from '#shared/domain/order-check.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { guard } from './guard.ts';
import { brokenRules } from './test-kit/guard-oracle.ts';
import { wildOrder } from './test-kit/wild-order.ts';

const HOUR_MS = 3_600_000;
const MOST_SHOWN = 5;

test('no order outside any limit leaves, none within them is held back, and each is told every rule it breaks (G25)', {
  timeout: HOUR_MS,
}, () => {
  const wrong: string[] = [];
  const met = new Set<GuardRule>();
  let approved = 0;
  const seeds = seedsOf(runs(20_000, 1_000_000));
  for (const seed of seeds) {
    const { order, state } = wildOrder(seed);
    const verdict = guard(order, state);
    const denied = verdict.kind === 'denied' ? verdict.denials.map(({ rule }) => rule) : [];
    const broken = brokenRules(order, state);
    for (const rule of broken) met.add(rule);
    if (broken.length === 0) approved += 1;
    if (named(denied) === named(broken)) continue;
    wrong.push(
      `guard: ${named(denied) || 'approved'}; meant: ${named(broken) || 'approved'}; ${replayOf(seed, 'src/engine/trading/guard-escapes.test.ts')}`,
    );
    if (wrong.length >= MOST_SHOWN) break;
  }
  expect(wrong).toEqual([]);
  figure(
    'G25',
    'generated orders that left outside a limit, of as many as were judged',
    wrong.length,
    'orders',
  );
  figure('G25', 'orders judged', seeds.length, 'orders');
  // A law that is kept because nothing ever came near it says nothing.
  if (seeds.length > 1) {
    expect(GUARD_RULES.filter((rule) => !met.has(rule))).toEqual([]);
    expect(approved).toBeGreaterThan(seeds.length / 50);
  }
});

function named(rules: readonly GuardRule[]): string {
  return GUARD_RULES.filter((rule) => rules.includes(rule)).join(' ');
}
