import { expect, test } from 'vitest';
import { accountRefusalOf } from './account-refusal.ts';

const told = (status: number, body: string) => accountRefusalOf(status, new Headers(), body, 0);
const error = (name: string | number, message = 'm') => JSON.stringify({ error: { name, message } });

test.each([
  [401, 'jwt_verification', 'wrong-key'],
  [401, 'expired_jwt', 'clock'],
  [401, 'NotAllowIP', 'address'],
  [401, 'out_of_scope', 'permission'],
  [403, 'out_of_scope', 'permission'],
  [401, 'invalid_access_key', 'wrong-key'],
  [401, 'expired_access_key', 'expired'],
  [404, 'order_not_found', 'not-found'],
  // Ours to answer for, or the member's, not the key's.
  [401, 'invalid_query_payload', 'venue.error'],
  [403, 'blocked_member_id', 'venue.error'],
  [400, 'invalid_parameter', 'venue.error'],
  [400, 'invalid_price', 'venue.error'],
  [400, 'invalid_price_bid', 'venue.error'],
  [400, 'under_price_limit_ask', 'venue.error'],
  [400, 'cross_trading', 'venue.error'],
  [400, 'bank_account_required', 'venue.error'],
  [400, 'two_factor_auth_required', 'venue.error'],
  // It exists.
  [422, 'order_not_ready', 'venue.error'],
  [500, 'server_error', 'venue.error'],
  [503, 'server_error', 'maintenance'],
  // As public calls answer.
  [200, 'order_not_found', 'not-found'],
] as const)('HTTP %s with %s is %s', (status, name, code) => {
  expect(told(status, error(name))).toEqual({ code, venueCode: name, message: 'm' });
});

test.each([
  [429, '', { code: 'rate-limit', venueCode: '429' }],
  [418, '', { code: 'ban', venueCode: '418' }],
  [401, '', { code: 'wrong-key', venueCode: '401' }],
  [
    401,
    error('jwt_verification', '만료된 API Key 입니다.'),
    { code: 'expired', venueCode: 'jwt_verification' },
  ],
  [403, '<html>', { code: 'geo', venueCode: '403' }],
  [502, '<html>', { code: 'venue.error', venueCode: '502' }],
  [404, '{"name":"not_found","message":"m"}', { code: 'venue.error', venueCode: 'not_found' }],
  [200, '<html>서버 점검</html>', { code: 'maintenance' }],
])('HTTP %s with %s is %o', (status, body, refusal) => {
  expect(told(status, body)).toMatchObject(refusal);
});

test.each(['[]', '{"order_id":"C01","state":"wait"}', '{"data":[],"next_key":null}'])(
  '%s is no refusal',
  (body) => {
    expect(told(200, body)).toBeUndefined();
  },
);
