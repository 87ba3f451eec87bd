import Big from 'big.js';
import type { Denial } from '#shared/domain/order-check.ts';
import { floorToStep, larger, movedBy, quotient, smaller } from '../exact-decimal.ts';
import { ceilToTick, floorToTick } from '../nearest-ticks.ts';
import { bestOf, visibleDepth } from './book-reach.ts';
import { type Rule, UNKNOWN } from './judged-order.ts';

/**
 * A market order goes no further than the cap, and the visible book holds all of it within the cap. What only makes a
 * position smaller may find less than it wants: the rest ends unfilled.
 */
export const slippage: Rule = ({ request, price, quantity, isReducing }, { market, limits }) => {
  if (!request.isMarket || !price) return [];
  const { instrument } = market;
  const { side } = request;
  const best = bestOf(market, side);
  if (!best) return [{ rule: 'slippage', limit: UNKNOWN, value: price.toFixed(), unit: instrument.quote }];
  const denials: Denial[] = [];
  const cap = movedBy(best, side === 'buy' ? limits.slippagePercent : -limits.slippagePercent);
  const isBeyond = side === 'buy' ? price.gt(cap) : price.lt(cap);
  if (isBeyond) {
    const passes = side === 'buy' ? floorToTick(instrument, cap) : ceilToTick(instrument, cap);
    denials.push({
      rule: 'slippage',
      limit: cap.toFixed(),
      value: price.toFixed(),
      ...(passes && { passes: passes.toFixed() }),
      unit: instrument.quote,
    });
  }
  const depth = visibleDepth(market, side, isBeyond ? cap : price);
  if (!isReducing && quantity.gt(depth)) {
    const passes = floorToStep(depth, new Big(instrument.quantityStep));
    denials.push({
      rule: 'slippage',
      limit: depth.toFixed(),
      value: quantity.toFixed(),
      ...(passes.gt(0) && { passes: passes.toFixed() }),
      unit: instrument.base,
    });
  }
  return denials;
};

/** However thin a book: so many times the least the venue takes is no order that moves a market. */
const SMALL = 10;

/**
 * What would fill at once is no larger a share of the visible other side than allowed; what stands or waits takes nothing.
 * Small orders pass: else nobody could buy the least there is from a thin book, or sell it again.
 */
export const depthShare: Rule = (
  { request, price, quantity, notional, isConditional, isReducing },
  { market, limits },
) => {
  if (!price || isConditional || isReducing || request.timeInForce === 'GTX') return [];
  const { instrument } = market;
  const small = new Big(instrument.minNotional ?? 0).times(SMALL);
  if (notional.lte(small)) return [];
  const within = visibleDepth(market, request.side, price);
  const all = visibleDepth(market, request.side);
  const most = all.times(limits.depthSharePercent).times('0.01');
  const taken = smaller(quantity, within);
  if (taken.lte(most)) return [];
  const passes = floorToStep(larger(most, quotient(small, price)), new Big(instrument.quantityStep));
  return [
    {
      rule: 'depth-share',
      limit: most.toFixed(),
      value: taken.toFixed(),
      ...(passes.gt(0) && { passes: passes.toFixed() }),
      unit: instrument.base,
    },
  ];
};
