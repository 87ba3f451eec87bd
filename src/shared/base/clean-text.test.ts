import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

test.each([
  ['my key', 'my key'],
  ['  내 계좌 №1 – é  ', '내 계좌 №1 – é'],
  ['main\nQuantity: 0.001 BTC', 'main Quantity: 0.001 BTC'],
  ['a\u001b[2J\u001b[31mb', 'a [2J [31mb'],
  ['a\r\u0000\u0007\u0085b', 'a b'],
  ['1\u202e000,1\u202c \u2066x\u2069', '1 000,1 x'],
  ['a\u200b\u200d\u2028\u2029\ufeffb\u3164', 'a b'],
  ['\ud800x\udfff', 'x'],
  ['', ''],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
  ['😀'.repeat(60), '😀'.repeat(60)],
])('%j becomes %j', (given, shown) => {
  expect(cleanText(given)).toBe(shown);
});

test('whatever is given, one short line of visible text comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const shown = cleanText(text);
      expect([...shown].length).toBeLessThanOrEqual(60);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(cleanText(shown)).toBe(shown);
    }),
  );
});
