/** Particles that depend on whether the word before them ends in a consonant: with one, without one. */
const PARTICLES: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  '을(를)': ['을', '를'],
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '과(와)': ['과', '와'],
  '(이)라': ['이라', '라'],
  '(으)로': ['으로', '로'],
};
const PATTERN =
  /([\p{L}\p{N}%])((?:["'”’)\]」』\u2069]|\([^()]*\))*)(을\(를\)|은\(는\)|이\(가\)|과\(와\)|\(이\)라|\(으\)로)/gu;

/** How Koreans read what is not written in Hangul: names whose letters do not tell. Values: the last syllable. */
const READ_AS: Readonly<Record<string, string>> = {
  binance: '스',
  bybit: '빗',
  upbit: '트',
  bithumb: '썸',
  heartline: '인',
  kraken: '켄',
  okx: '스',
  coinbase: '스',
  usdt: '트',
  btc: '씨',
  eth: '스',
  krw: '화',
};
/** Of a digit and of a letter that is read alone. */
const DIGITS = '영일이삼사오육칠팔구';
const LETTERS: Readonly<Record<string, string>> = { L: '엘', M: '엠', N: '엔', R: '알' };

/** `true`: it ends in a consonant; `'ㄹ'`: in that one, which 로 takes as it takes a vowel; `undefined`: not to be told. */
function ending(word: string): boolean | 'ㄹ' | undefined {
  const last = word.at(-1) ?? '';
  const syllable = syllableOf(word, last);
  if (syllable === undefined) return undefined;
  const coda = (syllable.charCodeAt(0) - 0xac00) % 28;
  return coda === 8 ? 'ㄹ' : coda > 0;
}

function syllableOf(word: string, last: string): string | undefined {
  if (last >= '가' && last <= '힣') return last;
  if (last === '%') return '트';
  // 100 is 백, 10,000 is 만: what noughts are read as depends on how many there are.
  const noughts = /\d(0+)$/.exec(word.replaceAll(',', ''))?.[1]?.length;
  if (noughts !== undefined)
    return noughts < 4 ? '십백천'[noughts - 1] : noughts < 8 ? '만' : noughts < 12 ? '억' : '조';
  if (last >= '0' && last <= '9') return DIGITS[Number(last)];
  const known = READ_AS[/[A-Za-z]+$/.exec(word)?.[0]?.toLowerCase() ?? ''];
  if (known !== undefined) return known;
  // An abbreviation is read letter by letter; how another word sounds, its letters do not tell.
  return /(?:^|[^A-Za-z])[A-Z]{1,5}$/.test(word) ? (LETTERS[last] ?? '이') : undefined;
}

/**
 * Puts the right particle after a word that was filled in: `업비트이(가)` → `업비트가`, `3을(를)` → `3을`. A word nobody can
 * tell the sound of (`Main을(를)`) keeps both, as is usual in Korean. Text without such marks is left as it is.
 */
export function josa(text: string): string {
  if (!text.includes('(')) return text;
  return text.replaceAll(PATTERN, (whole, letter: string, between: string, mark: string, at: number) => {
    const word = (/[\p{L}\p{N}.,%]*$/u.exec(text.slice(0, at))?.[0] ?? '') + letter;
    const end = ending(word);
    const [closed, open] = PARTICLES[mark] ?? ['', ''];
    if (end === undefined) return whole;
    const isOpen = end === false || (end === 'ㄹ' && mark === '(으)로');
    return `${letter}${between}${isOpen ? open : closed}`;
  });
}
