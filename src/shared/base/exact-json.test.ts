import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExactJson } from './exact-json.ts';

describe('exact JSON', () => {
  test.each([
    ['{"id":17901347431230001}', { id: '17901347431230001' }],
    ['{"id":9007199254740991}', { id: 9_007_199_254_740_991 }],
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id":1790133505546514,"a":5}', { id: 1_790_133_505_546_514, a: 5 }],
    ['[142009000.00000000,12103375.77710546]', [142_009_000, '12103375.77710546']],
    ['[1.16539E8,7.9276E-4,1.2345678901234567e-5]', [116_539_000, 0.00079276, '1.2345678901234567e-5']],
    [
      '{"text":"17901347431230001","deep":[{"n":-17901347431230001}]}',
      {
        text: '17901347431230001',
        deep: [{ n: '-17901347431230001' }],
      },
    ],
    ['"99999999999999999999"', '99999999999999999999'],
  ])('%s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  test('no digit of a number is ever lost', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.nat({ max: 12 }), (digits, places) => {
        const text = String(digits).padStart(places + 1, '0');
        const point = text.length - places;
        const source = places === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
        const [parsed] = parseExactJson(`[${source}]`) as [number | string];
        if (typeof parsed === 'string') expect(parsed).toBe(source);
        else
          expect(BigInt(Math.round(parsed * 10 ** places)) === digits || parsed === Number(source)).toBe(
            true,
          );
        const isWhole = digits % 10n ** BigInt(places) === 0n;
        // What comes as a number prints with the same digits again.
        if (typeof parsed === 'number' && isWhole)
          expect(BigInt(parsed) * 10n ** BigInt(places)).toBe(digits);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is no JSON throws as JSON.parse does', () => {
    expect(() => parseExactJson('{"id":17901347431230001')).toThrow(SyntaxError);
  });
});
