import Big from 'big.js';
import { traded } from './holding.ts';
import type { OwnOrder } from './own-order.ts';

const ZERO = new Big(0);
const FEE_DECIMALS = 8;

export interface Booked {
  readonly fee: Big;
  readonly realisedPnl: Big;
  /** Whose balances moved. */
  readonly currencies: readonly string[];
}

/** Writes one execution into the ledger of the order's account: money, coins or position, fee. */
export function bookFill(order: OwnOrder, price: Big, quantity: Big, isMaker: boolean, time: number): Booked {
  const { account, rules, view, instrument } = order;
  const { base, quote } = instrument.coin;
  const notional = price.times(quantity);
  const isBuy = view.side === 'buy';
  const paysInBase = view.feeCurrency !== quote;
  const rate = isMaker ? rules.makerFee : rules.takerFee;
  // Rounded down: what was reserved for a whole order is enough for its parts.
  const fee = (paysInBase ? quantity : notional).times(rate).round(FEE_DECIMALS, Big.roundDown);
  if (rules.kind === 'derivatives') {
    const change = isBuy ? quantity : quantity.times(-1);
    const { holding, realised } = traded(account.holdingOf(view), change, price, time);
    account.hold(view, holding);
    account.move(account.site.rules.cash, realised.minus(fee));
    return { fee, realisedPnl: realised, currencies: [account.site.rules.cash] };
  }
  const sign = isBuy ? 1 : -1;
  account.move(base, quantity.times(sign).minus(paysInBase ? fee : ZERO));
  account.move(quote, notional.times(-sign).minus(paysInBase ? ZERO : fee));
  return { fee, realisedPnl: ZERO, currencies: [base, quote] };
}
