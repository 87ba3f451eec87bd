import type { Brand } from '#shared/base/brand.ts';
import type { AccountState, Environment } from '#shared/domain/account.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import type { Fees } from '#venues/account.ts';
import type { OrderAbilities } from '#venues/order.ts';

/** What is seen of a market at one moment. Prices and quantities: decimal text, exact. */
export interface MarketFacts {
  readonly instrument: Instrument;
  /** The visible book, best first; empty while it is not valid. Each level: price, quantity in base. */
  readonly bids: readonly (readonly [price: string, quantity: string])[];
  readonly asks: readonly (readonly [price: string, quantity: string])[];
  readonly isBookValid: boolean;
  /** Age of the newest book frame, ms; `undefined`: there was none. */
  readonly bookAgeMs: number | undefined;
  /** Engine wall time of it. */
  readonly bookAt: number | undefined;
  readonly last?: string;
  readonly mark?: string;
}

/** What is seen of an account, as far as one instrument is concerned. Decimal texts. */
export interface HeldFacts {
  readonly environment: Environment | 'paper';
  readonly isReal: boolean;
  readonly mode: 'read-only' | 'trade';
  readonly isHedged: boolean;
  readonly abilities: OrderAbilities;
  readonly fees: Fees | undefined;
  /** Free of the quote currency: what spot buys cost and derivatives are margined with. `undefined`: not known. */
  readonly free: { readonly currency: string; readonly quantity: string } | undefined;
  /** Free of the base currency, what spot sells give; absent with derivatives and while not known. */
  readonly freeBase?: { readonly currency: string; readonly quantity: string };
  /** Signed, by leg; absent: none. */
  readonly positions: readonly {
    readonly leg: 'both' | 'long' | 'short';
    readonly quantity: string;
    readonly entryPrice: string;
    readonly leverage?: string;
    readonly liquidationPrice?: string;
  }[];
  readonly leverage?: string;
  /** Reduce-only orders that stand in this instrument's book already: their unfilled quantities, by side. */
  readonly reducing: { readonly buy: string; readonly sell: string };
  /** Open orders of the account, all instruments. */
  readonly openOrders: number;
  /** Orders of ours on this instrument that are unknown. */
  readonly unknownHere: number;
}

/** What a draft is read against, all of one moment. */
export interface DraftSight {
  readonly market: MarketFacts;
  readonly held: HeldFacts;
  readonly limits: Pick<TradingLimits, 'slippagePercent'>;
}

/** All that the guard looks at. Pure data: the same state always gives the same answer. */
export interface GuardState {
  readonly market: MarketFacts;
  readonly held: HeldFacts;
  readonly limits: TradingLimits;
  /** Of today (UTC), in the instrument's quote currency, this account: orders that left. */
  readonly spentToday: string;
  /** Orders of this account that left in the last ten seconds. */
  readonly ordersIn10s: number;
  /** The very same order left less than a second ago. */
  readonly isRepeat: boolean;
  /** True: counts as new exposure whatever it looks like. The guard works out by itself what only makes a position smaller. */
  readonly addsExposure?: boolean;
}

/** Only `guard` mints it, and the executor takes nothing else. */
export type ApprovedOrder = Brand<OrderRequest, 'ApprovedOrder'>;

export type Guarded =
  | { readonly kind: 'approved'; readonly order: ApprovedOrder }
  | { readonly kind: 'denied'; readonly denials: readonly Denial[] };

/** What trust is judged by. Ages in ms. */
export interface TrustFacts {
  readonly isHalted: boolean;
  readonly journalFault: string | undefined;
  readonly isReal: boolean;
  readonly isArmed: boolean;
  readonly isPaper: boolean;
  readonly state: AccountState;
  /** Since the last whole comparison; `undefined`: there was none. */
  readonly reconciledAgoMs: number | undefined;
  /** The last comparison is older than the last fill or than the socket that stands. */
  readonly isReconcileOwed: boolean;
  readonly streamHeardAgoMs: number | undefined;
  readonly clockOffsetMs: number | undefined;
  /** Since the machine woke nothing has been proven yet. */
  readonly isWakeOwed: boolean;
  readonly isBookValid: boolean;
  readonly bookAgeMs: number | undefined;
}
