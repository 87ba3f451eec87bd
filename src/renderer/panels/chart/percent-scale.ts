import { changePercent, formatSigned } from '../../ui/format-number.ts';

/** `+1.24%`: how far a price stands from the one the percents are told from. */
export function percentText(price: number, base: number): string {
  const percent = changePercent(price, base);
  if (!Number.isFinite(percent)) return '';
  const digits = Math.abs(percent) >= 1_000 ? 0 : Math.abs(percent) >= 100 ? 1 : 2;
  return `${formatSigned(percent, digits)}%`;
}

/**
 * Another instrument's price at the height where it has moved by as much as this one would have: both begin at the same
 * point. NaN where either base is not known.
 */
export function heightOfOther(
  price: number,
  otherBase: number | undefined,
  base: number | undefined,
): number {
  if (otherBase === undefined || base === undefined || !(otherBase > 0)) return Number.NaN;
  return (price / otherBase) * base;
}
