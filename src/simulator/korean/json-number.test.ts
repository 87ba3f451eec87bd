import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDecimal } from '../test-kit/exact-json.ts';
import { doubleText, eightDigits, plain, ratioText, tinyText } from './json-number.ts';

describe('numbers on the Korean wire', () => {
  it('are spelt as the venues’ own samples spell them', () => {
    expect({
      price: doubleText('116539000'),
      round: doubleText('100000000'),
      belowTenMillion: doubleText('9999999'),
      cheap: doubleText('0.0128'),
      tiny: doubleText('0.00079276'),
      nothing: doubleText('0'),
      fall: doubleText('-685000'),
      size: eightDigits('0.0007772'),
      whole: eightDigits('5'),
      simpleSize: [tinyText('0.00079276'), tinyText('0.0134662'), tinyText('12103375.77710546')],
      ratio: ratioText(-0.0072164514),
      noRatio: ratioText(0),
      plain: plain(205_000_000, 8),
    }).toEqual({
      price: '1.16539E8',
      round: '1.0E8',
      belowTenMillion: '9999999.0',
      cheap: '0.0128',
      tiny: '7.9276E-4',
      nothing: '0.0',
      fall: '-685000.0',
      size: '0.00077720',
      whole: '5.00000000',
      simpleSize: ['7.9276E-4', '0.0134662', '12103375.77710546'],
      ratio: '-0.0072164514',
      noRatio: '0.0',
      plain: '2.05',
    });
  });

  it('say exactly the value they were made from, in every spelling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 0, max: 8 }),
        (value, scale) => {
          const text = plain(value, scale);
          for (const spelling of [doubleText, tinyText, eightDigits]) {
            expect(plainDecimal(spelling(text))).toBe(text);
            expect(Number(spelling(text))).toBe(Number(text));
          }
        },
      ),
    );
  });
});
