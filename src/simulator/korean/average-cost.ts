import Big from 'big.js';
import type { SimAccount } from '../accounts/account-desk.ts';

const ZERO = new Big(0);
/** Digits an average is told with. */
const PLACES = 8;

/** What a coin cost on average, in won, from what was bought of it; 0 where nothing was. */
export function averageCost(account: SimAccount, currency: string): Big {
  let quantity = ZERO;
  let cost = ZERO;
  for (const fill of account.fills()) {
    if (fill.symbol !== `KRW-${currency}`) continue;
    if (fill.side === 'buy') {
      quantity = quantity.plus(fill.quantity);
      cost = cost.plus(fill.price.times(fill.quantity));
    } else if (quantity.gt(0)) {
      // A sale takes coins away and leaves the average as it was.
      const left = quantity.gt(fill.quantity) ? quantity.minus(fill.quantity) : ZERO;
      cost = cost.times(left).div(quantity);
      quantity = left;
    }
  }
  return quantity.gt(0) ? cost.div(quantity).round(PLACES) : ZERO;
}
