/** Decimal text helpers for market data. Exact: no float ever touches the digits. */

const PLAIN = /^-?\d+(?:\.\d+)?$/;

/** How many digits stand after the point in plain decimal text: `'83860.20'` → 2. */
export function decimalPlaces(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** `'0.10'` → `'0.1'`, `'5.000'` → `'5'`, `'-0.0'` → `'0'`. Takes plain decimal text. */
export function trimDecimal(text: string): string {
  if (!text.includes('.')) return text === '-0' ? '0' : text;
  const trimmed = text.replace(/\.?0+$/, '');
  return trimmed === '' || trimmed === '-0' || trimmed === '-' ? '0' : trimmed;
}

/**
 * Plain decimal text → integer at `scale` digits: `('83860.20', 2)` → 8386020.
 * Returns `undefined` when the text is not plain decimal, has more digits than `scale`,
 * or the integer would not be exact (beyond 2^53 − 1).
 */
export function toScaled(text: string, scale: number): number | undefined {
  if (!PLAIN.test(text)) return undefined;
  const places = decimalPlaces(text);
  const excess = places - scale;
  const digits = text.replace('.', '');
  const cut = excess > 0 ? digits.slice(0, -excess) : digits + '0'.repeat(-excess);
  if (excess > 0 && /[1-9]/.test(digits.slice(-excess))) return undefined;
  const value = Number(cut);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Integer at `scale` digits → decimal text with exactly `scale` digits: `(8386020, 2)` → `'83860.20'`. */
export function fromScaled(value: number, scale: number): string {
  if (scale === 0) return String(value);
  const negative = value < 0;
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Number → plain decimal text without exponent: `1e-7` → `'0.0000001'`. For showing and printing only. */
export function plainNumber(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', lead = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = lead + fraction;
  const point = 1 + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
