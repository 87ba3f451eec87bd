import { expect, test } from 'vitest';
import { statusOf } from './account-status.ts';

const none = { executed: '0', quantity: '1' };
const half = { executed: '0.5', quantity: '1' };
const whole = { executed: '1', quantity: '1.0' };
const byTotal = { executed: '0.5' };

test.each([
  ['wait', none, 'NEW'],
  ['wait', half, 'PARTIALLY_FILLED'],
  ['watch', none, 'PENDING_TRIGGER'],
  ['trade', half, 'PARTIALLY_FILLED'],
  ['trade', whole, 'FILLED'],
  ['trade', byTotal, 'PARTIALLY_FILLED'],
  ['done', whole, 'FILLED'],
  ['done', half, 'EXPIRED'],
  ['done', byTotal, 'FILLED'],
  ['done', { executed: '0' }, 'EXPIRED'],
  ['cancel', none, 'CANCELED'],
  ['cancel', half, 'CANCELED'],
  ['cancel', { ...half, cancelType: 'user' }, 'CANCELED'],
  ['cancel', { ...half, cancelType: 'tif_cancel' }, 'EXPIRED'],
  ['cancel', { ...none, cancelType: 'stp_cancel' }, 'EXPIRED'],
  ['cancel', { ...none, cancelType: 'something_new' }, 'CANCELED'],
  ['cancel', { ...whole, cancelType: 'tif_cancel' }, 'FILLED'],
  ['prevented', half, undefined],
  ['', none, undefined],
  ['Wait', none, undefined],
] as const)('%s with %o is %s', (state, facts, status) => {
  expect(statusOf({ state, ...facts })).toBe(status);
});
