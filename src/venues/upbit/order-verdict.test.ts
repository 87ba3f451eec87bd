import { expect, test } from 'vitest';
import type { OrderVerdict } from '../order.ts';
import { upbitAccount } from './account.ts';

type Action = 'place' | 'amend' | 'cancel';

/** From the answer itself to what it proves, as the engine goes. */
function verdict(action: Action, status: number, body: string): OrderVerdict {
  const refusal = upbitAccount.refusalOf(status, new Headers(), body, 1_795_000_000_000);
  if (!refusal) throw new Error('not refused');
  return upbitAccount.orders.verdictOf(action, status, refusal);
}

const named = (name: string | number, message = '') => JSON.stringify({ error: { name, message } });

// Fact sheet, section 6, row by row.
test.each<[OrderVerdict, OrderVerdict, number, string]>([
  ['rejected', 'rejected', 400, 'validation_error'],
  ['rejected', 'rejected', 400, 'create_bid_error'],
  ['rejected', 'rejected', 400, 'create_ask_error'],
  ['rejected', 'rejected', 400, 'invalid_price_bid'],
  ['rejected', 'rejected', 400, 'invalid_price_ask'],
  ['rejected', 'rejected', 400, 'under_min_total_bid'],
  ['rejected', 'rejected', 400, 'under_min_total_ask'],
  ['rejected', 'rejected', 400, 'over_max_total_bid'],
  ['rejected', 'rejected', 400, 'invalid_volume_ask'],
  ['rejected', 'rejected', 400, 'insufficient_funds_bid'],
  ['rejected', 'rejected', 400, 'insufficient_funds_ask'],
  ['rejected', 'rejected', 401, 'out_of_scope'],
  ['rejected', 'rejected', 403, 'out_of_scope'],
  ['unsent', 'unsent', 401, 'invalid_access_key'],
  ['unsent', 'unsent', 401, 'invalid_query_payload'],
  ['unsent', 'unsent', 401, 'jwt_verification'],
  ['unsent', 'unsent', 401, 'expired_access_key'],
  ['unsent', 'unsent', 401, 'no_authorization_i_p'],
  ['unsent', 'unsent', 401, 'no_authorization_ip'],
  ['unsent', 'unsent', 401, 'no_authorization_token'],
  ['unsent', 'unsent', 429, 'too_many_requests'],
  ['unsent', 'unsent', 418, 'too_many_requests'],
  // The request was there before.
  ['unknown', 'unknown', 401, 'nonce_used'],
  ['unknown', 'gone', 404, 'order_not_found'],
  ['unknown', 'unknown', 500, 'server_error'],
  ['unknown', 'unknown', 503, 'server_error'],
  ['unknown', 'unknown', 500, 'validation_error'],
  ['unknown', 'unknown', 400, 'a_name_of_tomorrow'],
])('to an order %s, to a cancel %s: %i %s', (place, cancel, status, name) => {
  expect([verdict('place', status, named(name)), verdict('cancel', status, named(name))]).toEqual([
    place,
    cancel,
  ]);
});

// Section 5.5; the name itself is not published (section 9).
test.each([
  ['duplicate_identifier', '이미 사용된 identifier 입니다.'],
  ['identifier_already_used', ''],
  ['validation_error', 'identifier has been used'],
  ['create_bid_error', '중복된 주문입니다.'],
])('a used identifier is a sign that the order may be there, never a rejection: %s %s', (name, message) => {
  expect(verdict('place', 400, named(name, message))).toBe('exists');
});

test.each([
  [400, '<html>Bad Request</html>'],
  [401, ''],
  [403, '<html>Forbidden</html>'],
  [404, named(404, 'Code not found')],
  [404, '<html>Not Found</html>'],
  [408, named('validation_error')],
  [451, ''],
  [500, ''],
  [502, '<html>Bad Gateway</html>'],
  [503, '<html>점검</html>'],
  [504, '{"error":'],
])('what the venue did not say by name proves nothing: %i %s', (status, body) => {
  expect([verdict('place', status, body), verdict('cancel', status, body)]).toEqual(['unknown', 'unknown']);
});

test.each([429, 418])('turned away for being too fast, with whatever page: %i', (status) => {
  expect([verdict('place', status, '<html></html>'), verdict('cancel', status, '')]).toEqual([
    'unsent',
    'unsent',
  ]);
});
