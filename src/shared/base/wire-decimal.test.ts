import { expect, test } from 'vitest';
import { parseExactJson } from './exact-json.ts';
import type { WireObject } from './wire.ts';
import { exactDecimal, idText, optionalDecimal, optionalId } from './wire-decimal.ts';

const read = (json: string) => parseExactJson(`{"a":${json}}`) as WireObject;

test.each([
  ['1.16539E8', '116539000'],
  ['7.9276E-4', '0.00079276'],
  ['0.00077720', '0.0007772'],
  ['"0.00077720"', '0.0007772'],
  ['"116539000.00000000"', '116539000'],
  ['12345678901.123456789', '12345678901.123456789'],
  ['1.2345678901234567890E3', '1234.567890123456789'],
  ['1e-8', '0.00000001'],
  ['0', '0'],
  ['"0.0"', '0'],
])('%s is exactly %s', (json, text) => {
  expect(exactDecimal(read(json), 'a')).toBe(text);
});

test.each(['-1', '"-1"', '"1,000"', 'null', 'true', '""', '[]', '"NaN"', '"1e400"'])(
  '%s is no money',
  (json) => {
    expect(() => exactDecimal(read(json), 'a')).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  },
);

test('what is not told is absent', () => {
  const untold = ['null', '""'].map(read).concat([{}]);
  expect(untold.map((from) => [optionalDecimal(from, 'a'), optionalId(from, 'a')])).toEqual(
    untold.map(() => [undefined, undefined]),
  );
  expect(() => optionalDecimal(read('"x"'), 'a')).toThrow();
});

test('ids keep all their digits', () => {
  expect(
    ['"C0101000000001799653"', '1234567890123456789', '17'].map((json) => idText(read(json), 'a')),
  ).toEqual(['C0101000000001799653', '1234567890123456789', '17']);
  expect(() => idText(read('1.5'), 'a')).toThrow();
});
