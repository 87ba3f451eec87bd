/**
 * A rule an order broke. Everything a person needs to mend it: which limit, what they asked for, what would pass.
 * Decimal texts. *Denied* is ours: such an order never leaves.
 */
export interface Denial {
  readonly rule: GuardRule;
  /** The limit as it stands: a decimal text, or a word. */
  readonly limit: string;
  readonly value: string;
  /** What would pass; absent where nothing would. */
  readonly passes?: string;
  /** Of limit, value and passes: `BTC`, `USDT`, `%`. */
  readonly unit?: string;
}

export const GUARD_RULES = [
  /** The draft makes no sense by itself: a price missing, a number that is none, a post-only market order. */
  'shape',
  /** The venue cannot do this: a conditional order, post-only, reduce-only on a spot market. */
  'ability',
  'instrument',
  'tick',
  'lot',
  'min-quantity',
  'max-quantity',
  'min-notional',
  'max-notional',
  'daily-notional',
  'collar',
  /** The trigger lies on the wrong side of the price: it would go off at once. */
  'trigger-side',
  'slippage',
  'depth-share',
  'open-orders',
  'rate',
  /** The very same order, a moment ago. */
  'repeat',
  /** A won price at a dollar market, or the other way round. */
  'currency',
  'reduce-only',
  'funds',
  /** The key may only read. */
  'read-only',
  /** One of the same kind is in the dark: nothing is added until it is settled. */
  'unknown-order',
] as const;
export type GuardRule = (typeof GUARD_RULES)[number];

/**
 * What must be proven before anything leaves, in the order it is judged. The first that fails is the one reason shown.
 */
export const TRUST_REASONS = [
  /** The kill switch is on. */
  'halted',
  /** The journal cannot be written. */
  'journal',
  /** A real venue that is not armed. */
  'disarmed',
  'account-down',
  'not-reconciled',
  'stream-silent',
  'clock',
  /** The machine slept and what was open has not been proven again. */
  'resumed',
  'book-invalid',
  'book-old',
] as const;
export type TrustReason = (typeof TRUST_REASONS)[number];

/** `ok`: everything is proven. Otherwise the first reason, with what was measured and what is asked. */
export type Trust =
  | { readonly kind: 'ok' }
  | {
      readonly kind: 'blocked';
      readonly reason: TrustReason;
      /**
       * False for what no person may step over (halted, journal, disarmed, account-down), and while more than one thing is in
       * doubt: account (not-reconciled, stream-silent, resumed), clock, book (invalid, old).
       */
      readonly canOverride: boolean;
      readonly measured?: string;
      readonly limit?: string;
    };

/** What an order would do, as far as it can be seen now. Decimal texts; absent: it cannot be told. Always an estimate. */
export interface OrderEstimate {
  /** Price it is reckoned with: its own, or the average of what it would take from the visible book. */
  readonly price?: string;
  readonly notional?: string;
  readonly quantity?: string;
  readonly fee?: string;
  readonly feeCurrency?: string;
  /** What it takes away from what is free: cost on a spot market, margin with leverage. */
  readonly cost?: string;
  readonly costCurrency?: string;
  readonly margin?: string;
  readonly leverage?: string;
  readonly liquidationPrice?: string;
  /** Between the best price and the average it would get, in percent. */
  readonly slippagePercent?: string;
  /** Share of the visible depth of the other side it would take, in percent. */
  readonly depthPercent?: string;
  /** The worst price a market order may take. */
  readonly capPrice?: string;
  /** What is free for it now. */
  readonly free?: string;
  readonly freeCurrency?: string;
  /** The position before and after it was filled. */
  readonly positionBefore?: string;
  readonly positionAfter?: string;
}
