import { grouped, MINUS, UNKNOWN } from './format-number.ts';

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** `nearest`: half away from zero. `down`: towards zero, for what may be spent: never a digit more than there is. */
export type Rounding = 'nearest' | 'down';

/**
 * Decimal text as it is read, digit for digit and never through a float: `('-83860.205', 2)` → `'−83,860.21'`. Without
 * `digits` every digit there is. An em dash for `undefined`; what is not plain decimal text is shown as it came.
 */
export function formatExact(
  text: string | undefined,
  digits?: number,
  rounding: Rounding = 'nearest',
): string {
  if (text === undefined) return UNKNOWN;
  const match = PLAIN.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const shown = digits === undefined ? join(whole, fraction) : rounded(whole, fraction, digits, rounding);
  return (sign === '-' && /[1-9]/.test(shown) ? MINUS : '') + grouped(shown);
}

/** As `formatExact`, with a sign always except on zero. */
export function formatExactSigned(text: string | undefined, digits?: number): string {
  const shown = formatExact(text, digits);
  return text !== undefined && PLAIN.test(text) && !text.startsWith('-') && /[1-9]/.test(shown)
    ? `+${shown}`
    : shown;
}

/** `-1`, `0` or `1`. */
function signOf(text: string | undefined): number {
  if (text === undefined || !/[1-9]/.test(text)) return 0;
  return text.startsWith('-') ? -1 : 1;
}

/** Which way a figure points, for its colour. */
export function moveOf(text: string | undefined): 'up' | 'down' | 'flat' {
  const sign = signOf(text);
  return sign > 0 ? 'up' : sign < 0 ? 'down' : 'flat';
}

function rounded(whole: string, fraction: string, digits: number, rounding: Rounding): string {
  if (fraction.length <= digits) return join(whole, fraction.padEnd(digits, '0'));
  const cut = BigInt(whole + fraction.slice(0, digits));
  const up = rounding === 'nearest' && (fraction[digits] ?? '0') >= '5' ? 1n : 0n;
  const text = String(cut + up).padStart(digits + 1, '0');
  return join(text.slice(0, text.length - digits), text.slice(text.length - digits));
}

function join(whole: string, fraction: string): string {
  const lead = whole.replace(/^0+(?=\d)/, '');
  return fraction === '' ? lead : `${lead}.${fraction}`;
}
