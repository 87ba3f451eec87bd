import Big from 'big.js';
import type { OrderSide } from '#shared/domain/order.ts';
import type { OrderEstimate } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { estimatePosition } from './estimate-position.ts';
import type { DraftSight } from './facts.ts';
import { bestOf, takenFrom, visibleDepth } from './guard-rules/book-reach.ts';
import { costOf, freeFor } from './guard-rules/funds.ts';
import { capPrice } from './prepare.ts';

const PERCENT_PLACES = 4;
const MONEY_PLACES = 8;

/**
 * What an order would do, as far as it can be seen now; without a request (the draft makes none) what can be told of the side
 * alone. An estimate: the book moves, fees are those told last, what rests beyond the visible levels is not counted.
 *
 * - price: the average of what a market order would take from the visible book; otherwise the order's own, or its trigger;
 * - slippage: from the best price of the other side to the average of what fills at once; depth: the share of all that is
 *   visible of that side;
 * - fee: taker for what fills at once and for what is triggered, maker for what rests;
 * - cost: spot, what is paid or given; derivatives, margin and fee of what it adds.
 */
export function estimateOrder(
  request: OrderRequest | undefined,
  side: OrderSide,
  sight: DraftSight,
): OrderEstimate {
  const { market, held } = sight;
  const free = freeFor(side, held, market);
  const cap = request === undefined || request.isMarket ? capPrice(side, sight) : undefined;
  const common: OrderEstimate = {
    ...(cap && { capPrice: cap.toFixed() }),
    ...(free && { free: free.quantity, freeCurrency: free.currency }),
    ...(market.instrument.kind !== 'spot' && held.leverage !== undefined && { leverage: held.leverage }),
  };
  if (!request) return { ...common, ...estimatePosition(undefined, sight) };

  const quantity = new Big(request.quantity);
  const crossing = crossingOf(request, quantity, sight);
  const average = crossing.quantity.gt(0) ? crossing.notional.div(crossing.quantity) : undefined;
  const own = new Big(request.price ?? request.triggerPrice ?? 0);
  const price = request.isMarket && average ? average : own;
  const notional = price.times(quantity);
  const best = bestOf(market, side);
  const visible = visibleDepth(market, side);
  const fee = feeOf(request, { crossing, resting: quantity.minus(crossing.quantity).times(own) }, sight);
  const cost = costOf({ request, quantity, price }, sight);
  const isSpot = market.instrument.kind === 'spot';
  return {
    ...common,
    price: rounded(price, market.instrument.priceScale + 2),
    quantity: request.quantity,
    notional: rounded(notional, MONEY_PLACES),
    ...(fee && { fee: rounded(fee, MONEY_PLACES), feeCurrency: market.instrument.quote }),
    ...(cost && { cost: rounded(cost.quantity, MONEY_PLACES), costCurrency: cost.currency }),
    ...(!isSpot && cost && { margin: rounded(marginIn(cost.quantity, sight), MONEY_PLACES) }),
    ...(average && best && { slippagePercent: percent(average.minus(best).abs(), best) }),
    ...(visible.gt(0) && !isWaiting(request) && { depthPercent: percent(crossing.quantity, visible) }),
    ...estimatePosition({ request, price }, sight),
  };
}

interface Crossing {
  readonly quantity: Big;
  readonly notional: Big;
}

/** What fills at once. What waits, and what never takes, takes nothing. */
function crossingOf(request: OrderRequest, quantity: Big, { market }: DraftSight): Crossing {
  if (isWaiting(request) || request.timeInForce === 'GTX' || request.price === undefined) {
    return { quantity: new Big(0), notional: new Big(0) };
  }
  return takenFrom(market, request.side, quantity, new Big(request.price));
}

function isWaiting({ type }: OrderRequest): boolean {
  return type !== 'limit';
}

function feeOf(
  request: OrderRequest,
  { crossing, resting }: { readonly crossing: Crossing; readonly resting: Big },
  { held: { fees } }: DraftSight,
): Big | undefined {
  if (!fees) return undefined;
  if (isWaiting(request)) return resting.times(fees.taker);
  const taken = crossing.notional.times(fees.taker);
  const neverRests = request.timeInForce === 'IOC' || request.timeInForce === 'FOK';
  return neverRests ? taken : taken.plus(resting.times(fees.maker));
}

/** The cost without its fee: see `costOf`. */
function marginIn(cost: Big, { held }: DraftSight): Big {
  const leverage = new Big(held.leverage ?? 1);
  const fee = new Big(held.fees?.taker ?? 0);
  return cost.div(fee.times(leverage).plus(1));
}

function percent(part: Big, whole: Big): string {
  return rounded(part.times(100).div(whole), PERCENT_PLACES);
}

function rounded(value: Big, places: number): string {
  return new Big(value.toFixed(places)).toFixed();
}
