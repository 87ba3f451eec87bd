import type { AccountId, Dated } from './account.ts';
import type { InstrumentId } from './instrument.ts';

/** The standard statuses every venue's own word is mapped to. */
export const ORDER_STATUSES = [
  'NEW',
  'PENDING_TRIGGER',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'EXPIRED',
  'REJECTED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** After one of these nothing changes any more but late fills. */
export function isTerminal(status: OrderStatus): boolean {
  return status === 'FILLED' || status === 'CANCELED' || status === 'EXPIRED' || status === 'REJECTED';
}

export type OrderSide = 'buy' | 'sell';
export type OrderType =
  | 'limit'
  | 'market'
  | 'stop'
  | 'stop-market'
  | 'take-profit'
  | 'take-profit-market'
  | 'trailing'
  | 'other';
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX' | 'GTD' | 'other';

/** What a venue says of one order, by whichever way it said it. Quantities and prices: decimal text, in base and in quote. */
export interface OrderReport {
  readonly instrument: InstrumentId;
  readonly venueOrderId: string;
  readonly clientOrderId?: string;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly status: OrderStatus;
  /** The venue's own word for the status, and its reason where it gives one: `Cancelled EC_PostOnlyWillTakeLiquidity`. */
  readonly venueStatus: string;
  /** Absent for market orders. */
  readonly price?: string;
  readonly triggerPrice?: string;
  /** Absent where the order names a total in quote instead. */
  readonly quantity?: string;
  /** The total in quote of a market buy that names one. */
  readonly quoteQuantity?: string;
  readonly filledQuantity: string;
  readonly averagePrice?: string;
  readonly reduceOnly: boolean;
  readonly postOnly: boolean;
  /** Venue's clock, ms epoch; absent where the venue does not tell. */
  readonly createdAt?: number;
  /** Venue's clock, ms epoch: when this was so. */
  readonly venueTime: number;
  /** A conditional order that waits for its trigger (Binance keeps these in a list of their own). */
  readonly isConditional: boolean;
  /**
   * Of a conditional order that was triggered where it goes on under another id (Binance): the `venueOrderId` of the regular
   * order it became. That one has the fills and the end; this one's own status (`EXPIRED` once it is handed over) ends
   * nothing for whoever placed it.
   */
  readonly becameOrderId?: string;
}

/** An order as the desk holds it. */
export interface Order extends OrderReport, Dated {
  readonly account: AccountId;
}

/** One execution of an order of ours. `id` is unique within instrument and account. */
export interface FillReport {
  readonly id: string;
  readonly instrument: InstrumentId;
  readonly venueOrderId: string;
  readonly clientOrderId?: string;
  readonly side: OrderSide;
  readonly price: string;
  readonly quantity: string;
  /** Positive: paid. Absent where the venue does not tell it fill by fill. */
  readonly fee?: string;
  readonly feeCurrency?: string;
  /** Absent where the venue does not tell (Bithumb). */
  readonly isMaker?: boolean;
  readonly realisedPnl?: string;
  /** Venue's clock, ms epoch. */
  readonly venueTime: number;
}

export interface Fill extends FillReport, Dated {
  readonly account: AccountId;
}
