import type { Balance } from '#shared/domain/account.ts';
import { compareDecimals } from '../../../ui/compare-decimals.ts';

/** Worth less than one USDT. What cannot be priced is dust only where there is nothing of it: it may be worth anything. */
export function isDust({ total }: Pick<Balance, 'total'>, worthUsdt: string | undefined): boolean {
  if (worthUsdt === undefined) return compareDecimals(total, '0') === 0;
  return compareDecimals(worthUsdt.replace(/^-/, ''), '1') < 0;
}
