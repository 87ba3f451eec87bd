import type Big from 'big.js';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { GuardState } from '../facts.ts';

/** A request whose texts were read and make sense together. */
export interface JudgedOrder {
  readonly request: OrderRequest;
  /** In base, as the prices in quote: above zero. */
  readonly quantity: Big;
  readonly price: Big | undefined;
  readonly trigger: Big | undefined;
  /** Quantity times `price`, or `trigger` where the order takes what it finds. Worked out here, not believed. */
  readonly notional: Big;
  /** Waits for its trigger. */
  readonly isConditional: boolean;
  /** Never stands in the book: fills at once or ends. */
  readonly isImmediate: boolean;
  /**
   * Only makes a position smaller, and the venue holds it to that: reduce-only, on the other side of a position at least as
   * large. Such an order is a way out, and no limit on new exposure stands in its way.
   */
  readonly isReducing: boolean;
}

/** Everything of one rule that the order breaks; none: it keeps the rule. */
export type Rule = (order: JudgedOrder, state: GuardState) => readonly Denial[];

/** What a denial says where something is not there or not known: a word instead of a decimal text. */
export const ABSENT = 'none';
export const UNKNOWN = 'unknown';
