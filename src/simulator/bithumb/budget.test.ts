import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Charged } from '../korean/error-answer.ts';
import { BithumbBudget } from './budget.ts';

/** What the headers say is left; −1 where there was nothing. */
function leftBy(charged: Charged): number {
  return charged.kind === 'refused' ? -1 : Number(charged.headers['x-ratelimit-remaining']);
}

describe('Bithumb’s buckets', () => {
  it('hold 150 tokens for each category and fill up again within a second', () => {
    const clock = createVirtualClock();
    const budget = new BithumbBudget(clock);
    const left = Array.from({ length: 152 }, () => leftBy(budget.charge('ticker')));
    expect([left[0], left[149], left[150], left[151]]).toEqual([149, 0, -1, -1]);
    expect(leftBy(budget.charge('candle'))).toBe(149);
    clock.advance(100);
    expect(leftBy(budget.charge('ticker'))).toBe(14);
    clock.advance(60_000);
    expect(leftBy(budget.charge('ticker'))).toBe(149);
  });

  it('hold 140 tokens for each private category, and 20 for batches', () => {
    const budget = new BithumbBudget(createVirtualClock());
    const most = (category: string) => {
      let taken = 0;
      while (budget.chargePrivate(category).kind === 'taken') taken++;
      return taken;
    };
    expect(['order', 'cancel', 'other', 'batch'].map(most)).toEqual([140, 140, 140, 20]);
    expect(leftBy(budget.charge('other'))).toBe(149);
  });
});
