import i18next from 'i18next';
import { hangulInitials, typedInitials } from '../ui/hangul-initials.ts';
import { hangulToKeys } from '../ui/hangul-keys.ts';
import type { Command } from './command.ts';
import type { TextKey } from './text-key.ts';

/** Everything a command is found by: its name in both languages, its group's, and its further words. */
export interface SearchText {
  readonly titles: readonly string[];
  readonly words: string;
}

export function searchText({ titleKey, group, keywords = '' }: Command): SearchText {
  const both = (key: TextKey) => (['en', 'ko'] as const).map((lng) => i18next.t(key, { lng }));
  return { titles: both(titleKey), words: `${both(`commandgroup.${group}`).join(' ')} ${keywords}` };
}

/**
 * How well it fits what was typed, 0 best; `undefined`: not at all. Every typed word must be found; Hangul also by its first
 * consonants and, whatever the input method was set to, by the keys that were pressed.
 */
export function fitOf(typed: string, { titles, words }: SearchText): number | undefined {
  const query = plain(typed);
  if (query === '') return 0;
  const named = titles.map(plain);
  if (named.some((one) => one === query)) return 0;
  if (named.some((one) => one.startsWith(query))) return 1;
  let worst = 2;
  for (const word of query.split(' ')) {
    const fit = fitOfWord(word, named, plain(words));
    if (fit === undefined) return undefined;
    worst = Math.max(worst, fit);
  }
  return worst;
}

function fitOfWord(word: string, titles: readonly string[], words: string): number | undefined {
  const forms = [word, hangulToKeys(word)];
  const begins = (text: string) =>
    forms.some((form) => text.split(/[\s·:,]+/).some((one) => one.startsWith(form)));
  if (titles.some(begins)) return 2;
  const initials = typedInitials(word);
  if (initials !== undefined && initials.length > 1) {
    const spelt = titles.map((title) => hangulInitials(title).replaceAll(/[\s·:,]/g, ''));
    if (spelt.some((one) => one.includes(initials))) return 3;
  }
  if (begins(words)) return 4;
  const keys = titles.map((title) => hangulToKeys(title.replaceAll(' ', '')));
  if (word.length > 2 && keys.some((one) => one.startsWith(hangulToKeys(word)))) return 4;
  return word.length > 1 && [...titles, words].some((text) => text.includes(word)) ? 5 : undefined;
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('…', '').replaceAll(/\s+/g, ' ').trim();
}

/** Those that fit, best first; within a fit they stay as they stood. */
export function findBest<One>(
  typed: string,
  all: readonly One[],
  textOf: (one: One) => SearchText,
): readonly { readonly one: One; readonly fit: number }[] {
  const found = all.flatMap((one) => {
    const fit = fitOf(typed, textOf(one));
    return fit === undefined ? [] : [{ one, fit }];
  });
  return found.sort((first, second) => first.fit - second.fit);
}
