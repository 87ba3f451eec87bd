import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyRights, Right } from '#shared/domain/account.ts';
import { mergedRight, probedRight, verdictOf } from './rights.ts';

const NOW = 1_700_000_000_000;
const rights = (read: Right, trade: Right, withdraw: Right, transfer: Right): KeyRights => ({
  read,
  trade,
  withdraw,
  transfer,
  ipBound: 'unknown',
  checkedAt: NOW,
});

describe('what becomes of a key', () => {
  test.each<[Right, Right, Right, Right, string]>([
    // read, trade, withdraw, transfer
    ['yes', 'yes', 'no', 'no', 'trade'],
    ['yes', 'no', 'no', 'no', 'read-only no-trade'],
    ['yes', 'yes', 'yes', 'no', 'refused withdraw'],
    ['yes', 'no', 'yes', 'yes', 'refused withdraw'],
    ['yes', 'yes', 'no', 'yes', 'refused transfer'],
    ['yes', 'yes', 'unknown', 'yes', 'refused transfer'],
    ['no', 'yes', 'yes', 'no', 'refused withdraw'],
    ['no', 'yes', 'no', 'no', 'refused no-read'],
    ['no', 'unknown', 'unknown', 'unknown', 'refused no-read'],
    ['yes', 'yes', 'unknown', 'no', 'read-only rights-unknown'],
    ['yes', 'yes', 'no', 'unknown', 'read-only rights-unknown'],
    ['yes', 'unknown', 'no', 'no', 'read-only rights-unknown'],
    ['unknown', 'yes', 'no', 'no', 'read-only rights-unknown'],
    ['yes', 'no', 'unknown', 'unknown', 'read-only no-trade'],
  ])('that reads %s, trades %s, withdraws %s, transfers %s: %s', (...args) => {
    const [read, trade, withdraw, transfer, expected] = args;
    const verdict = verdictOf(rights(read, trade, withdraw, transfer));
    expect([verdict.kind, ...('reason' in verdict ? [verdict.reason] : [])].join(' ')).toBe(expected);
  });

  test('that has ended: refused, up to the very millisecond', () => {
    const kindAt = (expiresAt: number) => verdictOf({ ...rights('yes', 'yes', 'no', 'no'), expiresAt }).kind;
    expect([kindAt(NOW - 1), kindAt(NOW), kindAt(NOW + 1)]).toEqual(['refused', 'refused', 'trade']);
  });

  const any = fc.constantFrom<Right>('yes', 'no', 'unknown');

  test('never may trade unless everything about it is known and nothing of it is dangerous', () => {
    fc.assert(
      fc.property(any, any, any, any, (read, trade, withdraw, transfer) => {
        const isTrade = verdictOf(rights(read, trade, withdraw, transfer)).kind === 'trade';
        const isSafe = `${read} ${trade} ${withdraw} ${transfer}` === 'yes yes no no';
        expect(isTrade).toBe(isSafe);
      }),
    );
  });

  const name = fc.constantFrom('read', 'trade', 'withdraw', 'transfer', 'ipBound');

  test('of two sources the more cautious one counts, whichever comes first', () => {
    fc.assert(
      fc.property(name, any, any, (right, one, other) => {
        const merged = mergedRight(right, one, other);
        const cautious = right === 'withdraw' || right === 'transfer' ? 'yes' : 'no';
        expect(merged).toBe(mergedRight(right, other, one));
        if (one === cautious || other === cautious) expect(merged).toBe(cautious);
        if (one === 'unknown') expect(merged).toBe(other);
      }),
    );
  });

  test('of several parts, needed rights take all, and feared ones take one', () => {
    const of = (right: 'read' | 'withdraw', ...parts: Right[]) => probedRight(right, parts);
    expect([
      of('read', 'yes', 'yes'),
      of('read', 'yes', 'no'),
      of('read', 'yes', 'unknown'),
      of('read', 'unknown', 'no'),
      of('read'),
      of('withdraw', 'no', 'no'),
      of('withdraw', 'no', 'yes'),
      of('withdraw', 'no', 'unknown'),
      of('withdraw', 'unknown', 'yes'),
    ]).toEqual(['yes', 'no', 'unknown', 'no', 'unknown', 'no', 'yes', 'unknown', 'yes']);
  });
});
