import Big from 'big.js';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderChange, OrderRequest } from '#shared/domain/order-draft.ts';
import { booksWithout, shortOf } from './paper-funds.ts';
import { reducible } from './paper-ledger.ts';
import { hasPassed, isWithin } from './paper-match.ts';
import type { PaperMatching } from './paper-matching.ts';
import { isConditional, isOpen, isWaiting, leftOf, paperOrder } from './paper-order.ts';
import type { PaperShelf } from './paper-shelf.ts';
import { otherSide, type PaperSight, type PaperView } from './paper-sight.ts';
import type { PaperListing, PaperOrder } from './paper-state.ts';

export type PaperAnswer =
  | { readonly verdict: 'accepted'; readonly order: PaperOrder }
  | {
      readonly verdict: 'rejected' | 'exists' | 'gone' | 'unchanged';
      readonly venueCode: string;
      readonly message: string;
    };

type Id = { readonly venueOrderId?: string; readonly clientOrderId?: string };

/** What a person does with the orders of a paper account: each at once, each exactly once. */
export interface PaperDesk {
  place(request: OrderRequest, listing: PaperListing): PaperAnswer;
  amend(id: Id, change: OrderChange): PaperAnswer;
  cancel(id: Id, note?: string): PaperAnswer;
}

export function createPaperDesk(parts: {
  readonly shelf: PaperShelf;
  readonly matching: PaperMatching;
  readonly viewOf: (instrument: InstrumentId) => PaperView;
  readonly lastOf: (instrument: InstrumentId) => Big | undefined;
}): PaperDesk {
  const { shelf, matching, viewOf } = parts;

  function place(request: OrderRequest, listing: PaperListing): PaperAnswer {
    const { clientOrderId, instrument, side } = request;
    if (shelf.find({ clientOrderId })) return refuse('exists', 'duplicate', `${clientOrderId} is known here`);
    const wrong = shapeFault(request, listing);
    if (wrong) return refuse('rejected', 'shape', wrong);
    shelf.meet(listing);
    const view = viewOf(instrument);
    if (isConditional(request)) return waitFor(request, view);
    if (view.kind === 'blind') return refuse('rejected', 'stale', view.words);
    const { sight } = view;
    let quantity = new Big(request.quantity);
    if (request.reduceOnly || request.closePosition) {
      const most = reducible(shelf.ledger, instrument, side);
      if (most.eq(0)) return refuse('rejected', 'reduce-only', 'there is no position to reduce');
      if (request.closePosition || quantity.gt(most)) quantity = most;
    }
    const wanted = { ...request, quantity: quantity.toFixed() };
    const short = shortOf(shelf, listing, {
      side,
      quantity,
      price: reckonedAt(wanted, sight),
      reduceOnly: request.reduceOnly || request.closePosition,
    });
    if (short !== undefined) return refuse('rejected', 'funds', `not enough ${short} on paper`);
    const order = matching.enter(shelf.put(paperOrder(wanted, shelf.next())), sight);
    matching.cutReduceOnly(instrument);
    return { verdict: 'accepted', order: shelf.find({ venueOrderId: order.id }) ?? order };
  }

  function waitFor(request: OrderRequest, view: PaperView): PaperAnswer {
    const order = paperOrder(request, shelf.next());
    const late = triggeredAlready(order);
    if (late) return late;
    const seen = view.kind === 'seen' ? { since: view.sight.since } : {};
    return { verdict: 'accepted', order: shelf.put({ ...order, ...seen }) };
  }

  function triggeredAlready(order: PaperOrder): PaperAnswer | undefined {
    const { instrument, triggerBy, triggerPrice } = order;
    const now = triggerBy === 'mark' ? shelf.markOf(instrument) : parts.lastOf(instrument);
    if (now === undefined || triggerPrice === undefined) return undefined;
    return hasPassed(order, new Big(triggerPrice), now)
      ? refuse('rejected', 'trigger', `the ${triggerBy} price ${now.toFixed()} has passed ${triggerPrice}`)
      : undefined;
  }

  /** A sale through the book is worth what it is sold at, not its limit. */
  function reckonedAt({ side, price }: Pick<OrderRequest, 'side' | 'price'>, sight: PaperSight): Big {
    const best = sight.best(otherSide(side)) ?? new Big(0);
    const own = price === undefined ? (matching.worstOf(side, sight) ?? best) : new Big(price);
    return side === 'sell' && best.gt(own) ? best : own;
  }

  function amend(id: Id, change: OrderChange): PaperAnswer {
    const order = shelf.find(id);
    if (order === undefined || !isOpen(order)) return refuse('gone', 'gone', 'it has ended');
    const changed: PaperOrder = {
      ...order,
      ...(change.price !== undefined && order.price !== undefined && { price: change.price }),
      ...(change.quantity !== undefined && { quantity: change.quantity }),
      ...(change.triggerPrice !== undefined && isWaiting(order) && { triggerPrice: change.triggerPrice }),
    };
    const isSame = (['price', 'quantity', 'triggerPrice'] as const).every((name) => {
      const [now, before] = [changed[name], order[name]];
      return now === undefined || before === undefined ? now === before : new Big(now).eq(before);
    });
    if (isSame) return refuse('unchanged', 'unchanged', 'it is so already');
    const wrong = changeFault(changed);
    if (wrong) return refuse('rejected', 'shape', wrong);
    const late = isWaiting(order) ? triggeredAlready(changed) : undefined;
    if (late) return late;
    if (isWaiting(order)) {
      return {
        verdict: 'accepted',
        order: shelf.put({ ...changed, note: 'waits for its trigger, amended' }),
      };
    }
    return move(order, changed);
  }

  function move(order: PaperOrder, changed: PaperOrder): PaperAnswer {
    const { instrument, side, price } = changed;
    const staysThere = price !== undefined && order.price !== undefined && new Big(price).eq(order.price);
    if (staysThere && new Big(changed.quantity).lte(order.quantity)) {
      // Less of it keeps its place in the line.
      return { verdict: 'accepted', order: shelf.put({ ...changed, note: 'amended' }) };
    }
    const view = viewOf(instrument);
    if (view.kind === 'blind') return refuse('rejected', 'stale', view.words);
    const { sight } = view;
    const best = sight.best(otherSide(side));
    if (order.timeInForce === 'GTX' && price !== undefined && best && isWithin(side, best, new Big(price))) {
      return refuse('rejected', 'post-only', `${price} would take: it stays as it was`);
    }
    let next = changed;
    if (order.reduceOnly) {
      const most = reducible(shelf.ledger, instrument, side).plus(order.filled);
      if (new Big(next.quantity).gt(most)) next = { ...next, quantity: most.toFixed() };
    }
    const listing = shelf.listings.get(instrument) as PaperListing;
    const short = shortOf(booksWithout(shelf, order.id), listing, {
      side,
      quantity: leftOf(next),
      price: reckonedAt(next, sight),
      reduceOnly: order.reduceOnly,
    });
    if (short !== undefined) return refuse('rejected', 'funds', `not enough ${short} on paper`);
    const { rest: _, ...anew } = next;
    const now = matching.enter(shelf.put({ ...anew, note: 'amended' }), sight);
    matching.cutReduceOnly(instrument);
    return { verdict: 'accepted', order: shelf.find({ venueOrderId: now.id }) ?? now };
  }

  return {
    place,
    amend,
    cancel(id, note = 'cancelled') {
      const order = shelf.find(id);
      if (order === undefined || !isOpen(order)) return refuse('gone', 'gone', 'it has ended, or never was');
      return { verdict: 'accepted', order: shelf.end(order, 'CANCELED', note) };
    },
  };
}

function refuse(
  verdict: Exclude<PaperAnswer['verdict'], 'accepted'>,
  code: string,
  message: string,
): Exclude<PaperAnswer, { verdict: 'accepted' }> {
  return { verdict, venueCode: `paper.${code}`, message };
}

/** What no account could do, in words. Ticks, lots and limits are the guard's. */
function shapeFault(request: OrderRequest, listing: PaperListing): string | undefined {
  const { type, price, triggerPrice, leg } = request;
  if (leg !== 'both') return 'a paper account has one position an instrument';
  if (listing.kind === 'spot' && (isConditional(request) || request.reduceOnly || request.closePosition)) {
    return 'on a spot market paper takes limit and market orders only';
  }
  if (!new Big(request.quantity).gt(0)) return 'the quantity is above zero';
  const isPriced = type === 'limit' || type === 'stop' || type === 'take-profit';
  if (isPriced && !(price !== undefined && new Big(price).gt(0))) return 'it needs a price';
  if (isConditional(request) && !(triggerPrice !== undefined && new Big(triggerPrice).gt(0))) {
    return 'it needs a trigger';
  }
  return undefined;
}

function changeFault({ price, quantity, triggerPrice, filled }: PaperOrder): string | undefined {
  if ([price, triggerPrice].some((one) => one !== undefined && !new Big(one).gt(0))) {
    return 'prices are above zero';
  }
  return new Big(quantity).gt(filled) ? undefined : `${filled} is filled already`;
}
