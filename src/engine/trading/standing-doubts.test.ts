import { expect, test } from 'vitest';
import { createStandingDoubts } from './standing-doubts.ts';
import { ACCOUNT, stageTrading } from './test-kit/scripted-account.ts';

const doubt = { kind: 'reread', what: 'positions' } as const;

test('what a fill leaves open is no reason to keep orders back, what nobody could read in five seconds is', () => {
  const { clock, accounts, apply } = open();
  const doubts = createStandingDoubts(clock, accounts);
  const seen = [doubts.isOverdue(ACCOUNT)];
  apply(doubt);
  seen.push(doubts.isOverdue(ACCOUNT));
  clock.advance(4999);
  seen.push(doubts.isOverdue(ACCOUNT));
  clock.advance(1);
  seen.push(doubts.isOverdue(ACCOUNT));
  expect(seen).toEqual([false, false, false, true]);
});

test('a doubt that was there before anybody looked has its time too, and a newer one has its own', () => {
  const { clock, accounts, apply } = open();
  apply(doubt);
  const doubts = createStandingDoubts(clock, accounts);
  clock.advance(4000);
  apply(doubt);
  clock.advance(4000);
  const isNewer = doubts.isOverdue(ACCOUNT);
  clock.advance(1000);
  expect([isNewer, doubts.isOverdue(ACCOUNT)]).toEqual([false, true]);
});

test('what was read again is no doubt any more, and balances never are', () => {
  const { clock, accounts, apply } = open();
  const doubts = createStandingDoubts(clock, accounts);
  apply({ kind: 'reread', what: 'balances' });
  apply(doubt);
  clock.advance(6000);
  const before = doubts.isOverdue(ACCOUNT);
  apply({ kind: 'snapshot', since: 99, positions: [], receivedAt: clock.now() } as never);
  expect([before, doubts.isOverdue(ACCOUNT)]).toEqual([true, false]);
});

function open() {
  const stage = stageTrading();
  return { ...stage, apply: stage.apply.bind(stage) };
}
