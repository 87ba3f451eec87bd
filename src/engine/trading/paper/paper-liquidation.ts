import Big from 'big.js';
import { maintenanceOf, positionsIn, unrealisedOf } from './paper-margin.ts';
import type { PaperShelf } from './paper-shelf.ts';
import type { PaperOrder } from './paper-state.ts';

/**
 * Takes over what is margined in a currency once its money is no more than the maintenance margin: orders end, positions are
 * closed at mark with the taker fee, and what is missing then is let off. Nothing is done on marks that are not fresh.
 */
export function liquidateDue(
  shelf: PaperShelf,
  currency: string,
  areMarksFresh: (instruments: readonly string[]) => boolean,
): void {
  const positions = [...positionsIn(shelf, currency)];
  if (positions.length === 0) return;
  const equity = new Big(shelf.ledger.balances[currency] ?? 0).plus(unrealisedOf(shelf, currency));
  if (equity.gt(maintenanceOf(shelf, currency))) return;
  if (!areMarksFresh(positions.map(([instrument]) => instrument))) return;
  for (const order of shelf.orders) {
    const listing = shelf.listings.get(order.instrument);
    if (listing?.kind === 'derivatives' && listing.quote === currency) {
      shelf.end(order, 'CANCELED', 'cancelled: the account was liquidated');
    }
  }
  for (const [instrument, { quantity: held }] of positions) {
    const price = shelf.markOf(instrument);
    const listing = shelf.listings.get(instrument);
    if (price === undefined || listing === undefined) continue;
    const quantity = new Big(held).abs();
    const { id, number, at } = shelf.next();
    const order: PaperOrder = {
      id,
      number,
      instrument: listing.id,
      side: new Big(held).gt(0) ? 'sell' : 'buy',
      type: 'market',
      timeInForce: 'IOC',
      triggerBy: 'mark',
      quantity: quantity.toFixed(),
      filled: '0',
      paid: '0',
      reduceOnly: true,
      closePosition: true,
      status: 'NEW',
      note: 'liquidation',
      createdAt: at,
      updatedAt: at,
    };
    shelf.fill(shelf.put(order), { price, quantity, isMaker: false }, 'liquidated at mark');
  }
  shelf.liquidated(currency);
}
