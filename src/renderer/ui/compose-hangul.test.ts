import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keysToHangul, mendFirstLetter } from './compose-hangul.ts';
import { hangulToKeys } from './hangul-keys.ts';

it('writes what the two-set layout writes', () => {
  const keys = [
    'qlxmzhdls',
    'dlejfldna',
    'fl vmf',
    'qxzd',
    'dksw',
    'rhksckf',
    'hkhk',
    'QkRkWk',
    'ekfrdl',
    'ekfr',
  ];
  expect(keys.map(keysToHangul)).toEqual([
    '비트코인',
    '이더리움',
    '리 플',
    'ㅂㅌㅋㅇ',
    '앉',
    '관찰',
    'ㅘㅘ',
    '빠까짜',
    '닭이',
    '닭',
  ]);
});

it('is the way back from Hangul to keys', () => {
  const syllables = fc.array(fc.integer({ min: 0xac00, max: 0xd7a3 }), { maxLength: 12 });
  fc.assert(
    fc.property(syllables, (codes) => {
      const text = String.fromCodePoint(...codes);
      expect(keysToHangul(hangulToKeys(text))).toBe(text);
    }),
    { seed: 7, numRuns: 300 },
  );
});

it('mends a word whose first letter came before the input method did, and nothing else', () => {
  const typed = [
    'qㅣ트',
    'ㅂㅣ트코인',
    'qㅌㅋㅇ',
    'ㅂㅌㅋㅇ',
    'btc',
    'BTC비트',
    '비트',
    'q',
    'qㅣ트 업비트',
    '',
  ];
  expect(typed.map(mendFirstLetter)).toEqual([
    '비트',
    '비트코인',
    'ㅂㅌㅋㅇ',
    'ㅂㅌㅋㅇ',
    'btc',
    'BTC비트',
    '비트',
    'q',
    '비트 업비트',
    '',
  ]);
});
