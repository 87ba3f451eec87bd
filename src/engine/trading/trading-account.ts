import type { Undo } from '#shared/base/emitter.ts';
import type { AccountId, AccountState, Environment } from '#shared/domain/account.ts';
import type { InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { OrderChange, OrderRef, OrderRequest } from '#shared/domain/order-draft.ts';
import type { Fees } from '#venues/account.ts';
import type { AbsenceRule, OrderAbilities, Placed, SweepAnswer } from '#venues/order.ts';
import type { AccountHoldings } from '../accounts/account-holdings.ts';

/** What came of an order call. Never thrown: every way it can end is one of these. */
export type CallOutcome<Answer> =
  | { readonly verdict: 'accepted'; readonly answer: Answer }
  | {
      /**
       * `unsent`: proven not to have reached the matching (it never left, or was turned away at the door).
       * `unknown`: nothing is proven. The rest as `OrderVerdict`.
       */
      readonly verdict: 'rejected' | 'unknown' | 'exists' | 'gone' | 'unchanged' | 'unsent';
      readonly venueCode: string;
      readonly message: string;
    };

/** Told in the instant before the request goes on the wire. Throwing keeps it from leaving: the outcome is `unsent`. */
export type OnSending = (hash: string) => void;

/**
 * An account orders can be given to: one at a venue (`venue-account.ts`) or a paper one (`paper/`). It does as told, once, and judges
 * nothing: guard, trust, journal and halting are the executor's.
 */
export interface TradingAccount {
  readonly id: AccountId;
  readonly venue: VenueId;
  readonly label: string;
  readonly environment: Environment | 'paper';
  /** Money is real. */
  readonly isReal: boolean;
  readonly mode: 'read-only' | 'trade';
  readonly state: AccountState;
  readonly holdings: AccountHoldings;
  /** Wall time of the last whole comparison with the venue. */
  readonly reconciledAt: number | undefined;
  /** Wall time the private stream last said anything; and the epoch of its socket: another one is a gap. */
  readonly streamHeardAt: number | undefined;
  readonly streamEpoch: number;
  /** True where long and short stand side by side. */
  readonly isHedged: boolean;
  readonly absence: AbsenceRule;
  /** Venue clock minus ours, ms; `undefined` while not measured. */
  readonly clockOffsetMs: number | undefined;
  abilities(instrument: InstrumentId): OrderAbilities;
  /** `undefined` while not known; asking is what makes it known. */
  fees(instrument: InstrumentId): Fees | undefined;
  place(request: OrderRequest, onSending: OnSending): Promise<CallOutcome<Placed>>;
  amend(
    order: OrderReport,
    change: OrderChange,
    clientOrderId: string,
    onSending: OnSending,
  ): Promise<CallOutcome<Placed>>;
  cancel(ref: OrderRef, onSending: OnSending): Promise<CallOutcome<Placed>>;
  /** See `VenueOrders.cancelAll`: `undefined` where the venue has none for this. Ends early when `signal` does. */
  cancelAll(
    instrument: InstrumentId | undefined,
    signal: AbortSignal,
  ): Promise<CallOutcome<SweepAnswer>> | undefined;
  cancelMany?(refs: readonly OrderRef[]): Promise<CallOutcome<SweepAnswer>>;
  readonly mostCancels: number;
  /** All that is open now, as REST tells it. Throws as `AccountClient.call`. */
  openOrders(): Promise<readonly OrderReport[]>;
  /**
   * Looks for one order by whichever id is known, wherever the venue keeps them. `undefined`: the venue knows no such order.
   * `isThere`: it does, and cannot tell of it yet. A conditional order that was triggered is told of as the order it became, under
   * our id. `venueTime`: the venue's clock when it answered, as well as it is known. Throws as `AccountClient.call`.
   */
  find(
    ref: OrderRef,
  ): Promise<
    | { readonly order: OrderReport; readonly fills?: readonly FillReport[]; readonly venueTime: number }
    | { readonly order: undefined; readonly isThere?: true; readonly venueTime: number }
  >;
  /** Compares everything with the venue now. Throws as `AccountClient.call`. */
  reconcile(): Promise<void>;
  onHoldings(listener: (now: AccountHoldings, before: AccountHoldings) => void): Undo;
  onState(listener: (state: AccountState) => void): Undo;
}

/** All accounts orders can be given to. */
export interface TradingAccounts {
  readonly all: readonly TradingAccount[];
  /** Throws `account.unknown`. */
  of(account: AccountId): TradingAccount;
  onChange(listener: () => void): Undo;
}
