/** No venue says more that a person wants to read in one line. */
const LONGEST = 240;
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]+/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Words of somebody else, fit to stand in a line of ours: on one line, without marks that turn the direction or cannot be
 * seen, at most 240 characters. What is written from right to left is kept to itself (U+2068 … U+2069). Markup stays the
 * text it is: nothing that is shown here is ever read as markup.
 */
export function plainWords(words: string): string {
  const line = words.replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();
  const letters = [...line];
  const cut = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : line;
  return RIGHT_TO_LEFT.test(cut) ? `\u2068${cut}\u2069` : cut;
}
