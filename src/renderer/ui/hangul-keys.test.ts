import { expect, it } from 'vitest';
import { hangulToKeys } from './hangul-keys.ts';

it('reads instrument names typed with the Hangul input method on', () => {
  // b t c · e t h · s o l (composed to one syllable) · x r p · d o g e
  expect(['ㅠㅅㅊ', 'ㄷ소', '내ㅣ', 'ㅌ게', '앻ㄷ', '갏', 'BTC-1'].map(hangulToKeys)).toEqual([
    'btc',
    'eth',
    'sol',
    'xrp',
    'doge',
    'rkfg',
    'BTC-1',
  ]);
});
