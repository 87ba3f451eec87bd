import { expect, test } from 'vitest';
import type { OrderVerdict } from '../order.ts';
import { bithumbAccount } from './account.ts';

type Action = 'place' | 'amend' | 'cancel';

/** From the answer itself to what it proves, as the engine goes. */
function verdict(action: Action, status: number, body: string): OrderVerdict {
  const refusal = bithumbAccount.refusalOf(status, new Headers(), body, 1_795_000_000_000);
  if (!refusal) throw new Error('not refused');
  return bithumbAccount.orders.verdictOf(action, status, refusal);
}

const named = (name: string | number, message = '') => JSON.stringify({ error: { name, message } });

// Fact sheet, section 6, error by error.
test.each<[OrderVerdict, OrderVerdict, number, string]>([
  ['rejected', 'rejected', 400, 'invalid_parameter'],
  ['rejected', 'rejected', 400, 'invalid_price'],
  ['rejected', 'rejected', 400, 'invalid_price_bid'],
  ['rejected', 'rejected', 400, 'invalid_price_ask'],
  ['rejected', 'rejected', 400, 'under_price_limit_bid'],
  ['rejected', 'rejected', 400, 'under_price_limit_ask'],
  ['rejected', 'rejected', 400, 'under_min_total_bid'],
  ['rejected', 'rejected', 400, 'insufficient_funds_ask'],
  ['rejected', 'rejected', 400, 'cross_trading'],
  ['rejected', 'rejected', 400, 'bank_account_required'],
  ['rejected', 'rejected', 400, 'two_factor_auth_required'],
  ['rejected', 'rejected', 403, 'blocked_member_id'],
  ['rejected', 'rejected', 401, 'out_of_scope'],
  // Errors may come with HTTP 200 as well.
  ['rejected', 'rejected', 200, 'invalid_price'],
  ['unsent', 'unsent', 401, 'invalid_query_payload'],
  ['unsent', 'unsent', 401, 'expired_jwt'],
  ['unsent', 'unsent', 401, 'NotAllowIP'],
  ['unsent', 'unsent', 429, 'too_many_requests'],
  ['unsent', 'unsent', 200, 'too_many_requests'],
  // Also what a token gets that was there before.
  ['unknown', 'unknown', 401, 'jwt_verification'],
  ['exists', 'unknown', 422, 'order_not_ready'],
  ['unknown', 'gone', 404, 'order_not_found'],
  ['unknown', 'unknown', 404, 'not_found'],
  ['unknown', 'unknown', 500, 'server_error'],
  ['unknown', 'unknown', 503, 'invalid_parameter'],
  ['unknown', 'unknown', 400, 'a_name_of_tomorrow'],
])('to an order %s, to a cancel %s: %i %s', (place, cancel, status, name) => {
  expect([verdict('place', status, named(name)), verdict('cancel', status, named(name))]).toEqual([
    place,
    cancel,
  ]);
});

test('a key that has ended is turned away at the door', () => {
  expect(verdict('place', 401, named('jwt_verification', '만료된 API Key 입니다.'))).toBe('unsent');
});

// Section 5.4; whether there is such an error is not known (section 9).
test.each([
  ['duplicate_client_order_id', ''],
  ['client_order_id_in_use', ''],
  ['invalid_parameter', '이미 사용된 client_order_id 입니다.'],
  ['invalid_parameter', 'duplicated order'],
])('a used id is a sign that the order is there, never a rejection: %s %s', (name, message) => {
  expect(verdict('place', 400, named(name, message))).toBe('exists');
});

test.each([
  [400, '<html>Bad Request</html>'],
  [401, ''],
  [403, '<html>Forbidden</html>'],
  [404, '<html>Not Found</html>'],
  [408, named('invalid_parameter')],
  [414, ''],
  [422, ''],
  [451, ''],
  [500, ''],
  [502, '<html>Bad Gateway</html>'],
  [503, '<html>점검</html>'],
  [504, '{"error":'],
  [200, '<html>시스템 점검</html>'],
])('what the venue did not say by name proves nothing: %i %s', (status, body) => {
  expect([verdict('place', status, body), verdict('cancel', status, body)]).toEqual(['unknown', 'unknown']);
});

test('turned away for being too fast, with whatever page', () => {
  expect([verdict('place', 429, '<html></html>'), verdict('cancel', 418, '')]).toEqual(['unsent', 'unsent']);
});
