import { expect, test } from 'vitest';
import { accountRefusalOf } from './account-refusal.ts';

const NOW = 1_795_000_001_000;

function refused(status: number, body: unknown, headers: Record<string, string> = {}) {
  return accountRefusalOf(
    status,
    new Headers(headers),
    typeof body === 'string' ? body : JSON.stringify(body),
    NOW,
  );
}

test.each([
  [10002, 'clock'],
  [10003, 'wrong-key'],
  [10004, 'wrong-secret'],
  [10005, 'permission'],
  [10007, 'wrong-key'],
  [10010, 'address'],
  [10024, 'geo'],
  // Banned from trading, whatever the key may do.
  [10027, 'venue.error'],
  [10029, 'permission'],
  [33004, 'expired'],
  [110001, 'not-found'],
  [170213, 'not-found'],
  [10000, 'maintenance'],
  [10016, 'maintenance'],
  [10001, 'venue.error'],
  [181001, 'venue.error'],
])('%i is %s, though the answer is HTTP 200', (retCode, meaning) => {
  expect(refused(200, { retCode, retMsg: 'Words of the venue.', result: {} })).toEqual({
    code: meaning,
    venueCode: String(retCode),
    message: `200 ${retCode} Words of the venue.`,
  });
});

test('orders to wait name how long', () => {
  const body = (retCode: number) => ({ retCode, retMsg: 'Too many visits!', result: {} });
  expect([
    refused(200, body(10006), { 'x-bapi-limit-reset-timestamp': String(NOW + 340) }),
    refused(200, body(10006)),
    refused(200, body(10018)),
    refused(403, 'access too frequent'),
    refused(200, body(10009)),
  ]).toEqual([
    { code: 'rate-limit', venueCode: '10006', message: '200 10006 Too many visits!', retryAfterMs: 340 },
    { code: 'rate-limit', venueCode: '10006', message: '200 10006 Too many visits!', retryAfterMs: 1_000 },
    { code: 'rate-limit', venueCode: '10018', message: '200 10018 Too many visits!', retryAfterMs: 5_000 },
    { code: 'ban', venueCode: 'HTTP 403', message: '403 access too frequent', retryAfterMs: 600_000 },
    { code: 'ban', venueCode: '10009', message: '200 10009 Too many visits!', retryAfterMs: 600_000 },
  ]);
});

test('a border is no ban, and 401 without words is the key', () => {
  expect([
    refused(403, 'The Amazon CloudFront distribution is configured to block access from your country.')?.code,
    refused(401, '')?.code,
    refused(429, '')?.code,
  ]).toEqual(['geo', 'wrong-key', 'rate-limit']);
});

test('an answer is no refusal', () => {
  expect([
    refused(200, { retCode: 0, retMsg: 'OK', result: { list: [{ retCode: 10003 }] } }),
    refused(200, 'OK'),
  ]).toEqual([undefined, undefined]);
});
