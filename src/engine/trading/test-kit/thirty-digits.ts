const DIGITS = 30;
export const ONE = 10n ** BigInt(DIGITS);
/** 10⁻¹²: finer than any step, coarse enough that a product is exact. */
export const HAIR = 10n ** 18n;

/** Decimals as whole numbers of 10⁻³⁰. */
export function of(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * ONE + BigInt(fraction.padEnd(DIGITS, '0'));
}

export function text(value: bigint): string {
  const isBelow = value < 0n;
  const digits = String(isBelow ? -value : value).padStart(DIGITS + 1, '0');
  const plain = `${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`.replace(/\.?0+$/, '');
  return `${isBelow ? '-' : ''}${plain}`;
}

/** Cut off after twelve digits. */
export function short(value: bigint): bigint {
  return (value / HAIR) * HAIR;
}

/** Exact where it fits into 10⁻³⁰; otherwise it is a notional that is wrong. */
export function product(a: bigint, b: bigint): bigint {
  return (a * b) / ONE;
}
