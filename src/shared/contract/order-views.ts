import type { AccountId } from '../domain/account.ts';
import type { InstrumentId, VenueId } from '../domain/instrument.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Denial, OrderEstimate, Trust } from '../domain/order-check.ts';
import type { OrderRequest } from '../domain/order-draft.ts';
import type { OwnOrder } from '../domain/own-order.ts';

/** What the engine makes of a draft, again whenever something it depends on changed (at most four times a second). */
export interface TicketView {
  readonly trust: Trust;
  /** Everything that is wrong with it at once; empty: it may leave once `trust` is `ok`. */
  readonly denials: readonly Denial[];
  readonly estimate: OrderEstimate;
  /** What would leave; absent while the draft makes none. Its client order id is not the one it will have. */
  readonly request?: OrderRequest;
  /** Above the threshold: main asks for a confirmation of its own. */
  readonly isConfirmedByMain: boolean;
  /** Engine wall time of the book it was reckoned with, ms epoch. */
  readonly bookAt?: number;
  /** Money is real: not a simulator, not paper. */
  readonly isReal: boolean;
  /** What can be asked for there at all; a ticket offers nothing else. Absent: not known yet. */
  readonly abilities?: {
    readonly conditional: boolean;
    /** Beside `GTC`. */
    readonly immediate: readonly ('IOC' | 'FOK')[];
    readonly postOnly: boolean;
    readonly reduceOnly: boolean;
    readonly closePosition: boolean;
  };
}

/** What came of a click. */
export type PlaceAnswer =
  | { readonly kind: 'denied'; readonly denials: readonly Denial[] }
  | { readonly kind: 'blocked'; readonly trust: Trust }
  /**
   * Main asked, and the person said no; or there was nobody to ask. `busy`: they are being asked about another order of that
   * account, or said no to several a moment ago.
   */
  | { readonly kind: 'declined'; readonly answer: 'no' | 'nobody' | 'busy' }
  /** It left, or is proven not to have: the order tells which. */
  | { readonly kind: 'placed'; readonly order: OwnOrder };

/** What came of a cancel or an amendment. `gone`: it had ended before. `declined`: main asked, and it was not confirmed. */
export interface ChangeAnswer {
  readonly verdict: 'accepted' | 'rejected' | 'unknown' | 'gone' | 'denied' | 'blocked' | 'declined';
  readonly venueCode?: string;
  readonly message?: string;
  readonly denials?: readonly Denial[];
  readonly trust?: Trust;
}

/** A long work on many orders: cancel all, flatten, the kill switch. */
export interface Sweep {
  readonly id: string;
  readonly kind: 'cancel-all' | 'flatten' | 'kill';
  readonly account: AccountId;
  readonly instrument?: InstrumentId;
  readonly startedAt: number;
  readonly found: number;
  readonly left: number;
  /** Orders that could not be cancelled, with the venue's words. */
  readonly failed: readonly { readonly order: string; readonly message: string }[];
  readonly endedAt?: number;
  readonly outcome?: 'clean' | 'left-over' | 'stopped' | 'failed';
  readonly detail?: string;
}

export interface ArmView {
  readonly venue: VenueId;
  readonly name: string;
  /** False: simulator or paper alone, nothing to arm. */
  readonly isReal: boolean;
  readonly isArmed: boolean;
  /** When it disarms by itself, ms epoch; moves on with every order. */
  readonly until?: number;
  /** What has to be typed: `ARM BYBIT`. */
  readonly phrase: string;
  /** Why it cannot be armed here at all: `mainnet-off` until settings allow it. */
  readonly barred?: 'mainnet-off' | 'halted';
}

export interface TradingView {
  readonly halted?: { readonly since: number; readonly from: string };
  readonly arms: readonly ArmView[];
  /** Orders of unknown fate, oldest first. They survive a restart. */
  readonly unknown: readonly OwnOrder[];
  readonly sweeps: readonly Sweep[];
  /** Set while the journal cannot be written: no order leaves. */
  readonly journalFault?: string;
  /** How a confirmation would be asked for: a dialog of the system, the server's terminal, or not at all. */
  readonly confirms: 'dialog' | 'terminal' | 'none';
  /** Where paper accounts can be had. */
  readonly paperVenues: readonly VenueId[];
}

/** Orders placed from here that changed since the last batch, keyed by `request.clientOrderId`. At most the newest 500. */
export interface OwnOrdersUpdate {
  readonly restart: boolean;
  readonly orders: readonly OwnOrder[];
}

/** The flight recorder of one order, oldest first, with how long after the click each line came. */
export interface Flight {
  readonly order: OwnOrder;
  readonly lines: readonly (JournalLine & { readonly afterMs: number })[];
}

export interface ExportedFile {
  readonly fileName: string;
  readonly text: string;
  /** Of `text` in UTF-8, lower-case hex. */
  readonly sha256: string;
}
