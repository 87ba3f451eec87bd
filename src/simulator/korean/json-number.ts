import { fromScaled, trimDecimal } from '#shared/base/decimal.ts';

/**
 * How the Korean venues spell numbers in JSON. All spellings are made from exact decimal text, so that what a client
 * reads is the nearest double to the true value and never the neighbour of a neighbour.
 */

/** Integer at `scale` digits → shortest plain text: `(205000000, 8)` → `'2.05'`. */
export function plain(value: number, scale: number): string {
  return trimDecimal(fromScaled(value, scale));
}

/** Plain decimal text as a decimal type of eight digits is printed: `'0.0007772'` → `'0.00077720'`. */
export function eightDigits(text: string): string {
  const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return (places === 0 ? `${text}.` : text) + '0'.repeat(Math.max(0, 8 - places));
}

/**
 * Plain decimal text as a double is printed on the Java virtual machine: in exponent form from 10^7 up and below
 * 10^-3, with at least one digit behind the point. `'116539000'` → `'1.16539E8'`, `'0.00079276'` → `'7.9276E-4'`.
 */
export function doubleText(text: string): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const digits = whole + fraction;
  const first = digits.search(/[1-9]/);
  if (first < 0) return '0.0';
  const sign = negative ? '-' : '';
  const exponent = whole.length - 1 - first;
  const significant = digits.slice(first).replace(/0+$/, '');
  if (exponent >= 7 || exponent < -3) {
    return `${sign}${significant[0]}.${significant.slice(1) || '0'}E${exponent}`;
  }
  const trimmed = trimDecimal(text);
  return trimmed.includes('.') ? trimmed : `${trimmed}.0`;
}

/** Plain decimal text, in exponent form only where it is tiny: `'0.00079276'` → `'7.9276E-4'`, `'41'` stays. */
export function tinyText(text: string): string {
  return /^-?0\.000\d*[1-9]/.test(text) ? doubleText(text) : text;
}

/** A ratio cut to ten digits, in the same spelling. */
export function ratioText(value: number): string {
  return doubleText(value.toFixed(10));
}
