/**
 * Parses JSON without losing a digit: a number that a double may not hold exactly (more than 15 significant digits, a
 * whole one beyond 2^53) becomes its source text, every other one a number. Some venues print 17 to 19 digit ids as
 * numbers; `JSON.parse` alone would round them. Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepSource) : JSON.parse(text);
}

// 16 digits with a point among them, or 17 without; of the 16-digit whole numbers only those from 9 × 10^15 on can be
// beyond 2^53. What it finds need not be a number: then the parse is only slower.
const LONG_NUMBER = /[\d.]{17}|9\d{15}/;
const WHOLE = /^-?\d+(?:\.0+)?$/;
/** A double holds every decimal of so many characters, whatever of them are digits. */
const SHORT = 16;

function keepSource(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context?.source;
  if (source === undefined || (source.length <= SHORT && Math.abs(value) <= Number.MAX_SAFE_INTEGER))
    return value;
  return Number.isSafeInteger(value) && WHOLE.test(source) ? value : source;
}
