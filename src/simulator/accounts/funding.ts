import Big from 'big.js';
import { fundingRateAt } from '../mark.ts';
import { rateText } from '../wire-text.ts';
import type { SimFunding } from './account-desk.ts';
import type { Desk } from './desk.ts';

const MONEY_DECIMALS = 8;

/** Settles the funding of `fundingTime` on all positions of a category: longs pay shorts where the rate is above zero. */
export function settleFunding(desk: Desk, category: string, fundingTime: number, time: number): void {
  const { markets, rules } = desk.options;
  const seed = markets.get(category)?.seed ?? 0;
  for (const account of desk.accounts) {
    const settled: SimFunding[] = [];
    for (const { at, holding } of account.holdings()) {
      const instrument = at.category === category ? desk.instrumentOf(at) : undefined;
      const name = instrument && rules.categories[category]?.fundingName?.(instrument.coin);
      const markPrice = account.markPriceOf(at);
      if (name === undefined || !markPrice) continue;
      const { quantity } = holding;
      const rate = new Big(rateText(fundingRateAt(seed, name, fundingTime)));
      const payment = quantity.times(markPrice).times(rate).times(-1).round(MONEY_DECIMALS, Big.roundHalfUp);
      settled.push({ ...at, number: desk.nextFundingNumber(), rate, quantity, markPrice, payment, time });
    }
    for (const funding of settled) {
      const { rate, quantity, markPrice, payment } = funding;
      account.move(rules.cash, payment);
      account.addFunding(funding);
      desk.emit({ kind: 'balances', account, why: 'funding', currencies: [rules.cash], time });
      const at = { category: funding.category, symbol: funding.symbol };
      desk.emit({ kind: 'funding', account, at, rate, quantity, markPrice, payment, time });
    }
  }
}
