import { expect, test } from 'vitest';
import { accountRefusalOf } from './account-refusal.ts';

const NOW = 1_795_000_001_000;
const NONE = new Headers();

function refused(status: number, body: unknown, headers: Record<string, string> = {}) {
  return accountRefusalOf(
    status,
    new Headers(headers),
    typeof body === 'string' ? body : JSON.stringify(body),
    NOW,
  );
}

test.each([
  [-1021, 400, 'clock'],
  [-5028, 400, 'clock'],
  [-1022, 400, 'wrong-secret'],
  [-2008, 400, 'wrong-key'],
  [-2014, 401, 'wrong-key'],
  [-2015, 401, 'wrong-key'],
  [-1125, 400, 'listen-key'],
  [-2011, 400, 'not-found'],
  [-2013, 400, 'not-found'],
  // Trading is restricted, whatever the key may do.
  [-4140, 400, 'venue.error'],
  [-4192, 400, 'venue.error'],
  [-4400, 400, 'venue.error'],
  [-4401, 400, 'venue.error'],
  [-1008, 503, 'maintenance'],
  [-1102, 400, 'venue.error'],
  [-1000, 500, 'venue.error'],
])('%i is %s', (code, status, meaning) => {
  expect(refused(status, { code, msg: 'Words of the venue.' })).toEqual({
    code: meaning,
    venueCode: String(code),
    message: `${status} ${code} Words of the venue.`,
  });
});

test('an unknown key, a foreign address and a missing right are one code: its words are kept', () => {
  const msg = 'Invalid API-key, IP, or permissions for action.';
  expect(refused(401, { code: -2015, msg })).toEqual({
    code: 'wrong-key',
    venueCode: '-2015',
    message: `401 -2015 ${msg}`,
  });
});

test('orders to wait name how long', () => {
  const tooMany = { code: -1003, msg: 'Too many requests.' };
  expect([
    refused(429, tooMany, { 'retry-after': '7' }),
    // The rest of the minute: budgets are counted by the clock's.
    refused(429, tooMany),
    refused(418, { code: -1003, msg: `Way too many requests; IP banned until ${NOW + 120_000}.` }),
    refused(400, { code: -1015, msg: 'Too many new orders.' }, { 'retry-after': '1' }),
    refused(403, '<html>request blocked</html>'),
  ]).toEqual([
    { code: 'rate-limit', venueCode: '-1003', message: '429 -1003 Too many requests.', retryAfterMs: 7_000 },
    {
      code: 'rate-limit',
      venueCode: '-1003',
      message: '429 -1003 Too many requests.',
      retryAfterMs: 60_000 - (NOW % 60_000),
    },
    {
      code: 'ban',
      venueCode: '-1003',
      message: `418 -1003 Way too many requests; IP banned until ${NOW + 120_000}.`,
      retryAfterMs: 120_000,
    },
    {
      code: 'rate-limit',
      venueCode: '-1015',
      message: '400 -1015 Too many new orders.',
      retryAfterMs: 1_000,
    },
    {
      code: 'ban',
      venueCode: 'HTTP 403',
      message: '403 <html>request blocked</html>',
      retryAfterMs: 300_000,
    },
  ]);
});

test('a 403 that knows the key is no firewall, a border is no ban, and 401 without words is the key', () => {
  expect([
    refused(403, { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' })?.code,
    refused(451, 'Service unavailable from a restricted location')?.code,
    refused(401, '')?.code,
  ]).toEqual(['wrong-key', 'geo', 'wrong-key']);
});

test('an answer is no refusal, whatever its rows are called', () => {
  expect([
    accountRefusalOf(200, NONE, '{"listenKey":"abc"}', NOW),
    accountRefusalOf(200, NONE, '[{"code":-2015}]', NOW),
    accountRefusalOf(200, NONE, '{"code":200,"msg":"success"}', NOW),
    accountRefusalOf(200, NONE, '', NOW),
  ]).toEqual([undefined, undefined, undefined, undefined]);
});
