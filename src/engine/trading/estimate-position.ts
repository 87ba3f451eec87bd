import Big from 'big.js';
import type { OrderEstimate } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { DraftSight } from './facts.ts';
import { positionOf } from './guard-rules/position-left.ts';

/** Share of the notional a position has to keep as margin: the lowest rung of the ladders of the venues' large contracts. */
const MAINTENANCE = '0.005';

/**
 * The position before and after the order was filled whole, and where what it leaves would be liquidated. Nothing on a spot
 * market.
 *
 * The liquidation price is reckoned as if the position had its own margin of entry ÷ leverage and nothing else:
 * long  P = E·(1 − 1/L) ÷ (1 − m), short P = E·(1 + 1/L) ÷ (1 + m), with m = 0.5 % to be kept.
 * With cross margin everything else in the account moves it, and larger positions have to keep more: an estimate, told only for
 * what adds exposure, since of what stays of a smaller position the venue's own figure is the better one.
 */
export function estimatePosition(
  order: { readonly request: OrderRequest; readonly price: Big } | undefined,
  { market, held }: DraftSight,
): Pick<OrderEstimate, 'positionBefore' | 'positionAfter' | 'liquidationPrice'> {
  const { instrument } = market;
  if (instrument.kind === 'spot') return {};
  if (!order) {
    return held.isHedged ? {} : { positionBefore: positionOf({ leg: 'both' }, held).toFixed() };
  }
  const { request, price } = order;
  const before = positionOf(request, held);
  const change = request.closePosition
    ? before.neg()
    : new Big(request.quantity).times(request.side === 'buy' ? 1 : -1);
  const isAlong = before.eq(0) || before.s === change.s;
  const mayTurn = !request.reduceOnly;
  const sum = before.plus(change);
  const isTurned = !before.eq(0) && !sum.eq(0) && sum.s !== before.s;
  const after = isTurned && !mayTurn ? new Big(0) : sum;
  const told = { positionBefore: before.toFixed(), positionAfter: after.toFixed() };
  if (after.eq(0) || !(isAlong || isTurned) || held.leverage === undefined) return told;
  const entryBefore = held.positions.find(({ leg }) => leg === request.leg)?.entryPrice ?? '0';
  const entry = isTurned ? price : before.times(entryBefore).plus(change.times(price)).div(after);
  const liquidation = liquidationOf(entry, after, new Big(held.leverage));
  if (!liquidation?.gt(0)) return told;
  return { ...told, liquidationPrice: new Big(liquidation.toFixed(instrument.priceScale)).toFixed() };
}

function liquidationOf(entry: Big, position: Big, leverage: Big): Big | undefined {
  if (leverage.lt(1)) return undefined;
  const share = new Big(1).div(leverage);
  if (position.gt(0)) return entry.times(new Big(1).minus(share)).div(new Big(1).minus(MAINTENANCE));
  return entry.times(share.plus(1)).div(new Big(1).plus(MAINTENANCE));
}
