import { expect, test } from 'vitest';
import { accountRefusalOf, isAboutKey } from './account-refusal.ts';

const told = (status: number, body: string) =>
  accountRefusalOf(status, new Headers(), body, 1_795_000_000_000);
const error = (name: string, message = 'm') => JSON.stringify({ error: { name, message } });

test.each([
  [401, 'invalid_access_key', 'wrong-key'],
  [401, 'no_authorization_token', 'wrong-key'],
  [401, 'jwt_verification', 'wrong-secret'],
  [401, 'expired_access_key', 'expired'],
  [401, 'no_authorization_i_p', 'address'],
  [401, 'no_authorization_ip', 'address'],
  [401, 'out_of_scope', 'permission'],
  [403, 'out_of_scope', 'permission'],
  [404, 'order_not_found', 'not-found'],
  // Ours to answer for, not the key's.
  [401, 'nonce_used', 'venue.error'],
  [401, 'invalid_query_payload', 'venue.error'],
  [400, 'create_bid_error', 'venue.error'],
  [400, 'create_ask_error', 'venue.error'],
  [400, 'validation_error', 'venue.error'],
  [400, 'invalid_price_bid', 'venue.error'],
  [400, 'under_min_total_ask', 'venue.error'],
  [400, 'insufficient_funds_bid', 'venue.error'],
  [403, 'thirdparty_agreement_required', 'venue.error'],
  // Withdrawals are locked in the app, which a person may undo: the key has the right.
  [403, 'open_api_withdraw_locked', 'venue.error'],
  [404, 'withdraw_not_found', 'venue.error'],
  [500, 'server_error', 'venue.error'],
  [503, 'server_error', 'maintenance'],
] as const)('HTTP %s with %s is %s', (status, name, code) => {
  expect(told(status, error(name))).toEqual({ code, venueCode: name, message: 'm' });
});

test.each([
  [
    429,
    error('too_many_requests'),
    { code: 'rate-limit', venueCode: 'too_many_requests', retryAfterMs: 1000 },
  ],
  [429, '', { code: 'rate-limit', venueCode: '429', retryAfterMs: 1000 }],
  [418, error('x', 'blocked for 120 seconds'), { code: 'ban', venueCode: 'x', retryAfterMs: 120_000 }],
  [401, '', { code: 'wrong-key', venueCode: '401' }],
  [403, '<html>', { code: 'geo', venueCode: '403' }],
  [502, '<html>', { code: 'venue.error', venueCode: '502' }],
])('HTTP %s with %s is %o', (status, body, refusal) => {
  expect(told(status, body)).toMatchObject(refusal);
});

test('a good answer is no refusal', () => {
  expect([told(200, '[]'), told(201, '{}')]).toEqual([undefined, undefined]);
});

test('what is wrong with a key stays wrong', () => {
  expect(['INVALID_AUTH', 'jwt_verification', 'expired_access_key', 'WRONG_FORMAT'].map(isAboutKey)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
