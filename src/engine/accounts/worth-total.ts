import Big from 'big.js';
import type { BalancesUpdate, Worth } from '#shared/contract/account-views.ts';

/** What several accounts are worth together; `undefined` where there is none. A sum one of them lacks is lacking. */
export function worthTotal(worths: readonly Worth[]): BalancesUpdate['total'] {
  if (worths.length === 0) return undefined;
  const sum = (of: 'usdt' | 'krw', places: number): string | undefined => {
    let all = new Big(0);
    for (const worth of worths) {
      const one = worth[of];
      if (one === undefined) return undefined;
      all = all.plus(one);
    }
    return all.toFixed(places);
  };
  const usdt = sum('usdt', 2);
  const krw = sum('krw', 0);
  const basis = worths.find((worth) => worth.basis !== undefined)?.basis;
  const ages = worths.flatMap(({ oldestAt }) => oldestAt ?? []);
  return {
    ...(usdt !== undefined && { usdt }),
    ...(krw !== undefined && { krw }),
    unpriced: [...new Set(worths.flatMap(({ unpriced }) => unpriced))],
    ...(basis && { basis }),
    ...(ages.length > 0 && { oldestAt: Math.min(...ages) }),
  };
}
