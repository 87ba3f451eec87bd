const FAMILIES = ["12px 'Inter Variable'", "12px 'Pretendard Variable'"];

/**
 * Fonts come in pieces, each fetched when its first letter is drawn. The words that say the host is gone
 * would need theirs when nobody is left to send them, so every piece a language needs is fetched at once.
 */
export function loadGlyphs(texts: Readonly<Record<string, string>>): void {
  const letters = [...new Set(Object.values(texts).join(''))].join('');
  // A piece that does not come leaves its letters to the system's fonts: there is nothing else to do about it.
  void Promise.allSettled(FAMILIES.map((family) => document.fonts.load(family, letters)));
}
