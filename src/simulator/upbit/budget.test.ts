import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { UpbitBudget, type Verdict } from './budget.ts';

function times(count: number, ask: () => Verdict): string[] {
  return Array.from({ length: count }, () => ask().kind);
}

describe('Upbit’s request limits', () => {
  it('are ten a second for each group', () => {
    const clock = createVirtualClock();
    const budget = new UpbitBudget(clock);
    const ask = () => budget.charge('candle', false);
    expect(times(11, ask)).toEqual([...Array.from({ length: 10 }, () => 'ok'), 'limited']);
    expect(budget.charge('ticker', false)).toEqual({ kind: 'ok', left: 9 });
    clock.advance(1000);
    expect(ask()).toEqual({ kind: 'ok', left: 9 });
  });

  it('turn into blocks for whoever goes on, each longer than the one before', () => {
    const clock = createVirtualClock();
    const budget = new UpbitBudget(clock);
    const blocks: Verdict[] = [];
    for (let round = 0; round < 3; round++) {
      for (let turn = 0; turn < 21; turn++) budget.charge('candle', false);
      blocks.push(budget.charge('market', false));
      clock.advance(((blocks.at(-1) as { seconds: number }).seconds + 1) * 1000);
    }
    expect(blocks).toEqual([10, 20, 40].map((seconds) => ({ kind: 'blocked', seconds })));
  });

  it('forgive whoever stops for a while', () => {
    const clock = createVirtualClock();
    const budget = new UpbitBudget(clock);
    for (let round = 0; round < 5; round++) {
      expect(times(15, () => budget.charge('candle', false)).slice(10)).toEqual(
        Array.from({ length: 5 }, () => 'limited'),
      );
      clock.advance(3000);
    }
  });

  it('give a page one request in ten seconds, whatever the group', () => {
    const clock = createVirtualClock();
    const budget = new UpbitBudget(clock);
    expect([budget.charge('candle', true).kind, budget.charge('ticker', true).kind]).toEqual([
      'ok',
      'limited',
    ]);
    expect(budget.takeOrigin()).toBe(false);
    clock.advance(10_000);
    expect(budget.takeOrigin()).toBe(true);
  });
});
