import { describe, expect, test } from 'vitest';
import { handshakeRefusal } from './handshake-refusal.ts';

const told = (status: number, retryAfter?: string, body = '') => {
  const { cause, retryAfterMs } = handshakeRefusal(status, retryAfter, body);
  return retryAfterMs === undefined ? cause.code : `${cause.code} ${retryAfterMs}`;
};

describe('a refused handshake', () => {
  test('is told apart by its status, and a border from a limit by its marks', () => {
    expect({
      unauthorised: told(401),
      border: told(
        403,
        undefined,
        '<h1>The distribution is configured to block access from your country.</h1>',
      ),
      legal: told(451, undefined, 'Unavailable for legal reasons'),
      tooOften: told(403, undefined, '{"ret_msg":"access too frequent"}'),
      tooOftenUntil: told(403, '30', 'Forbidden'),
      limit: told(429),
      limitUntil: told(429, '7'),
      ban: told(418),
      banUntil: told(418, '120'),
      away: told(503),
      awayUntil: told(503, '60'),
      gateway: told(502),
    }).toEqual({
      unauthorised: 'auth',
      border: 'geo',
      legal: 'geo',
      tooOften: 'ban 600000',
      tooOftenUntil: 'ban 30000',
      limit: 'rate-limit',
      limitUntil: 'rate-limit 7000',
      ban: 'ban 120000',
      banUntil: 'ban 120000',
      away: 'maintenance',
      awayUntil: 'maintenance 60000',
      gateway: 'socket.handshake',
    });
  });

  test('takes nonsense in Retry-After for none, and no order to wait for years', () => {
    expect([told(429, 'soon'), told(429, '-3'), told(429, ''), told(418, '1e12')]).toEqual([
      'rate-limit',
      'rate-limit',
      'rate-limit',
      'ban 259200000',
    ]);
  });

  test('quotes what was said without its markup, and not all of it', () => {
    const { cause } = handshakeRefusal(403, undefined, `<b>no</b>\n<p>${'x'.repeat(5000)}`);
    expect([cause.detail.slice(0, 38), cause.detail.length < 200]).toEqual([
      'handshake answered with HTTP 403: no x',
      true,
    ]);
  });
});
