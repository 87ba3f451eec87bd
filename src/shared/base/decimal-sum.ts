/** Sums and rounding of decimal text in whole numbers of any length: no float ever touches the digits. */

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

interface Scaled {
  readonly value: bigint;
  readonly scale: number;
}

function read(text: string): Scaled | undefined {
  const [, sign = '', whole = '', fraction = ''] = PLAIN.exec(text) ?? [];
  if (whole === '') return undefined;
  const value = BigInt(whole + fraction);
  return { value: sign === '-' ? -value : value, scale: fraction.length };
}

function write({ value, scale }: Scaled): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = scale === 0 ? '' : `.${digits.slice(point)}`;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`;
}

/** `['1.5', '-0.25']` → `'1.25'`; of nothing `'0'`. `undefined` when one of them is not plain decimal text: then there is no sum. */
export function sumDecimals(texts: readonly string[]): string | undefined {
  let sum: Scaled = { value: 0n, scale: 0 };
  for (const text of texts) {
    const next = read(text);
    if (next === undefined) return undefined;
    const scale = Math.max(sum.scale, next.scale);
    const at = (one: Scaled) => one.value * 10n ** BigInt(scale - one.scale);
    sum = { value: at(sum) + at(next), scale };
  }
  return write(sum);
}

/** To exactly `digits` digits after the point, half away from zero: `('-1.005', 2)` → `'-1.01'`. `undefined` for what is not plain decimal text. */
export function roundDecimal(text: string, digits: number): string | undefined {
  const number = read(text);
  if (number === undefined) return undefined;
  const { value, scale } = number;
  if (scale <= digits) return write({ value: value * 10n ** BigInt(digits - scale), scale: digits });
  const step = 10n ** BigInt(scale - digits);
  const magnitude = ((value < 0n ? -value : value) + step / 2n) / step;
  return write({ value: value < 0n ? -magnitude : magnitude, scale: digits });
}
