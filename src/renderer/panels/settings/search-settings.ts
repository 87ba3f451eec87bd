import { hangulInitials, typedInitials } from '../../ui/hangul-initials.ts';

/** A setting as it is looked for: all its words in every language. */
export interface Findable {
  readonly id: string;
  /** What it is called, in short. */
  readonly names: readonly string[];
  /** Sentences about it: among so many words first consonants stand everywhere, and find nothing there. */
  readonly texts: readonly string[];
}

/**
 * Ids of what every typed word is found in, in their order: in labels, explanations, options and other names for the same
 * thing, in whichever language; or by first consonants (ㅅㄱㄷ finds 시간대). Nothing typed finds everything.
 */
export function searchSettings(settings: readonly Findable[], typed: string): readonly string[] {
  const queries = folded(typed).split(/\s+/).filter(Boolean);
  return settings.filter((setting) => queries.every((query) => isIn(setting, query))).map(({ id }) => id);
}

function isIn({ names, texts }: Findable, query: string): boolean {
  const initials = typedInitials(query);
  return (
    [...names, ...texts].some((text) => folded(text).includes(query)) ||
    (initials !== undefined &&
      names.some((name) => hangulInitials(folded(name).replaceAll(/\s+/g, '')).includes(initials)))
  );
}

/** Composed, without case: a Mac hands on Hangul taken apart. Compatibility forms stay, or consonants alone would change. */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
