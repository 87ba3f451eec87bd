import { type Denial, GUARD_RULES, type GuardRule } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { ApprovedOrder, Guarded, GuardState } from './facts.ts';
import { depthShare, slippage } from './guard-rules/depth.ts';
import { funds } from './guard-rules/funds.ts';
import type { Rule } from './guard-rules/judged-order.ts';
import { collar, currency, triggerSide } from './guard-rules/prices.ts';
import { readRequest } from './guard-rules/shape.ts';
import {
  ability,
  instrument,
  openOrders,
  rate,
  readOnly,
  reduceOnly,
  repeat,
  unknownOrder,
} from './guard-rules/standing.ts';
import { lot, maxQuantity, minQuantity, tick } from './guard-rules/steps.ts';
import { dailyNotional, maxNotional, minNotional } from './guard-rules/worth.ts';

/** Asked of every request, even of one whose numbers cannot be read. */
const PLAIN_RULES = { ability, instrument, repeat, 'read-only': readOnly };

/** Asked of numbers. Every rule but `shape` stands in one of the two tables, or this does not compile. */
const RULES: Readonly<Record<Exclude<GuardRule, keyof typeof PLAIN_RULES | 'shape'>, Rule>> = {
  tick,
  lot,
  'min-quantity': minQuantity,
  'max-quantity': maxQuantity,
  'min-notional': minNotional,
  'max-notional': maxNotional,
  'daily-notional': dailyNotional,
  collar,
  'trigger-side': triggerSide,
  slippage,
  'depth-share': depthShare,
  'open-orders': openOrders,
  rate,
  currency,
  'reduce-only': reduceOnly,
  funds,
  'unknown-order': unknownOrder,
};

/**
 * Judges one order as it would leave: every rule, from its texts alone, whoever made it. Either it is approved, a frozen copy
 * that nobody can change any more, or everything that is wrong with it is told at once, in the order of `GUARD_RULES`.
 *
 * What only makes a position smaller (reduce-only, a derivative, no larger than its position) is a way out: of it alone tick, lot,
 * quantity bounds, collar, slippage cap, currency, sign and ability are asked, never how much was traded, how many orders
 * stand, how many left or what is in the dark. Throws on facts that are no numbers: then nothing leaves either.
 */
export function guard(request: OrderRequest, state: GuardState): Guarded {
  const found: Denial[] = Object.values(PLAIN_RULES).flatMap((rule) => rule(request, state));
  const read = readRequest(request, state);
  if (read.kind === 'unreadable') found.push(...read.denials);
  else for (const rule of Object.values(RULES)) found.push(...rule(read.order, state));
  if (found.length === 0) return { kind: 'approved', order: Object.freeze({ ...request }) as ApprovedOrder };
  const place = ({ rule }: Denial) => GUARD_RULES.indexOf(rule);
  return { kind: 'denied', denials: found.toSorted((a, b) => place(a) - place(b)) };
}
