import Big from 'big.js';
import { expect, test } from 'vitest';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { quotient } from './exact-decimal.ts';
import { guard } from './guard.ts';
import { wildOrder } from './test-kit/wild-order.ts';

test('what a denial says would pass, passes', { timeout: 3_600_000 }, () => {
  const wrong: string[] = [];
  const mended = new Set<string>();
  for (const seed of seedsOf(runs(4000, 200_000))) {
    const { order, state } = wildOrder(seed);
    const verdict = guard(order, state);
    if (verdict.kind === 'approved') continue;
    for (const denial of verdict.denials) {
      for (const other of mend(order, denial)) {
        mended.add(denial.rule);
        const again = guard(other, state);
        const still = again.kind === 'denied' ? again.denials : [];
        // One rule may be broken twice, by price and trigger: only what was mended has to pass.
        const count = (denials: readonly Denial[]) =>
          denials.filter(({ rule }) => rule === denial.rule).length;
        if (count(still) >= count(verdict.denials))
          wrong.push(
            `${denial.rule} ${JSON.stringify(denial)}; ${replayOf(seed, 'src/engine/trading/guard-passes.test.ts')}`,
          );
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect([...mended].toSorted()).toEqual([
    'collar',
    'currency',
    'daily-notional',
    'depth-share',
    'lot',
    'max-notional',
    'max-quantity',
    'min-notional',
    'min-quantity',
    'reduce-only',
    'slippage',
    'tick',
    'trigger-side',
  ]);
});

/** The order as the denial says it would pass: more than one where there is a choice, none where the mending is no number of it. */
function mend(order: OrderRequest, { rule, value, passes }: Denial): readonly OrderRequest[] {
  if (passes === undefined) return [];
  const reckoned = order.price ?? order.triggerPrice ?? '0';
  switch (rule) {
    case 'lot':
    case 'min-quantity':
    case 'max-quantity':
    case 'reduce-only':
    case 'depth-share':
      return [reckonedAnew({ ...order, quantity: passes })];
    case 'slippage':
      return [
        reckonedAnew({
          ...order,
          ...(order.price !== undefined && new Big(order.price).eq(value)
            ? { price: passes }
            : { quantity: passes }),
        }),
      ];
    case 'max-notional':
    case 'daily-notional':
    case 'min-notional':
      return [reckonedAnew({ ...order, quantity: quotient(new Big(passes), new Big(reckoned)).toFixed() })];
    case 'trigger-side':
      return [reckonedAnew({ ...order, triggerPrice: passes })];
    case 'tick':
    case 'collar':
    case 'currency': {
      const is = (text: string | undefined) => text !== undefined && new Big(text).eq(value);
      return passes.split(' / ').map((one) =>
        reckonedAnew({
          ...order,
          // A trigger that moves takes the limit that is measured from it along.
          ...(order.price !== undefined && (is(order.price) || is(order.triggerPrice)) && { price: one }),
          ...(is(order.triggerPrice) && { triggerPrice: one }),
        }),
      );
    }
    default:
      return [];
  }
}

function reckonedAnew(order: OrderRequest): OrderRequest {
  const notional = new Big(order.quantity).times(order.price ?? order.triggerPrice ?? 0).toFixed();
  return { ...order, notional };
}
