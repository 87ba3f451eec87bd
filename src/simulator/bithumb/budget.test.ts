import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { BithumbBudget } from './budget.ts';

describe('Bithumb’s buckets', () => {
  it('hold 150 tokens for each category and fill up again within a second', () => {
    const clock = createVirtualClock();
    const budget = new BithumbBudget(clock);
    const left = Array.from({ length: 152 }, () => budget.charge('ticker'));
    expect([left[0], left[149], left[150], left[151]]).toEqual([149, 0, -1, -1]);
    expect(budget.charge('candle')).toBe(149);
    clock.advance(100);
    expect(budget.charge('ticker')).toBe(14);
    clock.advance(60_000);
    expect(budget.charge('ticker')).toBe(149);
  });
});
