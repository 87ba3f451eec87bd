import type { AccountId } from './account.ts';
import type { VenueId } from './instrument.ts';
import type { FillReport, OrderReport } from './order.ts';
import type { Denial, Trust } from './order-check.ts';
import type { OrderChange, OrderDraft, OrderRef, OrderRequest } from './order-draft.ts';
import type { Evidence, OwnOrderState } from './own-order.ts';

/** What is written down, each before it has any effect outside. `order`: our client order id, where it is about one. */
export type JournalEvent =
  /** A click came. */
  | { readonly kind: 'intent'; readonly order: string; readonly draft: OrderDraft; readonly from: string }
  | { readonly kind: 'denied'; readonly order: string; readonly denials: readonly Denial[] }
  | { readonly kind: 'blocked'; readonly order: string; readonly trust: Trust }
  /** A person stepped over a failing proof. */
  | { readonly kind: 'override'; readonly order: string; readonly trust: Trust }
  | { readonly kind: 'guarded'; readonly order: string; readonly request: OrderRequest }
  | { readonly kind: 'confirm'; readonly order: string; readonly answer: 'yes' | 'no' | 'nobody' | 'busy' }
  /** About to leave: after this line and not before, the request goes on the wire. */
  | { readonly kind: 'sending'; readonly order: string; readonly request: OrderRequest }
  /** On the wire. `hash`: SHA-256 of method, address without signature, and body. */
  | { readonly kind: 'sent'; readonly order: string; readonly hash: string; readonly afterMs: number }
  | {
      readonly kind: 'answer';
      readonly order: string;
      readonly verdict: 'accepted' | 'rejected' | 'unknown' | 'exists' | 'unsent';
      readonly venueOrderId?: string;
      readonly venueCode?: string;
      readonly message?: string;
      readonly afterMs: number;
    }
  | {
      readonly kind: 'report';
      readonly order: string;
      readonly report: OrderReport;
      readonly source: 'stream' | 'rest';
    }
  | {
      readonly kind: 'fill';
      readonly order: string;
      readonly fill: FillReport;
      readonly source: 'stream' | 'rest';
    }
  | { readonly kind: 'evidence'; readonly order: string; readonly evidence: Evidence }
  /** It is proven, or a person decided, that the venue never had it. */
  | { readonly kind: 'absent'; readonly order: string; readonly by: 'proof' | 'person' }
  /** The person is asked: no proof can be had here. */
  | { readonly kind: 'asked'; readonly order: string }
  | { readonly kind: 'cancel'; readonly order: string; readonly ref: OrderRef; readonly from: string }
  | {
      readonly kind: 'amend';
      readonly order: string;
      readonly ref: OrderRef;
      readonly change: OrderChange;
      readonly from: string;
    }
  | {
      readonly kind: 'done';
      readonly order: string;
      readonly action: 'cancel' | 'amend';
      readonly verdict: 'accepted' | 'rejected' | 'unknown' | 'gone';
      readonly venueCode?: string;
      readonly message?: string;
      readonly afterMs: number;
    }
  | {
      readonly kind: 'sweep';
      readonly account: AccountId;
      readonly from: string;
      readonly found: number;
      readonly left: number;
      readonly isOver: boolean;
    }
  | { readonly kind: 'armed' | 'disarmed'; readonly venue: VenueId; readonly reason: string }
  | { readonly kind: 'halted' | 'resumed'; readonly from: string }
  /** Heartline started, with this many orders of unknown fate. */
  | { readonly kind: 'started'; readonly unknown: number };

/** A line of the journal. The chain: `hash` = SHA-256 of the previous line's hash and this line's own text. */
export interface JournalLine {
  /** Counts up from 1 without holes. */
  readonly seq: number;
  /** Engine wall time, ms epoch. */
  readonly at: number;
  readonly event: JournalEvent;
  /** Where the order stands after it; absent where the line is about none that was placed. */
  readonly state?: OwnOrderState;
  /** Lower-case hex. */
  readonly hash: string;
}
