/** What an account's figure is known by: the venue's time of the last word about it, and every word of that same instant. */
export interface LastWord {
  /** Venue's clock, ms epoch; −∞ while only REST told of it. */
  readonly time: number;
  readonly words: readonly string[];
}

export const NO_WORD: LastWord = { time: Number.NEGATIVE_INFINITY, words: [] };

/**
 * `newer`: it counts. `stale`: older than what is known, or said before. `tied`: another word of the same millisecond;
 * one socket keeps its order, so it counts, but words that came in another order cannot be told from these.
 */
export function judgeWord(last: LastWord, time: number, word: string): 'newer' | 'stale' | 'tied' {
  if (time > last.time) return 'newer';
  if (time < last.time || last.words.includes(word)) return 'stale';
  return 'tied';
}

export function afterWord(last: LastWord, time: number, word: string): LastWord {
  return { time, words: time === last.time ? [...last.words, word] : [word] };
}
