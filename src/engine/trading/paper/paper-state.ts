import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderSide, OrderStatus } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';

/** What of an instrument the reckoning needs: kept, so that it goes on before the venue's list is there. */
export interface PaperListing {
  readonly id: InstrumentId;
  readonly kind: 'spot' | 'derivatives';
  readonly base: string;
  readonly quote: string;
}

/** One order. Decimal texts; times are those of this machine, ms epoch. */
export interface PaperOrder {
  readonly id: string;
  /** Counts up: of two at one price the lower is first in line. */
  readonly number: number;
  readonly clientOrderId?: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly type: OrderRequest['type'];
  readonly timeInForce: OrderRequest['timeInForce'];
  readonly price?: string;
  readonly triggerPrice?: string;
  readonly triggerBy: 'mark' | 'last';
  readonly quantity: string;
  readonly filled: string;
  /** Quantity times price of everything filled. */
  readonly paid: string;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  readonly status: OrderStatus;
  /** What has become of it, in a few words: shown behind `paper`. */
  readonly note: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /**
   * Stands in the book. `ahead`: public quantity that came before it at its price and has to trade first; absent: not known (the
   * level was out of sight), so that only a trade through the price fills it.
   */
  readonly rest?: { readonly ahead?: string };
  /** Venue's clock: only what was traded later concerns it. Absent: nothing does yet, the market has not been seen. */
  readonly since?: number;
}

export interface PaperPosition {
  /** Signed. */
  readonly quantity: string;
  /** Signed quantity times price, summed up: exact, unlike an average. */
  readonly cost: string;
}

type Money = Readonly<Record<string, string>>;

export interface PaperLedger {
  /** By currency: wallet totals, without the unrealised profit of positions. */
  readonly balances: Money;
  readonly positions: Readonly<Record<string, PaperPosition>>;
  /** By currency, since the start: fees paid, profit made real, and what was missing after liquidations and was let off. */
  readonly fees: Money;
  readonly realised: Money;
  readonly covered: Money;
}

export type PaperFill = FillReport & Required<Pick<FillReport, 'fee' | 'feeCurrency' | 'isMaker'>>;

/** All of one paper account, as it is kept on disk. */
export interface PaperState {
  /** When it was made, or began anew. */
  readonly addedAt: number;
  readonly ledger: PaperLedger;
  readonly listings: readonly PaperListing[];
  /** The newest that have ended, as they ended, and then the open ones. */
  readonly orders: readonly PaperOrder[];
  /** The newest, oldest first. */
  readonly fills: readonly PaperFill[];
  readonly nextNumber: number;
}

export function freshState(
  start: { readonly currency: string; readonly quantity: string },
  addedAt: number,
): PaperState {
  return {
    addedAt,
    ledger: {
      balances: { [start.currency]: start.quantity },
      positions: {},
      fees: {},
      realised: {},
      covered: {},
    },
    listings: [],
    orders: [],
    fills: [],
    nextNumber: 1,
  };
}
