import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { OrderStatus } from '#shared/domain/order.ts';
import { bookFill, coverDebt } from './paper-ledger.ts';
import type { PaperBooks } from './paper-margin.ts';
import { isOpen } from './paper-order.ts';
import { paperRules } from './paper-rules.ts';
import type { PaperFill, PaperLedger, PaperListing, PaperOrder, PaperState } from './paper-state.ts';

/** What happened, in its order, for whoever shows and keeps it. */
export type PaperEvent =
  | { readonly kind: 'order'; readonly order: PaperOrder }
  | { readonly kind: 'fill'; readonly fill: PaperFill }
  /** Everything margined in this currency was closed at mark. `covered`: what was missing and let off. */
  | { readonly kind: 'liquidated'; readonly currency: string; readonly covered: string };

/** All that one paper account has, and the only ways it changes. Decides nothing. */
export interface PaperShelf extends Pick<PaperBooks, 'ledger' | 'listings' | 'rulesOf' | 'markOf'> {
  /** Open ones, oldest first. */
  readonly orders: readonly PaperOrder[];
  readonly fills: readonly PaperFill[];
  /** Open or remembered, by its id or by ours. */
  find(id: { readonly venueOrderId?: string; readonly clientOrderId?: string }): PaperOrder | undefined;
  meet(listing: PaperListing): void;
  setMark(instrument: InstrumentId, price: Big): void;
  /** A number for a new order, and the name that goes with it. */
  next(): { readonly id: string; readonly number: number; readonly at: number };
  /** Takes an order over as it is now, and tells. */
  put(order: PaperOrder): PaperOrder;
  /** Takes it over and tells nobody: how the line ahead of it moves is nobody's news. */
  keep(order: PaperOrder): void;
  fill(
    order: PaperOrder,
    execution: { readonly price: Big; readonly quantity: Big; readonly isMaker: boolean },
    note?: string,
  ): PaperOrder;
  end(order: PaperOrder, status: Exclude<OrderStatus, 'FILLED'>, note: string): PaperOrder;
  liquidated(currency: string): void;
  /** What happened since this was last asked. */
  takeEvents(): readonly PaperEvent[];
  state(): PaperState;
}

const KEPT_ENDED = 200;
const KEPT_FILLS = 300;

export function createPaperShelf(clock: Clock, venue: VenueId, from: PaperState): PaperShelf {
  const run = clock.now().toString(36);
  const listings = new Map<string, PaperListing>(from.listings.map((one) => [one.id, one]));
  const open = new Map<string, PaperOrder>();
  const ended = new Map<string, PaperOrder>();
  const marks = new Map<string, Big>();
  let { ledger, fills, nextNumber } = from;
  let events: PaperEvent[] = [];
  let told = 0;
  for (const order of from.orders) (isOpen(order) ? open : ended).set(order.id, order);

  /** Never the same instant twice: what is told later is later. */
  function tick(): number {
    told = Math.max(clock.now(), told + 1);
    return told;
  }

  function keep(order: PaperOrder): void {
    if (isOpen(order)) open.set(order.id, order);
    else {
      open.delete(order.id);
      ended.set(order.id, order);
      for (const [id] of ended) {
        if (ended.size <= KEPT_ENDED) break;
        ended.delete(id);
      }
    }
  }

  function put(order: PaperOrder): PaperOrder {
    const { rest, ...others } = order;
    const stands = isOpen(order) && rest !== undefined;
    const now: PaperOrder = { ...others, ...(stands && { rest }), updatedAt: tick() };
    keep(now);
    events.push({ kind: 'order', order: now });
    return now;
  }

  const rulesOf: PaperShelf['rulesOf'] = (kind) => paperRules(venue, kind);

  return {
    get ledger(): PaperLedger {
      return ledger;
    },
    get orders() {
      return [...open.values()].sort((a, b) => a.number - b.number);
    },
    get fills() {
      return fills;
    },
    listings,
    rulesOf,
    markOf: (instrument) => marks.get(instrument),
    find({ venueOrderId, clientOrderId }) {
      if (venueOrderId !== undefined) return open.get(venueOrderId) ?? ended.get(venueOrderId);
      if (clientOrderId === undefined) return undefined;
      return [...open.values(), ...ended.values()].find((order) => order.clientOrderId === clientOrderId);
    },
    meet(listing) {
      listings.set(listing.id, listing);
    },
    setMark(instrument, price) {
      marks.set(instrument, price);
    },
    next() {
      const number = nextNumber;
      nextNumber += 1;
      return { id: `${run}-${number.toString(36)}`, number, at: tick() };
    },
    put,
    keep,
    fill(order, { price, quantity, isMaker }, note) {
      const listing = listings.get(order.instrument) as PaperListing;
      const booked = bookFill(ledger, listing, rulesOf(listing.kind), {
        side: order.side,
        price,
        quantity,
        isMaker,
      });
      ledger = booked.ledger;
      const filled = new Big(order.filled).plus(quantity);
      const isWhole = filled.gte(order.quantity);
      const { clientOrderId } = order;
      const { id, at } = this.next();
      const fill: PaperFill = {
        id,
        instrument: order.instrument,
        venueOrderId: order.id,
        ...(clientOrderId !== undefined && { clientOrderId }),
        side: order.side,
        price: price.toFixed(),
        quantity: quantity.toFixed(),
        fee: booked.fee.toFixed(),
        feeCurrency: booked.feeCurrency,
        isMaker,
        ...(booked.realisedPnl && { realisedPnl: booked.realisedPnl.toFixed() }),
        venueTime: at,
      };
      fills = [...fills, fill].slice(-KEPT_FILLS);
      events.push({ kind: 'fill', fill });
      return put({
        ...order,
        filled: filled.toFixed(),
        paid: new Big(order.paid).plus(price.times(quantity)).toFixed(),
        status: isWhole ? 'FILLED' : 'PARTIALLY_FILLED',
        note: note ?? (isWhole ? 'filled' : 'partly filled'),
      });
    },
    end: (order, status, note) => put({ ...order, status, note }),
    liquidated(currency) {
      const before = new Big(ledger.covered[currency] ?? 0);
      ledger = coverDebt(ledger, currency);
      const covered = new Big(ledger.covered[currency] ?? 0).minus(before).toFixed();
      events.push({ kind: 'liquidated', currency, covered });
    },
    takeEvents() {
      const taken = events;
      events = [];
      return taken;
    },
    state: () => ({
      addedAt: from.addedAt,
      ledger,
      listings: [...listings.values()],
      orders: [...ended.values(), ...open.values()],
      fills,
      nextNumber,
    }),
  };
}
