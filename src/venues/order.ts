import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { AccountRefusal, AccountVenue, SignedCall } from './account.ts';

/** What can be ordered of an instrument at a venue. A ticket offers nothing else, and the guard lets nothing else through. */
export interface OrderAbilities {
  readonly conditional: boolean;
  /** Beside `GTC`. */
  readonly immediate: readonly ('IOC' | 'FOK')[];
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** All of a position by a flag, whatever its quantity is then. */
  readonly closePosition: boolean;
  /** A standing order can be changed. `replace`: by the venue, as cancel and new in one, under a new id. */
  readonly amend: 'no' | 'in-place' | 'replace';
  /** Not so one that waits for its trigger (Binance): that is cancelled and placed anew. */
  readonly amendsWaiting?: false;
}

/** What the venue said to a placed or amended order. Not its fate: that is told by the stream. */
export interface Placed {
  readonly venueOrderId?: string;
  /** Where the answer already tells the whole order. */
  readonly report?: OrderReport;
}

/** What came of one of many cancels in one call. */
export interface SweepAnswer {
  readonly cancelled: readonly { readonly venueOrderId?: string; readonly clientOrderId?: string }[];
  readonly failed: readonly {
    readonly venueOrderId?: string;
    readonly clientOrderId?: string;
    readonly message: string;
  }[];
  /** True where the answer names no orders: what is left must be read. */
  readonly isBlind: boolean;
}

/**
 * What an answer that refused an order call proves.
 * `rejected`: the venue had it and will not do it. `unknown`: nothing is proven. `exists`: an order with this id is there
 * (Binance −4116, Bybit 110072 and 170141, Bithumb 422). `gone`: what was to be cancelled or amended has ended, or is not
 * known (any more). `unchanged`: it was so already. `unsent`: it was turned away before it reached the matching (429, 418).
 */
export type OrderVerdict = 'rejected' | 'unknown' | 'exists' | 'gone' | 'unchanged' | 'unsent';

/** How it is proven that an order was never taken: the sheets' sections on ambiguous placement. */
export interface AbsenceRule {
  /**
   * The venue refuses what reaches it later than so many ms after its timestamp. Absent: it has no such fence, and absence
   * is never proven: after `quarantineMs` a person decides.
   */
  readonly recvWindowMs?: number;
  readonly quarantineMs: number;
  /** An id is used up even by an order that was refused (Upbit): a second try takes a new one. */
  readonly burnsIds: boolean;
}

/** The ordering half of a venue: data and pure functions. Nothing of it is ever repeated by whoever makes the calls. */
export interface VenueOrders {
  abilities(instrument: InstrumentId): OrderAbilities;
  /** Exactly one POST. Throws `order.unable` for what `abilities` does not offer. Always carries our client order id. */
  place(request: OrderRequest): SignedCall<Placed>;
  /** Only where `abilities().amend` is not `no`. `order`: as the venue last told it, since some want all of it said again. */
  amend(order: OrderReport, change: OrderChange, clientOrderId: string): SignedCall<Placed>;
  cancel(ref: OrderRef): SignedCall<Placed>;
  /**
   * Cancels all that stands, of one instrument or of the whole account, conditional orders included: calls to be made one after
   * the other. Empty: this venue has none for this (Bithumb; Binance without an instrument): cancel what is open, one by one or in `cancelMany`s.
   */
  cancelAll(instrument?: InstrumentId): readonly SignedCall<SweepAnswer>[];
  /** Several orders of one account by one call; absent: one by one. */
  readonly cancelMany?: { readonly most: number; call(refs: readonly OrderRef[]): SignedCall<SweepAnswer> };
  /** Least time between two `cancelAll` calls (Upbit: 2 s). */
  readonly cancelAllEveryMs: number;
  /** Of a call that was answered with a refusal. `refusal` as `refusalOf` read it. */
  verdictOf(action: 'place' | 'amend' | 'cancel', status: number, refusal: AccountRefusal): OrderVerdict;
  readonly absence: AbsenceRule;
  /** Its private stream tells of every order at once; silence after a lost answer says something. */
  readonly streamTells: boolean;
}

/** A private venue orders can be given to. */
export interface TradingVenue extends AccountVenue {
  readonly orders: VenueOrders;
}
