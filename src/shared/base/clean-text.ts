/** Enough for a name; what is longer was not meant to be read. */
const LONGEST = 60;

/**
 * One line of visible text for a terminal or a dialog, whatever it is made from: control characters (escape sequences, line
 * ends), invisible ones (also those that turn the direction of reading), surrogate halves and private ones become a space, and
 * it is cut at `longest` characters. What is shown next to it stays what it is.
 */
export function cleanText(text: string, longest = LONGEST): string {
  const letters = [...text.replace(/[\p{C}\p{Zl}\p{Zp}\s\u115F\u1160\u3164\uFFA0]+/gu, ' ').trim()];
  return letters.length <= longest ? letters.join('') : `${letters.slice(0, longest - 1).join('')}…`;
}
