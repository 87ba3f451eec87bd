import type { AccountId } from './account.ts';
import type { OrderStatus } from './order.ts';
import type { OrderRequest } from './order-draft.ts';

/**
 * Where an order of ours stands. `unknown`: the answer was lost or says nothing certain; it may be live. `unsent`: it is
 * proven that the venue never had it.
 */
export const OWN_ORDER_STATES = [
  'submitting',
  'open',
  'cancelling',
  'filled',
  'cancelled',
  'rejected',
  'expired',
  'unknown',
  'unsent',
] as const;
export type OwnOrderState = (typeof OWN_ORDER_STATES)[number];

/** Sticky: nothing but late fills changes an order in one of these. */
export function isSettled(state: OwnOrderState): boolean {
  switch (state) {
    case 'filled':
    case 'cancelled':
    case 'rejected':
    case 'expired':
    case 'unsent':
      return true;
    default:
      return false;
  }
}

/** One thing found out about an order whose fate is not known. */
export interface Evidence {
  /** Engine wall time, ms epoch. */
  readonly at: number;
  readonly kind: /** The answer that was lost, or made no sense: `detail` has its code. */
    | 'answer'
    /** The venue was asked and knows no such order. */
    | 'not-found'
    /** The venue was asked and knows it. */
    | 'found'
    /** The venue was asked and gave no usable answer. */
    | 'no-answer'
    /** The private stream was down meanwhile: its silence proves nothing. */
    | 'stream-down'
    /** The venue refused the id as used: the order exists. */
    | 'duplicate-id'
    /** What a person decided. */
    | 'person';
  readonly detail: string;
  /** The venue's clock when it was found out, ms epoch, where that is known. */
  readonly venueTime?: number;
}

/** An order placed from here, folded from the journal and the account's stream. JSON-safe. */
export interface OwnOrder {
  readonly request: OrderRequest;
  readonly account: AccountId;
  readonly state: OwnOrderState;
  /** Engine wall time of the last change of state, ms epoch. */
  readonly since: number;
  readonly placedAt: number;
  readonly venueOrderId?: string;
  /**
   * Whether `venueOrderId` is of the venue's list of orders that wait for their trigger, as its last report said: once triggered it is
   * of the order that it became. Absent while nothing was reported.
   */
  readonly isConditional?: boolean;
  /** Its trigger was reached, and the order that it became has not been told of yet. */
  readonly isTriggered?: true;
  /** The standard status, and the venue's own word beside it. */
  readonly status?: OrderStatus;
  readonly venueStatus?: string;
  /** Decimal text, in base. */
  readonly filledQuantity: string;
  readonly averagePrice?: string;
  /** Why it was rejected, as the venue said it. */
  readonly rejection?: { readonly venueCode: string; readonly message: string };
  /**
   * It was taken for this, and the venue then told of it as live or filled: worth an alarm. The state beside it is the truth.
   */
  readonly disproved?: 'unsent' | 'rejected';
  /** Gathered while it was `unknown`. */
  readonly evidence: readonly Evidence[];
  /** Where the venue gives no proof of absence and the person is asked to decide. */
  readonly isPersonAsked: boolean;
  /** When it will be looked for again, ms epoch. */
  readonly nextLookAt?: number;
  /** From the click to the request on the wire, and to the answer, ms. */
  readonly sentAfterMs?: number;
  readonly answeredAfterMs?: number;
}
