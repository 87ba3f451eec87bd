import Big from 'big.js';
import type { Worth } from '#shared/contract/account-views.ts';
import type { AccountId, Balance } from '#shared/domain/account.ts';

/** One of a currency, in won or in dollars of the desk's own markets. */
export interface Price {
  readonly quote: 'USDT' | 'KRW';
  /** Decimal text. */
  readonly price: string;
  /** Engine wall time, ms epoch. */
  readonly receivedAt: number;
}

export interface WorthBasis {
  /** `KRW-USDT at Upbit`. */
  readonly source: string;
  readonly krwPerUsdt: string;
  readonly receivedAt: number;
}

const USDT_PLACES = 2;

/**
 * The balances of one account together: wallet totals, without the unrealised profit of positions. Each currency is
 * priced once; what has no price is named and left out. Without a basis only what needs none is told.
 */
export function worthOf(
  account: AccountId,
  balances: readonly Balance[],
  priceOf: (currency: string) => Price | undefined,
  basis: WorthBasis | undefined,
): Worth {
  const sums = { USDT: new Big(0), KRW: new Big(0) };
  const unpriced: string[] = [];
  const ages: number[] = [];
  const byCurrency: Record<string, { readonly usdt?: string; readonly krw?: string }> = {};
  let isAnythingPriced = false;
  for (const { currency, total, receivedAt } of balances) {
    if (new Big(total).eq(0)) continue;
    const isOwn = currency === 'USDT' || currency === 'KRW';
    const price: Price | undefined = isOwn ? { quote: currency, price: '1', receivedAt } : priceOf(currency);
    if (!price) {
      unpriced.push(currency);
      continue;
    }
    isAnythingPriced = true;
    const value = new Big(total).times(price.price);
    sums[price.quote] = sums[price.quote].plus(value);
    byCurrency[currency] = inBoth(value, price.quote, basis);
    ages.push(price.receivedAt);
  }
  const isNothing = !isAnythingPriced && unpriced.length === 0;
  if (basis && (isAnythingPriced || isNothing)) {
    const krw = sums.KRW.plus(sums.USDT.times(basis.krwPerUsdt));
    if (!isNothing) ages.push(basis.receivedAt);
    return {
      account,
      usdt: krw.div(basis.krwPerUsdt).toFixed(USDT_PLACES),
      krw: krw.toFixed(0),
      unpriced,
      basis,
      ...(ages.length > 0 && { oldestAt: Math.min(...ages) }),
      byCurrency,
    };
  }
  // One sum alone is the whole where nothing is counted in the other.
  const inUsdt = (isAnythingPriced || isNothing) && sums.KRW.eq(0);
  const inKrw = (isAnythingPriced || isNothing) && sums.USDT.eq(0);
  return {
    account,
    ...(inUsdt && { usdt: sums.USDT.toFixed(USDT_PLACES) }),
    ...(inKrw && { krw: sums.KRW.toFixed(0) }),
    unpriced,
    ...(ages.length > 0 && { oldestAt: Math.min(...ages) }),
    byCurrency,
  };
}

function inBoth(value: Big, quote: Price['quote'], basis: WorthBasis | undefined) {
  const krwPerUsdt = basis?.krwPerUsdt;
  const usdt = quote === 'USDT' ? value : krwPerUsdt === undefined ? undefined : value.div(krwPerUsdt);
  const krw = quote === 'KRW' ? value : krwPerUsdt === undefined ? undefined : value.times(krwPerUsdt);
  return { ...(usdt && { usdt: usdt.toFixed(USDT_PLACES) }), ...(krw && { krw: krw.toFixed(0) }) };
}
