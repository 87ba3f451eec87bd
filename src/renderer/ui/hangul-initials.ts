const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const SYLLABLES_PER_INITIAL = 588;
/** Input methods draw two consonants typed in a row together. */
const CLUSTERS: Readonly<Record<string, string>> = {
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
};

/** First consonant of each syllable: `'비트코인'` → `'ㅂㅌㅋㅇ'`. Everything else passes unchanged. */
export function hangulInitials(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return letter;
      return INITIALS[Math.floor((code - FIRST_SYLLABLE) / SYLLABLES_PER_INITIAL)] ?? letter;
    })
    .join('');
}

/** What was typed as consonants alone, taken apart (`'ㅂㅌㅋㅇ'`); `undefined` where it holds anything else. */
export function typedInitials(text: string): string | undefined {
  const apart = [...text].map((letter) => CLUSTERS[letter] ?? letter);
  return text !== '' && [...apart.join('')].every((letter) => INITIALS.includes(letter))
    ? apart.join('')
    : undefined;
}
