import { expect, test } from 'vitest';
import { algoStatusOf, type Successor, statusOf } from './account-status.ts';

test.each([
  ['NEW', 'NEW'],
  ['PARTIALLY_FILLED', 'PARTIALLY_FILLED'],
  ['FILLED', 'FILLED'],
  ['CANCELED', 'CANCELED'],
  ['REJECTED', 'REJECTED'],
  ['EXPIRED', 'EXPIRED'],
  ['EXPIRED_IN_MATCH', 'EXPIRED'],
])('a regular order that is %s is %s', (word, status) => {
  expect(statusOf(word)).toBe(status);
});

const NOBODY: Successor = { isNamed: false, filled: 'none' };

test.each<[string, Successor, string]>([
  ['NEW', NOBODY, 'PENDING_TRIGGER'],
  ['TRIGGERING', NOBODY, 'PENDING_TRIGGER'],
  // Nobody to follow yet: it is still the only row there is.
  ['TRIGGERED', NOBODY, 'PENDING_TRIGGER'],
  ['TRIGGERED', { isNamed: true, filled: 'none' }, 'EXPIRED'],
  ['FINISHED', { isNamed: true, filled: 'whole' }, 'FILLED'],
  ['FINISHED', { isNamed: true, filled: 'part' }, 'CANCELED'],
  ['FINISHED', { isNamed: true, filled: 'none' }, 'EXPIRED'],
  ['CANCELED', NOBODY, 'CANCELED'],
  ['REJECTED', NOBODY, 'REJECTED'],
  ['EXPIRED', NOBODY, 'EXPIRED'],
])('a conditional order that is %s, %o, is %s', (word, successor, status) => {
  expect(algoStatusOf(word, successor)).toBe(status);
});

test.each(['PENDING_CANCEL', 'new', '', undefined, null, 7, '__proto__', 'toString'])(
  'what nobody knows throws: %s',
  (word) => {
    const unknown = expect.objectContaining({ code: 'order.status-unknown' });
    expect(() => statusOf(word)).toThrow(unknown);
    expect(() => algoStatusOf(word, NOBODY)).toThrow(unknown);
  },
);

test('the words of one list are unknown in the other', () => {
  const unknown = expect.objectContaining({ code: 'order.status-unknown' });
  expect(() => statusOf('TRIGGERED')).toThrow(unknown);
  expect(() => algoStatusOf('PARTIALLY_FILLED', NOBODY)).toThrow(unknown);
});
