import type { HeartlineError } from '#shared/base/errors.ts';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';

/** What came of a click, as far as this window knows. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: PlaceAnswer; readonly draft?: OrderDraft }
  /** The engine has told that nothing left. */
  | { readonly kind: 'not-sent'; readonly error: HeartlineError }
  /** An earlier click had this very permission: there is one order, not two. */
  | { readonly kind: 'already' }
  /** It was handed to the engine, and no answer came: it may be placed. */
  | { readonly kind: 'unheard'; readonly error: HeartlineError };
export type FaultOutcome = Exclude<Outcome, { readonly kind: 'answered' }>;

/** Errors after which it is certain that this click placed nothing. */
const NOTHING_LEFT: ReadonlySet<string> = new Set([
  'intent.expired',
  'intent.unknown',
  'input.invalid',
  'rate-limit',
  'contract.refused',
  'account.unknown',
  'instrument.unknown',
  'venue.unknown',
  'order.halted',
  'order.untrusted',
]);

/** Reads a failed `orders.place`. `wasOpen`: there was a connection when it was asked, so that it may have gone out. */
export function outcomeOfFault(error: HeartlineError, wasOpen: boolean): FaultOutcome {
  if (error.code === 'intent.used') return { kind: 'already' };
  if (!wasOpen || NOTHING_LEFT.has(error.code)) return { kind: 'not-sent', error };
  return { kind: 'unheard', error };
}

/** Whether the next click may have another permission. While nothing was heard it may not: the same one cannot be used twice. */
export function isAnswered(outcome: Outcome): boolean {
  return outcome.kind !== 'unheard';
}
