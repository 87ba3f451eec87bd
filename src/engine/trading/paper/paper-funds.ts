import type Big from 'big.js';
import type { OrderSide } from '#shared/domain/order.ts';
import { availableOf, type PaperBooks, usedOf, withFee } from './paper-margin.ts';
import type { PaperListing, PaperOrder } from './paper-state.ts';

/**
 * Which currency there is not enough of for an order that is not among `books.orders`; `undefined`: it can be paid. Spot: what is sold, or the total and its fee. Derivatives: what it
 * adds to the margin, and the taker fee; nothing for what only reduces.
 */
export function shortOf(
  books: PaperBooks,
  listing: PaperListing,
  order: {
    readonly side: OrderSide;
    readonly quantity: Big;
    readonly price: Big;
    readonly reduceOnly: boolean;
  },
): string | undefined {
  const { base, quote } = listing;
  const { side, quantity, price, reduceOnly } = order;
  const notional = quantity.times(price);
  const rules = books.rulesOf(listing.kind);
  if (listing.kind === 'spot') {
    const [currency, needed] = side === 'sell' ? [base, quantity] : [quote, withFee(notional, rules)];
    return availableOf(books, currency).lt(needed) ? currency : undefined;
  }
  if (reduceOnly) return undefined;
  const extra = {
    instrument: listing.id,
    side,
    quantity: quantity.toFixed(),
    filled: '0',
    price: price.toFixed(),
    reduceOnly,
    status: 'NEW',
  } as PaperOrder;
  const added = usedOf({ ...within(books), orders: [...books.orders, extra] }, quote).minus(
    usedOf(books, quote),
  );
  if (added.lte(0)) return undefined;
  return availableOf(books, quote).lt(added.plus(notional.times(rules.takerFee))) ? quote : undefined;
}

/** Without one of the orders, as if it had never been placed. */
export function booksWithout(books: PaperBooks, id: string): PaperBooks {
  return { ...within(books), orders: [...books.orders].filter((order) => order.id !== id) };
}

function within({ ledger, listings, rulesOf, markOf }: PaperBooks): Omit<PaperBooks, 'orders'> {
  return { ledger, listings, rulesOf, markOf };
}
