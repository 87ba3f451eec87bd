import { expect, it } from 'vitest';
import type { TrustReason } from '#shared/domain/order-check.ts';
import { PROOFS, proofStates } from './proofs.ts';

const told = (reason: TrustReason) => {
  const states = proofStates({ kind: 'blocked', reason, canOverride: true });
  return PROOFS.map((proof) => states[proof]).join(' ');
};

it('calls proven only what was judged before the first that fails', () => {
  expect([
    told('halted'),
    told('disarmed'),
    told('account-down'),
    told('stream-silent'),
    told('clock'),
    told('resumed'),
    told('book-old'),
    Object.values(proofStates({ kind: 'ok' })).join(' '),
    Object.values(proofStates(undefined)).join(' '),
  ]).toEqual([
    'open open open open',
    'open open open open',
    'bad open open open',
    'ok bad open open',
    'ok ok bad open',
    'bad ok ok open',
    'ok ok ok bad',
    'ok ok ok ok',
    'open open open open',
  ]);
});
