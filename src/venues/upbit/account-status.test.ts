import { expect, test } from 'vitest';
import { statusOf } from './account-status.ts';

const limit = { orderType: 'limit', executed: '0', remaining: '1' };
const half = { ...limit, executed: '0.5', remaining: '0.5' };
const whole = { ...limit, executed: '1', remaining: '0' };
const byTotal = { orderType: 'price', executed: '0.0000862', total: '10000', funds: '9999.2' };

test.each([
  ['wait', limit, 'NEW'],
  ['wait', half, 'PARTIALLY_FILLED'],
  ['watch', limit, 'PENDING_TRIGGER'],
  ['trade', half, 'PARTIALLY_FILLED'],
  ['trade', whole, 'FILLED'],
  ['trade', byTotal, 'PARTIALLY_FILLED'],
  ['done', whole, 'FILLED'],
  ['done', byTotal, 'FILLED'],
  ['cancel', limit, 'CANCELED'],
  ['cancel', half, 'CANCELED'],
  ['cancel', { ...limit, timeInForce: 'post_only' }, 'CANCELED'],
  ['cancel', { ...limit, timeInForce: 'ioc' }, 'EXPIRED'],
  ['cancel', { ...half, timeInForce: 'ioc' }, 'EXPIRED'],
  ['cancel', { ...whole, timeInForce: 'ioc' }, 'FILLED'],
  ['cancel', { ...limit, timeInForce: 'fok' }, 'EXPIRED'],
  ['cancel', { ...half, orderType: 'best', timeInForce: 'ioc' }, 'EXPIRED'],
  ['cancel', { ...half, orderType: 'market' }, 'EXPIRED'],
  ['cancel', { ...whole, orderType: 'market' }, 'FILLED'],
  // What is left is less than any order may be.
  ['cancel', byTotal, 'FILLED'],
  ['cancel', { ...byTotal, total: '14999.1' }, 'FILLED'],
  ['cancel', { ...byTotal, total: '14999.2' }, 'EXPIRED'],
  ['cancel', { ...byTotal, quote: 'BTC', total: '0.01', funds: '0.00996' }, 'FILLED'],
  ['cancel', { ...byTotal, quote: 'BTC', total: '0.01', funds: '0.0099' }, 'EXPIRED'],
  ['cancel', { ...byTotal, quote: 'USDT', total: '10', funds: '9.51' }, 'FILLED'],
  ['cancel', { orderType: 'price', executed: '0', total: '10000', funds: '0' }, 'EXPIRED'],
  ['cancel', { orderType: 'price', executed: '0.1' }, 'FILLED'],
  ['prevented', half, 'PARTIALLY_FILLED'],
  ['prevented', limit, 'NEW'],
  ['prevented', { ...half, remaining: '0' }, 'CANCELED'],
  ['frozen', limit, undefined],
  ['', limit, undefined],
  ['WAIT', limit, undefined],
] as const)('%s with %o is %s', (state, facts, status) => {
  expect(statusOf({ state, quote: 'KRW', ...facts })).toBe(status);
});
