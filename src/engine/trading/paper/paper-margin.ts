import Big from 'big.js';
import { PAPER_LEVERAGE, PAPER_MAINTENANCE, type PaperRules } from './paper-rules.ts';
import type { PaperLedger, PaperListing, PaperOrder } from './paper-state.ts';

/** What the figures of an account are worked out from. */
export interface PaperBooks {
  readonly ledger: PaperLedger;
  /** Open ones. */
  readonly orders: Iterable<PaperOrder>;
  readonly listings: ReadonlyMap<string, PaperListing>;
  readonly rulesOf: (kind: PaperRules['kind']) => PaperRules;
  /** `undefined`: no mark price is known. */
  readonly markOf: (instrument: string) => Big | undefined;
}

const ZERO = new Big(0);
const PLACES = 8;

/** What a notional bought on a spot market costs with the fee that may come on top. */
export function withFee(notional: Big, rules: PaperRules): Big {
  if (rules.feeIn === 'received') return notional;
  const rate = new Big(rules.makerFee).gt(rules.takerFee) ? rules.makerFee : rules.takerFee;
  return notional.plus(notional.times(rate));
}

/**
 * What of a currency is held: by spot orders in the book what they may take; by positions their cost over the leverage; by
 * orders that could add to a position the same, of an instrument's buys and sells the side that leads further. Orders that wait
 * for their trigger, and reduce-only ones, hold nothing.
 */
export function usedOf(books: PaperBooks, currency: string): Big {
  const exposures = new Map<string, { cost: Big; buys: Big; sells: Big }>();
  const exposureOf = (instrument: string) => {
    const known = exposures.get(instrument) ?? { cost: ZERO, buys: ZERO, sells: ZERO };
    exposures.set(instrument, known);
    return known;
  };
  let used = ZERO;
  for (const [instrument, { cost }] of Object.entries(books.ledger.positions)) {
    if (books.listings.get(instrument)?.quote === currency) exposureOf(instrument).cost = new Big(cost);
  }
  for (const order of books.orders) {
    const listing = books.listings.get(order.instrument);
    if (listing === undefined || order.price === undefined || order.status === 'PENDING_TRIGGER') continue;
    const left = new Big(order.quantity).minus(order.filled);
    const notional = left.times(order.price);
    const isBuy = order.side === 'buy';
    if (listing.kind === 'spot') {
      if (!isBuy && listing.base === currency) used = used.plus(left);
      if (isBuy && listing.quote === currency) used = used.plus(withFee(notional, books.rulesOf('spot')));
    } else if (listing.quote === currency && !order.reduceOnly) {
      const exposure = exposureOf(order.instrument);
      if (isBuy) exposure.buys = exposure.buys.plus(notional);
      else exposure.sells = exposure.sells.plus(notional);
    }
  }
  for (const { cost, buys, sells } of exposures.values()) {
    const [up, down] = [cost.plus(buys).abs(), cost.minus(sells).abs()];
    const furthest = up.gt(down) ? up : down;
    const margined = furthest.gt(cost.abs()) ? furthest : cost.abs();
    used = used.plus(margined.div(PAPER_LEVERAGE).round(PLACES, Big.roundUp));
  }
  return used;
}

/** Of positions margined in this currency, at mark; one without a mark price counts as neither won nor lost. */
export function unrealisedOf(books: PaperBooks, currency: string): Big {
  let sum = ZERO;
  for (const [instrument, position] of positionsIn(books, currency)) {
    const mark = books.markOf(instrument);
    if (mark) sum = sum.plus(mark.times(position.quantity).minus(position.cost));
  }
  return sum;
}

/** What new orders may use: losses of positions are money that is not there, profits are no money yet. May be below zero. */
export function availableOf(books: PaperBooks, currency: string): Big {
  const unrealised = unrealisedOf(books, currency);
  const free = new Big(books.ledger.balances[currency] ?? 0).minus(usedOf(books, currency));
  return unrealised.lt(0) ? free.plus(unrealised) : free;
}

export function maintenanceOf(books: PaperBooks, currency: string): Big {
  let sum = ZERO;
  for (const [instrument, position] of positionsIn(books, currency)) {
    sum = sum.plus(maintenance(books, instrument, position.quantity));
  }
  return sum;
}

/**
 * The mark price at which, all else staying as it is, the account has just the maintenance margin left; `undefined`: there is
 * none above zero, or no such position.
 */
export function liquidationOf(books: PaperBooks, instrument: string): Big | undefined {
  const position = books.ledger.positions[instrument];
  const currency = books.listings.get(instrument)?.quote;
  if (position === undefined || currency === undefined) return undefined;
  let others = new Big(books.ledger.balances[currency] ?? 0);
  for (const [other, { quantity, cost }] of positionsIn(books, currency)) {
    if (other === instrument) continue;
    const profit = books.markOf(other)?.times(quantity).minus(cost) ?? ZERO;
    others = others.plus(profit).minus(maintenance(books, other, quantity));
  }
  const quantity = new Big(position.quantity);
  const price = new Big(position.cost)
    .minus(others)
    .div(quantity.minus(quantity.abs().times(PAPER_MAINTENANCE)));
  return price.gt(0) ? price.round(PLACES) : undefined;
}

export function* positionsIn({ ledger, listings }: PaperBooks, currency: string) {
  for (const [instrument, position] of Object.entries(ledger.positions)) {
    if (listings.get(instrument)?.quote === currency) yield [instrument, position] as const;
  }
}

function maintenance({ markOf }: PaperBooks, instrument: string, quantity: string): Big {
  return (markOf(instrument) ?? ZERO).times(quantity).abs().times(PAPER_MAINTENANCE);
}
