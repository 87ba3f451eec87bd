import type { AccountId } from './account.ts';
import type { InstrumentId } from './instrument.ts';
import type { OrderSide } from './order.ts';

/** What a ticket can ask for. The four in the middle wait for their trigger; `stop` and `take-profit` then stand as a limit. */
export const TICKET_TYPES = [
  'limit',
  'market',
  'stop-market',
  'stop',
  'take-profit-market',
  'take-profit',
] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

/** How a quantity was meant: in base, in quote, in contracts (those of the four venues are one base each), or % of what is free. */
export const AMOUNT_UNITS = ['base', 'quote', 'contracts', 'percent'] as const;
export type AmountUnit = (typeof AMOUNT_UNITS)[number];

/** What a person has put into a ticket, as typed: decimal text, not yet rounded to anything. */
export interface OrderDraft {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly type: TicketType;
  /** Ignored with `closePosition`. */
  readonly quantity: { readonly unit: AmountUnit; readonly value: string };
  /** Of `limit`, `stop` and `take-profit`, in quote. */
  readonly price?: string;
  /** Of the four that wait. */
  readonly triggerPrice?: string;
  readonly triggerBy?: 'mark' | 'last';
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK';
  /** Never takes: refused or cancelled by the venue rather than filled at once. Only `limit`, only `GTC`. */
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** All of the position, however large it is then. Implies `reduceOnly`. */
  readonly closePosition: boolean;
}

/**
 * The canonical order: exactly what leaves, in exact decimal text. A market order leaves as a limit that lives for an
 * instant (`IOC`) at the worst price it may take: `isMarket` says so.
 */
export interface OrderRequest {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly clientOrderId: string;
  readonly side: OrderSide;
  readonly type: 'limit' | 'market' | 'stop-market' | 'stop' | 'take-profit-market' | 'take-profit';
  readonly isMarket: boolean;
  /** `GTX`: post-only. */
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX';
  /** In base. With `closePosition` the position's at this moment, for the limits and the journal. */
  readonly quantity: string;
  /** In quote; absent for what takes the price it finds when its trigger is reached. */
  readonly price?: string;
  readonly triggerPrice?: string;
  readonly triggerBy?: 'mark' | 'last';
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  /** Which side of a hedged account it is about; `both` where there is one position an instrument. */
  readonly leg: 'both' | 'long' | 'short';
  /** Quantity times the price it is reckoned with, in quote. */
  readonly notional: string;
}

/** Which order is meant. `venueOrderId` where the venue has given one. */
export interface OrderRef {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly venueOrderId?: string;
  readonly clientOrderId?: string;
  readonly isConditional: boolean;
}

/** What is to be different of a standing order: at least one of them. Decimal text, in quote and in base. */
export interface OrderChange {
  readonly price?: string;
  /** The whole quantity, what is filled already included. */
  readonly quantity?: string;
  readonly triggerPrice?: string;
}
