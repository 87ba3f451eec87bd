import Big from 'big.js';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderSide } from '#shared/domain/order.ts';
import { shortOf } from './paper-funds.ts';
import { reducible } from './paper-ledger.ts';
import { liquidateDue } from './paper-liquidation.ts';
import {
  byPriority,
  type Consumed,
  fillByPrint,
  hasPassed,
  isWithin,
  type Print,
  standingAt,
  stillConsumed,
  takeFrom,
} from './paper-match.ts';
import { isOpen, isWaiting, leftOf, restingOf } from './paper-order.ts';
import { PAPER_MARKET_REACH } from './paper-rules.ts';
import type { PaperShelf } from './paper-shelf.ts';
import { otherSide, ownSide, type PaperSight } from './paper-sight.ts';
import type { PaperListing, PaperOrder } from './paper-state.ts';

/** What the market does to one account's orders, and they to what is seen of it. Only called while the book is fresh. */
export interface PaperMatching {
  /** Gives an order, `NEW` or changed, to the book: it fills, rests or ends. */
  enter(order: PaperOrder, sight: PaperSight): PaperOrder;
  /** The book may be another than before. */
  onBook(instrument: InstrumentId, sight: PaperSight): void;
  /** A public trade. `at`: the venue's clock. */
  onPrint(instrument: InstrumentId, print: Print & { readonly at: number }, sight: PaperSight): void;
  onMark(instrument: InstrumentId, price: Big, sight: PaperSight): void;
  /** The worst price an order without one takes. */
  worstOf(side: OrderSide, sight: PaperSight): Big | undefined;
  /** Resting reduce-only orders never close more than there is: first in line stay, one is cut, the rest end. */
  cutReduceOnly(instrument: InstrumentId): void;
}

export function createPaperMatching(
  shelf: PaperShelf,
  areMarksFresh: (instruments: readonly string[]) => boolean,
): PaperMatching {
  const consumed = new Map<InstrumentId, Consumed>();

  const standing = (instrument: InstrumentId, side?: OrderSide) =>
    shelf.orders.filter(
      (order) =>
        order.instrument === instrument &&
        order.rest !== undefined &&
        (side === undefined || order.side === side),
    );

  /** Levels of the side that `side` takes from, with what is consumed of them forgotten where they changed. */
  function levelsFor(side: OrderSide, instrument: InstrumentId, sight: PaperSight) {
    const levels = sight[otherSide(side)]();
    const now = stillConsumed(consumed.get(instrument) ?? new Map(), side, levels);
    consumed.set(instrument, now);
    return levels;
  }

  function take(order: PaperOrder, limit: Big | undefined, sight: PaperSight) {
    const { side, instrument } = order;
    const levels = levelsFor(side, instrument, sight);
    return takeFrom(levels, consumed.get(instrument) ?? new Map(), { side, limit, quantity: leftOf(order) });
  }

  function worstOf(side: OrderSide, sight: PaperSight): Big | undefined {
    const reach = new Big(1).plus(side === 'buy' ? PAPER_MARKET_REACH : `-${PAPER_MARKET_REACH}`);
    return sight.best(otherSide(side))?.times(reach);
  }

  function enter(order: PaperOrder, sight: PaperSight): PaperOrder {
    const { side, timeInForce, price, instrument } = order;
    const limit = price === undefined ? worstOf(side, sight) : new Big(price);
    const best = sight.best(otherSide(side));
    if (timeInForce === 'GTX' && limit && best && isWithin(side, best, limit)) {
      return shelf.end(order, 'EXPIRED', 'post-only: it would have taken');
    }
    const had = take(order, limit, sight);
    if (timeInForce === 'FOK' && had.quantity.lt(leftOf(order))) {
      return shelf.end(order, 'EXPIRED', 'fill-or-kill: not all of it was there');
    }
    consumed.set(instrument, had.consumed);
    let now = order;
    for (const one of had.taken) now = shelf.fill(now, { ...one, isMaker: false });
    if (!isOpen(now)) return now;
    if (price !== undefined && (timeInForce === 'GTC' || timeInForce === 'GTX')) return join(now, sight);
    const words = new Big(now.filled).gt(0) ? 'the rest was not there' : 'nothing was there within its price';
    return shelf.end(now, 'EXPIRED', words);
  }

  /** At the end of the line at its price. */
  function join(order: PaperOrder, sight: PaperSight): PaperOrder {
    const ahead = aheadOf(order, sight);
    const rest = ahead === undefined ? {} : { ahead: ahead.toFixed() };
    const next: PaperOrder = { ...order, rest, since: sight.since };
    shelf.keep(next);
    return next;
  }

  function aheadOf({ side, price }: PaperOrder, sight: PaperSight): Big | undefined {
    return standingAt(side, new Big(price ?? 0), sight[ownSide(side)](), sight.isWhole);
  }

  /** As a maker, at its own price. A reduce-only order never does more than reduce. */
  function fillResting(order: PaperOrder, wanted: Big): void {
    const most = order.reduceOnly ? reducible(shelf.ledger, order.instrument, order.side) : wanted;
    const quantity = most.lt(wanted) ? most : wanted;
    if (quantity.lte(0)) return;
    shelf.fill(order, { price: new Big(order.price ?? 0), quantity, isMaker: true });
    if (shelf.listings.get(order.instrument)?.kind === 'derivatives') cutReduceOnly(order.instrument);
  }

  function cutReduceOnly(instrument: InstrumentId): void {
    for (const side of ['buy', 'sell'] as const) {
      let left = reducible(shelf.ledger, instrument, side);
      const line = standing(instrument, side)
        .filter(({ reduceOnly }) => reduceOnly)
        .flatMap((order) => {
          const resting = restingOf(order);
          return resting ? [{ order, resting }] : [];
        })
        .sort((a, b) => byPriority(a.resting, b.resting));
      for (const { order } of line) {
        const excess = leftOf(order).minus(left);
        if (left.lte(0)) shelf.end(order, 'EXPIRED', 'nothing left to reduce');
        else if (excess.gt(0)) {
          const quantity = new Big(order.quantity).minus(excess).toFixed();
          shelf.put({ ...order, quantity, note: 'cut to what there is to reduce' });
        }
        left = left.minus(excess.gt(0) ? leftOf(order).minus(excess) : leftOf(order));
      }
    }
  }

  /** Becomes an order like any other, with what there is to reduce and to pay with now; otherwise it ends. */
  function trigger(order: PaperOrder, sight: PaperSight): void {
    let quantity = new Big(order.quantity);
    if (order.reduceOnly) {
      const most = reducible(shelf.ledger, order.instrument, order.side);
      if (most.eq(0)) {
        shelf.end(order, 'EXPIRED', 'triggered: nothing left to reduce');
        return;
      }
      if (order.closePosition || quantity.gt(most)) quantity = most;
    }
    const price = order.price ?? sight.best(otherSide(order.side)) ?? order.triggerPrice ?? 0;
    const listing = shelf.listings.get(order.instrument) as PaperListing;
    const short = shortOf(shelf, listing, { ...order, quantity, price: new Big(price) });
    if (short !== undefined) {
      shelf.end(order, 'REJECTED', `triggered: not enough ${short}`);
      return;
    }
    const { since: _, ...others } = order;
    enter(shelf.put({ ...others, status: 'NEW', note: 'triggered', quantity: quantity.toFixed() }), sight);
    cutReduceOnly(order.instrument);
  }

  function triggerBy(
    by: 'mark' | 'last',
    instrument: InstrumentId,
    price: Big,
    at: number,
    sight: PaperSight,
  ) {
    for (const order of shelf.orders) {
      const { triggerPrice, since = Number.POSITIVE_INFINITY } = order;
      if (order.instrument !== instrument || !isWaiting(order) || order.triggerBy !== by || at <= since) {
        continue;
      }
      if (triggerPrice !== undefined && hasPassed(order, new Big(triggerPrice), price)) trigger(order, sight);
    }
  }

  return {
    enter,
    worstOf,
    cutReduceOnly,
    onBook(instrument, sight) {
      if ((consumed.get(instrument)?.size ?? 0) > 0) {
        for (const side of ['buy', 'sell'] as const) levelsFor(side, instrument, sight);
      }
      for (const order of shelf.orders) {
        if (order.instrument !== instrument || order.since !== undefined) continue;
        shelf.keep({ ...order, since: sight.since });
      }
      const line = standing(instrument).flatMap((order) => restingOf(order) ?? []);
      for (const { id, side, price, ahead } of line.sort(byPriority)) {
        const order = shelf.find({ venueOrderId: id });
        if (order === undefined || !isOpen(order)) continue;
        const best = sight.best(otherSide(side));
        if (best && isWithin(side, best, price)) {
          // Who came to this price would have met the order standing there, and traded at its price.
          const had = take(order, price, sight);
          consumed.set(instrument, had.consumed);
          fillResting(order, had.quantity);
        } else if (ahead === undefined) {
          const seen = aheadOf(order, sight);
          if (seen) shelf.keep({ ...order, rest: { ahead: seen.toFixed() } });
        }
      }
    },
    onPrint(instrument, print, sight) {
      const line = standing(instrument)
        .filter(({ since = Number.POSITIVE_INFINITY }) => print.at > since)
        .flatMap((order) => restingOf(order) ?? []);
      for (const { id, filled, ahead } of fillByPrint(line, print)) {
        const order = shelf.find({ venueOrderId: id });
        if (order === undefined || !isOpen(order)) continue;
        const moved = { ...order, rest: ahead === undefined ? {} : { ahead: ahead.toFixed() } };
        shelf.keep(moved);
        fillResting(moved, filled);
      }
      triggerBy('last', instrument, print.price, print.at, sight);
    },
    onMark(instrument, price, sight) {
      shelf.setMark(instrument, price);
      triggerBy('mark', instrument, price, Number.MAX_SAFE_INTEGER, sight);
      const currency = shelf.listings.get(instrument)?.quote;
      if (currency !== undefined) liquidateDue(shelf, currency, areMarksFresh);
    },
  };
}
