import { hangulToKeys } from './hangul-keys.ts';

// The keys of the standard two-set Korean layout, in the order Unicode lists the letters.
const INITIALS = 'r R s e E f a q Q t T d w W c z x v g'.split(' ');
const VOWELS = 'k o i O j p u P h hk ho hl y n nj np nl b m ml l'.split(' ');
const FINALS = ['', ...'r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g'.split(' ')];
const CONSONANTS = 'r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g'.split(' ');
const FIRST_SYLLABLE = 0xac00;
const FIRST_CONSONANT = 0x3131;
const FIRST_VOWEL = 0x314f;

/** Keys that are no letter of the layout with Shift are the plain one: `Y` types what `y` does. */
function plainKey(key: string): string {
  return INITIALS.includes(key) || VOWELS.includes(key) ? key : key.toLowerCase();
}

function letter(keys: string): string {
  const vowel = VOWELS.indexOf(keys);
  if (vowel >= 0) return String.fromCodePoint(FIRST_VOWEL + vowel);
  const consonant = CONSONANTS.indexOf(keys);
  return consonant >= 0 ? String.fromCodePoint(FIRST_CONSONANT + consonant) : keys;
}

/** What a Hangul input method makes of these keys: `'qlxm'` → `'비트'`, `'qxzd'` → `'ㅂㅌㅋㅇ'`. */
export function keysToHangul(keys: string): string {
  const typed = [...keys].map(plainKey);
  let text = '';
  for (let at = 0; at < typed.length; ) {
    const initial = INITIALS.indexOf(typed[at] ?? '');
    const { vowel, length } = initial < 0 ? NO_VOWEL : vowelAt(typed, at + 1);
    if (vowel < 0) {
      // A vowel without a consonant before it may still be a double one.
      const lone = vowelAt(typed, at);
      text += lone.vowel < 0 ? letter(typed[at] ?? '') : letter(VOWELS[lone.vowel] ?? '');
      at += Math.max(1, lone.length);
      continue;
    }
    const last = finalAt(typed, at + 1 + length);
    text += String.fromCodePoint(FIRST_SYLLABLE + (initial * 21 + vowel) * 28 + last.final);
    at += 1 + length + last.length;
  }
  return text;
}

const NO_VOWEL = { vowel: -1, length: 0 };

function vowelAt(typed: readonly string[], at: number): { readonly vowel: number; readonly length: number } {
  for (const length of [2, 1]) {
    const vowel = VOWELS.indexOf(typed.slice(at, at + length).join(''));
    if (vowel >= 0 && at + length <= typed.length) return { vowel, length };
  }
  return NO_VOWEL;
}

/** A consonant closes the syllable unless a vowel follows: then it begins the next. */
function finalAt(typed: readonly string[], at: number): { readonly final: number; readonly length: number } {
  for (const length of [2, 1]) {
    const final = FINALS.indexOf(typed.slice(at, at + length).join(''));
    if (final > 0 && at + length <= typed.length && vowelAt(typed, at + length).vowel < 0)
      return { final, length };
  }
  return { final: 0, length: 0 };
}

const HANGUL = /[ㄱ-ㅎㅏ-ㅣ가-힣]/;

/**
 * Mends a word whose first letter was pressed before the input method had a field to write into, so that it came as a
 * Latin letter or apart: `'qㅣ트'` and `'ㅂㅣ트'` → `'비트'`. Other text passes unchanged.
 */
export function mendFirstLetter(text: string): string {
  const word = /^\S+/.exec(text)?.[0] ?? '';
  const [first = '', ...rest] = word;
  const isApart = /^[A-Za-zㄱ-ㅎ]$/.test(first) && rest.length > 0 && rest.every((one) => HANGUL.test(one));
  return isApart ? keysToHangul(hangulToKeys(word)) + text.slice(word.length) : text;
}
