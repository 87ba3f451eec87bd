// The keys of the standard two-set Korean layout, in the order Unicode lists the letters.
const INITIALS = 'r R s e E f a q Q t T d w W c z x v g'.split(' ');
const VOWELS = 'k o i O j p u P h hk ho hl y n nj np nl b m ml l'.split(' ');
const FINALS = ['', ...'r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g'.split(' ')];
const JAMO = [
  ...'r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g'.split(' '),
  ...VOWELS,
];
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FIRST_JAMO = 0x3131;

/**
 * What the same keys give on a Latin layout: `'ㅠㅅㅊ'` → `'btc'`. Lets a person search without
 * leaving the Hangul input method. Everything else passes unchanged.
 */
export function hangulToKeys(text: string): string {
  let keys = '';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) {
      const syllable = code - FIRST_SYLLABLE;
      keys += INITIALS[Math.floor(syllable / 588)] ?? '';
      keys += VOWELS[Math.floor((syllable % 588) / 28)] ?? '';
      keys += FINALS[syllable % 28] ?? '';
    } else {
      keys += JAMO[code - FIRST_JAMO] ?? letter;
    }
  }
  return keys;
}
