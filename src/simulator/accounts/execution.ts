import Big from 'big.js';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Refused, SimDraft, SimOrder } from './account-desk.ts';
import { priceOf, quantityOf, stepsOf, ticksOf } from './coin-units.ts';
import type { CategoryRules } from './desk-rules.ts';
import type { Ledger } from './ledger.ts';
import { costInBook, nearPrice, reducible, refuse, stepsForTotal, worstTicks } from './order-check.ts';
import type { OwnOrder } from './own-order.ts';

/** What an order is about to ask of the book, and of its account. */
export interface Cost {
  /** The draft, a reduce-only one cut to what there is to reduce. */
  readonly draft: SimDraft;
  /** Ticks. */
  readonly worst: number;
  readonly steps: number;
  readonly quantity: Big;
  readonly notional: Big;
}

/** What ends an open order, takes its rest out of the book, and tells. */
export interface EndsOrders {
  end(order: OwnOrder, status: 'filled' | 'canceled' | 'expired' | 'rejected', why: SimOrder['ended']): void;
  /** An account's open orders, oldest first. */
  openOf(account: Ledger): readonly OwnOrder[];
}

/** Looks the order's price and quantity up in the book as it is. */
export function costOf(
  account: Ledger,
  draft: SimDraft,
  instrument: InstrumentMarket,
  rules: CategoryRules,
): Cost | Refused {
  const { coin } = instrument;
  const bookSide = draft.side === 'buy' ? 'bid' : 'ask';
  const limit = draft.price && ticksOf(coin, draft.price);
  const worst = limit ?? worstTicks(instrument, bookSide, rules.marketBound);
  if (draft.quoteQuantity) {
    const steps = stepsForTotal(instrument, worst, draft.quoteQuantity);
    return { draft, worst, steps, quantity: quantityOf(coin, steps), notional: draft.quoteQuantity };
  }
  let quantity = draft.quantity ?? new Big(0);
  if (draft.reduceOnly) {
    const most = reducible(account, draft, draft.side);
    if (most.eq(0)) return refuse('reduce-only', 'There is no position to reduce.');
    if (quantity.gt(most)) quantity = most;
  }
  const steps = stepsOf(coin, quantity) ?? 0;
  const notional =
    limit === undefined
      ? priceOf(coin, 1)
          .times(coin.stepSize)
          .times(costInBook(instrument, bookSide, worst, steps))
      : quantity.times(priceOf(coin, limit));
  const near = nearPrice(instrument, draft.side).times(quantity);
  return {
    draft: draft.quantity && !quantity.eq(draft.quantity) ? { ...draft, quantity } : draft,
    worst,
    steps,
    quantity,
    // A sale through the book is worth what it is sold at, not its limit.
    notional: draft.side === 'sell' && near.gt(notional) && limit !== undefined ? near : notional,
  };
}

/** Puts an admitted order to the book; afterwards it is filled, rests, or has ended. */
export function execute(desk: EndsOrders, order: OwnOrder, { worst, steps }: Cost): void {
  const { instrument, bookSide, rules, view } = order;
  const { engine } = instrument;
  if (rules.selfTrade === 'maker-expires') expireInTheWay(desk, order, worst, steps);
  const isLimit = view.type === 'limit';
  if (isLimit && view.timeInForce === 'GTX' && engine.reachable(bookSide, worst, 1) > 0) {
    desk.end(order, 'expired', 'post-only');
    return;
  }
  if (view.timeInForce === 'FOK' && engine.reachable(bookSide, worst, steps) < steps) {
    desk.end(order, 'expired', 'fok');
    return;
  }
  const rests = isLimit && (view.timeInForce === 'GTC' || view.timeInForce === 'GTX');
  if (steps > 0) instrument.submit(order, bookSide, worst, steps, rests);
  if (!order.isOpen || rests) return;
  if (!view.quoteQuantity) {
    desk.end(order, 'expired', isLimit ? 'ioc' : 'remainder');
    return;
  }
  // All of the total is spent but for less than one step costs, or the book did not have it.
  const left = view.quoteQuantity.minus(order.view.filledNotional);
  const isSpent = left.lt(nearPrice(instrument, 'buy').times(instrument.coin.stepSize));
  desk.end(
    order,
    isSpent && order.view.filled.gt(0) ? 'filled' : 'expired',
    left.gt(0) ? 'remainder' : undefined,
  );
}

/** Takes what rests of an order out of the book. */
export function withdrawRest(order: OwnOrder): void {
  const { resting, instrument } = order;
  if (resting) instrument.withdraw(order, order.bookSide, resting.quantity);
}

/** Ends the account's own orders on the other side which the order would meet: not those behind all it takes. */
function expireInTheWay(desk: EndsOrders, order: OwnOrder, worst: number, steps: number): void {
  const { account, instrument, bookSide } = order;
  const { engine } = instrument;
  const nearer = bookSide === 'bid' ? -1 : 1;
  const facing = desk.openOf(account).flatMap((other) => {
    const { resting } = other;
    if (!resting || other.instrument !== instrument || other.bookSide === bookSide) return [];
    return [{ other, price: resting.level.price }];
  });
  // The nearest first: one that has ended stands before no other.
  for (const { other, price } of facing.toSorted((a, b) => (b.price - a.price) * nearer)) {
    if (!engine.side(other.bookSide).reaches(price, worst)) break;
    if (engine.reachable(bookSide, price + nearer, steps) < steps) desk.end(other, 'expired', 'self-trade');
  }
}
