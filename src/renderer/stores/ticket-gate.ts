import type { Denial, Trust } from '#shared/domain/order-check.ts';
import type { TicketState } from './ticket.ts';
import { missingFields } from './ticket-form.ts';

/** Whether the button may be pressed, and if not, the one reason that stands on it. */
export type Gate =
  | { readonly kind: 'ready' }
  | { readonly kind: 'placing' }
  | { readonly kind: 'no-account' }
  /** The engine is silent or gone. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'missing'; readonly field: 'price' | 'triggerPrice' | 'quantity' }
  | {
      readonly kind: 'blocked';
      readonly trust: Extract<Trust, { kind: 'blocked' }>;
      readonly isStepAllowed: boolean;
    }
  | { readonly kind: 'denied'; readonly denial: Denial };

/**
 * What holds the order back, in the order it matters: nothing can be proven by an engine that is silent; a proof that
 * fails stops every order; then what is wrong with this one. The window judges nothing of it itself.
 */
export function gateOf(state: TicketState, answering: boolean): Gate {
  const { verdict, form, isPlacing } = state;
  if (isPlacing) return { kind: 'placing' };
  if (verdict.kind === 'no-account') return verdict;
  if (!answering) return { kind: 'silent' };
  if (verdict.kind === 'refused') return { kind: 'refused' };
  const [missing] = missingFields(form);
  if (verdict.kind === 'asking') return missing ? { kind: 'missing', field: missing } : { kind: 'asking' };
  const { trust, denials } = verdict.view;
  const [denial] = denials;
  if (trust.kind === 'blocked') {
    // A second step is offered for a doubt alone, never for an order that is wrong as well.
    return { kind: 'blocked', trust, isStepAllowed: trust.canOverride && denial === undefined && !missing };
  }
  if (missing) return { kind: 'missing', field: missing };
  return denial === undefined ? { kind: 'ready' } : { kind: 'denied', denial };
}
