import Big from 'big.js';
import type { Denial } from '#shared/domain/order-check.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import { ceilToStep, larger, quotient } from '../exact-decimal.ts';
import { ABSENT, type Rule } from './judged-order.ts';

/** What only makes a position smaller is exempt, as at the venues. */
export const minNotional: Rule = ({ request, notional, price, trigger, isReducing }, { market }) => {
  const { instrument } = market;
  const least = instrument.minNotional;
  const reckoned = price ?? trigger;
  if (least === undefined || request.closePosition || isReducing || notional.gte(least) || !reckoned)
    return [];
  const wanted = ceilToStep(quotient(new Big(least), reckoned), new Big(instrument.quantityStep));
  // The quotient is cut off: the step it lies on may still be a hair too little.
  const enough = wanted.times(reckoned).gte(least) ? wanted : wanted.plus(instrument.quantityStep);
  const passes = larger(enough, new Big(instrument.minQuantity)).times(reckoned);
  return [
    {
      rule: 'min-notional',
      limit: least,
      value: notional.toFixed(),
      passes: passes.toFixed(),
      unit: instrument.quote,
    },
  ];
};

export const maxNotional: Rule = ({ notional, isReducing }, { market: { instrument }, limits }) => {
  if (isReducing) return [];
  const most = ownLimit(limits.maxNotional, instrument.quote);
  if (most === undefined) return [unset('max-notional', notional, instrument.quote)];
  if (notional.lte(most)) return [];
  return [
    {
      rule: 'max-notional',
      limit: most.toFixed(),
      value: notional.toFixed(),
      ...(most.gt(0) && { passes: most.toFixed() }),
      unit: instrument.quote,
    },
  ];
};

/** Of all that left today and this. What was held is sold, and what was open is closed, however much was traded. */
export const dailyNotional: Rule = (
  { request, quantity, notional, isReducing },
  { market: { instrument }, limits, spentToday, held },
) => {
  if (isReducing) return [];
  if (instrument.kind === 'spot' && request.side === 'sell' && quantity.lte(held.freeBase?.quantity ?? -1)) {
    return [];
  }
  const most = ownLimit(limits.dailyNotional, instrument.quote);
  if (most === undefined) return [unset('daily-notional', notional, instrument.quote)];
  const after = notional.plus(spentToday);
  if (after.lte(most)) return [];
  const left = most.minus(spentToday);
  return [
    {
      rule: 'daily-notional',
      limit: most.toFixed(),
      value: after.toFixed(),
      ...(left.gt(0) && { passes: left.toFixed() }),
      unit: instrument.quote,
    },
  ];
};

/**
 * Limits are set in dollars and in won. Coins that stand for a dollar (`USDT`, `USDC`, …) count as dollars; what is quoted in
 * anything else has no limit, and what has no limit does not leave.
 */
function ownLimit(limit: TradingLimits['maxNotional'], quote: string): Big | undefined {
  if (quote === 'KRW') return new Big(limit.KRW);
  return quote.startsWith('USD') ? new Big(limit.USDT) : undefined;
}

function unset(rule: Denial['rule'], notional: Big, unit: string): Denial {
  return { rule, limit: ABSENT, value: notional.toFixed(), unit };
}
