import type Big from 'big.js';
import type { Order, Side } from '../book-side.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Listing, SimAccount, SimFill, SimFunding, SimOrder } from './account-desk.ts';
import type { CategoryRules, DeskRules } from './desk-rules.ts';
import type { Holding } from './holding.ts';

/** What an account needs of the desk it is kept at. */
export interface AccountSite {
  readonly rules: DeskRules;
  /** The instrument, made if need be. */
  instrumentOf(at: Listing): InstrumentMarket | undefined;
}

/** An order as its account sees it. */
export interface LedgerOrder {
  readonly number: number;
  readonly instrument: InstrumentMarket;
  readonly rules: CategoryRules;
  /** What of it is in the book. */
  readonly resting: Order | undefined;
  /** As it stands; a view never changes afterwards. */
  readonly view: SimOrder;
  readonly bookSide: Side;
  readonly isOpen: boolean;
  /** What may still be filled; of an order that names a total in quote: nothing is known. */
  readonly remaining: Big;
}

/** An account as the desk's arithmetic sees it. */
export interface Ledger extends SimAccount {
  readonly site: AccountSite;
  /** Open ones by number, oldest first. */
  readonly open: ReadonlyMap<number, LedgerOrder>;
  totalOf(currency: string): Big;
  /** What may be spent: profit that is not made yet only counts where it is a loss. */
  availableOf(currency: string): Big;
  holdingOf(at: Listing): Holding;
  /** Positions that are not flat, in the order they were first opened. */
  holdings(): Iterable<{ readonly at: Listing; readonly holding: Holding }>;
  markPriceOf(at: Listing): Big | undefined;
  hasOpenWithId(clientOrderId: string): boolean;
  move(currency: string, change: Big): void;
  hold(at: Listing, holding: Holding): void;
  addFill(fill: SimFill): void;
  addFunding(funding: SimFunding): void;
}
