import { expect, test } from 'vitest';
import type { OrderVerdict } from '../order.ts';
import { accountRefusalOf } from './account-refusal.ts';
import { verdictOf } from './order-verdict.ts';

const NOW = 1_795_000_001_000;
const ACTIONS = ['place', 'amend', 'cancel'] as const;

/** Through the reading of refusals that the engine does: nothing may be lost on the way. */
function verdicts(status: number, body: string, headers: Record<string, string> = {}) {
  const refusal = accountRefusalOf(status, new Headers(headers), body, NOW);
  if (refusal === undefined) throw new Error('no refusal');
  return ACTIONS.map((action) => verdictOf(action, status, refusal)).join(' ');
}

const same = (verdict: OrderVerdict) => `${verdict} ${verdict} ${verdict}`;

/** Code, HTTP status, what it proves of place, amend, cancel; the section of the fact sheet. */
test.each<[number, number, string, string]>([
  [-1000, 400, same('unknown'), '7: ambiguous'],
  [-1000, 500, same('unknown'), '7: ambiguous'],
  [-1001, 500, same('unknown'), '7: after a query'],
  [-1001, 400, same('unknown'), '7: after a query'],
  [-1003, 429, same('unsent'), '7'],
  [-1003, 418, same('unsent'), '7'],
  [-1003, 400, same('unsent'), '7'],
  [-1006, 400, same('unknown'), '7: ambiguous'],
  [-1007, 408, same('unknown'), '7: ambiguous'],
  [-1007, 400, same('unknown'), '7: ambiguous'],
  [-1008, 503, same('unsent'), '7: failed'],
  [-1008, 400, same('unsent'), '7: failed'],
  [-1015, 429, same('unsent'), '7'],
  [-1021, 400, same('unsent'), '6.1'],
  [-1022, 400, same('unsent'), '7'],
  [-1102, 400, same('rejected'), '7'],
  [-1106, 400, same('rejected'), '7'],
  [-1111, 400, same('rejected'), '7'],
  [-1116, 400, same('rejected'), '7'],
  [-1121, 400, same('rejected'), '7'],
  [-1128, 400, same('rejected'), '7'],
  [-1130, 400, same('rejected'), '7'],
  [-2008, 400, same('unsent'), '7'],
  [-2010, 400, same('rejected'), '7'],
  [-2011, 400, 'unknown gone gone', '7'],
  [-2013, 400, 'unknown gone gone', '7'],
  [-2014, 401, same('unsent'), '7'],
  [-2015, 401, same('unsent'), '7'],
  [-2018, 400, same('rejected'), '7'],
  [-2019, 400, same('rejected'), '7'],
  [-2020, 400, same('rejected'), '7'],
  [-2021, 400, same('rejected'), '7'],
  [-2022, 400, same('rejected'), '7'],
  [-2025, 400, same('rejected'), '7'],
  [-2027, 400, same('rejected'), '7'],
  [-2028, 400, same('rejected'), '7'],
  [-4003, 400, same('rejected'), '7'],
  [-4004, 400, same('rejected'), '7'],
  [-4005, 400, same('rejected'), '7'],
  [-4013, 400, same('rejected'), '7'],
  [-4014, 400, same('rejected'), '7'],
  [-4015, 400, same('rejected'), '6.6'],
  [-4016, 400, same('rejected'), '7'],
  [-4023, 400, same('rejected'), '7'],
  [-4024, 400, same('rejected'), '7'],
  [-4045, 400, same('rejected'), '6.5'],
  [-4061, 400, same('rejected'), '7'],
  [-4116, 400, 'exists rejected rejected', '6.6'],
  [-4118, 400, same('rejected'), '7'],
  [-4120, 400, same('rejected'), '6.5'],
  [-4131, 400, same('rejected'), '7'],
  [-4140, 400, same('rejected'), '7'],
  [-4142, 400, same('rejected'), '7'],
  [-4164, 400, same('rejected'), '7'],
  [-4192, 400, same('rejected'), '7'],
  [-4400, 400, same('rejected'), '7'],
  [-5021, 400, same('rejected'), '7'],
  [-5022, 400, same('rejected'), '7'],
  [-5027, 400, 'unknown unchanged unknown', 'none: the façade’s word for an amendment that changes nothing'],
  [-5028, 400, same('unsent'), '6.1'],
  // What no sheet names is never definitive, nor is any code in an answer that is an outage.
  [-1099, 400, same('unknown'), 'none'],
  [-2099, 400, same('unknown'), 'none'],
  [-9000, 400, same('unknown'), 'none'],
  [-2019, 500, same('unknown'), '7: 5xx'],
  [-4116, 502, same('unknown'), '7: 5xx'],
])('%i with HTTP %i proves %s (section %s)', (code, status, expected) => {
  expect(verdicts(status, JSON.stringify({ code, msg: 'Words of the venue.' }))).toBe(expected);
});

test.each<[number, string, string, string]>([
  [408, '', same('unknown'), '7: backend timeout'],
  [500, '', same('unknown'), '7'],
  [502, '<html>bad gateway</html>', same('unknown'), '7'],
  [503, 'Unknown error, please check your request or try again later.', same('unknown'), '7: state unknown'],
  [
    503,
    '{"code":-1000,"msg":"Unknown error, please check your request or try again later."}',
    same('unknown'),
    '7',
  ],
  // Said to mean "not executed"; but any proxy says it too.
  [503, 'Service Unavailable.', same('unknown'), '7'],
  [504, '', same('unknown'), '7'],
  [400, '<html>bad request</html>', same('unknown'), 'none: not the venue’s word'],
  [404, '', same('unknown'), 'none'],
  [403, '<html>request blocked</html>', same('unsent'), '7: firewall'],
  [429, '', same('unsent'), '7'],
  [418, '', same('unsent'), '7'],
  [451, 'restricted location', same('unsent'), '7'],
  [200, '{"code":-1007,"msg":"Timeout"}', same('unknown'), '7: ambiguous'],
  [200, '{"code":-2019,"msg":"Margin is insufficient."}', same('rejected'), '7'],
])('HTTP %i %s proves %s (section %s)', (status, body, expected) => {
  expect(verdicts(status, body)).toBe(expected);
});
