import { expect, test } from 'vitest';
import type { OrderVerdict } from '../order.ts';
import { accountRefusalOf } from './account-refusal.ts';
import { verdictOf } from './order-verdict.ts';

const NOW = 1_795_000_001_000;
const ACTIONS = ['place', 'amend', 'cancel'] as const;

/** Through the reading of refusals that the engine does: nothing may be lost on the way. */
function verdicts(status: number, body: string) {
  const refusal = accountRefusalOf(status, new Headers(), body, NOW);
  if (refusal === undefined) throw new Error('no refusal');
  return ACTIONS.map((action) => verdictOf(action, status, refusal)).join(' ');
}

const said = (retCode: number, retMsg = 'Words of the venue.') =>
  JSON.stringify({ retCode, retMsg, result: {}, retExtInfo: {}, time: NOW });
const same = (verdict: OrderVerdict) => `${verdict} ${verdict} ${verdict}`;
const GONE = 'unknown gone gone';

/** Code, what it proves of place, amend, cancel; the section of the fact sheet. */
test.each<[number, string, string]>([
  [10000, same('unknown'), '6: ambiguous'],
  [10001, same('rejected'), '6'],
  [10002, same('unsent'), '5.1'],
  [10003, same('unsent'), '6'],
  [10004, same('unsent'), '6'],
  [10005, same('rejected'), '6'],
  [10006, same('unsent'), '6'],
  [10007, same('unsent'), '6'],
  [10009, same('unsent'), '6'],
  [10010, same('unsent'), '6'],
  [10014, same('unknown'), '6: a duplicate'],
  [10016, same('unknown'), '6: ambiguous'],
  [10018, same('unsent'), '6'],
  [10019, same('unknown'), '5.6: in flight'],
  [10024, same('unsent'), '6'],
  [10027, same('rejected'), '6'],
  [10029, same('rejected'), '6'],
  [10429, same('unsent'), '6'],
  [429, same('unsent'), '6'],
  [33004, same('unsent'), '6'],
  [110001, GONE, '6'],
  [110003, same('rejected'), '6'],
  [110004, same('rejected'), '6'],
  [110007, same('rejected'), '6'],
  [110008, GONE, '6'],
  [110010, GONE, '6'],
  [110012, same('rejected'), '6'],
  [110017, same('rejected'), '6'],
  [110020, same('rejected'), '6'],
  [110025, 'unknown unchanged unchanged', '6'],
  [110026, 'unknown unchanged unchanged', '6'],
  [110043, 'unknown unchanged unchanged', '6'],
  [110045, same('rejected'), '6'],
  [110052, same('rejected'), '6'],
  [110072, 'exists unknown unknown', '5.5'],
  [110079, same('unknown'), '6: still processing'],
  [110094, same('rejected'), '6'],
  [110120, same('rejected'), '6'],
  [110121, same('rejected'), '6'],
  [170007, same('unknown'), '6: ambiguous'],
  [170032, same('unknown'), '6: ambiguous'],
  [170033, same('rejected'), '6'],
  [170131, same('rejected'), '6'],
  [170136, same('rejected'), '6'],
  [170137, same('rejected'), '6'],
  [170139, GONE, '6'],
  [170140, same('rejected'), '6'],
  [170141, 'exists unknown unknown', '5.5'],
  [170142, GONE, '6'],
  [170146, same('unknown'), '6: ambiguous'],
  [170147, same('unknown'), '6: ambiguous'],
  [170190, GONE, '6: a cancel that has finished'],
  [170191, same('unknown'), '6: try later'],
  [170193, same('rejected'), '6'],
  [170194, same('rejected'), '6'],
  [170213, GONE, '6'],
  // What no sheet names is never definitive.
  [170001, same('unknown'), 'none'],
  [110999, same('unknown'), 'none'],
  [1, same('unknown'), 'none'],
])('%i proves %s (section %s)', (code, expected) => {
  expect(verdicts(200, said(code))).toBe(expected);
});

test('an amendment that changes nothing is told by words alone', () => {
  const words = 'The order remains unchanged as the parameters entered match the existing ones.';
  expect(verdicts(200, said(10001, words))).toBe('rejected unchanged rejected');
});

test.each<[number, string, string, string]>([
  [408, '', same('unknown'), 'none'],
  [500, '', same('unknown'), '6: 5xx'],
  [502, '<html>bad gateway</html>', same('unknown'), '6: 5xx'],
  [503, '', same('unknown'), '6: 5xx'],
  [504, '', same('unknown'), '6: 5xx'],
  // No code makes an outage definitive.
  [500, said(110007), same('unknown'), '6: 5xx'],
  [400, '', same('unknown'), 'none'],
  [404, '<html>not found</html>', same('unknown'), 'none'],
  [403, 'access too frequent', same('unsent'), '6'],
  [429, '', same('unsent'), '6'],
  [451, '', same('unsent'), '1: regions'],
])('HTTP %i %s proves %s (section %s)', (status, body, expected) => {
  expect(verdicts(status, body)).toBe(expected);
});
