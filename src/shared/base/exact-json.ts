/**
 * Parses JSON without losing a digit: a number that a double may not hold exactly (more than 15 significant digits, a
 * whole one beyond 2^53) becomes its source text, every other one a number. Some venues print 17 to 19 digit ids as
 * numbers; `JSON.parse` alone would round them. Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepSource) : JSON.parse(text);
}

// 16 digits with a point among them, or 17 without; of the 16-digit whole numbers only those from 9 × 10^15 on can be
// beyond 2^53. Text that looks like it only makes the parse slower.
const LONG_NUMBER = /(?:^|[:,[\s-])(?:[\d.]{17}|9\d{15})/;
const WHOLE = /^-?\d+(?:\.0+)?$/;
/** A double holds every decimal of so many digits. */
const SAFE_DIGITS = 15;

/** The source is a window on the whole text and would keep all of it alive, as long as one id of it is remembered. */
function copied(source: string): string {
  return JSON.parse(`"${source}"`);
}

function keepSource(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined) return value;
  if (Number.isSafeInteger(value) && (source.length <= SAFE_DIGITS || WHOLE.test(source))) return value;
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  return digits.length <= SAFE_DIGITS ? value : copied(source);
}
