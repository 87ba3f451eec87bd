import { HeartlineError } from '#shared/base/errors.ts';
import { show } from '#shared/base/wire.ts';
import type { OrderStatus } from '#shared/domain/order.ts';
import { BINANCE } from './symbols.ts';

/** Words of regular orders: the fact sheet of the venue, section 5.5. */
const STATUSES: ReadonlyMap<unknown, OrderStatus> = new Map([
  ['NEW', 'NEW'],
  ['PARTIALLY_FILLED', 'PARTIALLY_FILLED'],
  ['FILLED', 'FILLED'],
  ['CANCELED', 'CANCELED'],
  ['REJECTED', 'REJECTED'],
  ['EXPIRED', 'EXPIRED'],
  // Would have traded with an order of the same account.
  ['EXPIRED_IN_MATCH', 'EXPIRED'],
]);

/** Words of conditional orders that say all by themselves. */
const ALGO_STATUSES: ReadonlyMap<unknown, OrderStatus> = new Map([
  ['NEW', 'PENDING_TRIGGER'],
  ['TRIGGERING', 'PENDING_TRIGGER'],
  ['CANCELED', 'CANCELED'],
  ['REJECTED', 'REJECTED'],
  ['EXPIRED', 'EXPIRED'],
]);

/** What is told of the regular order that a conditional one became. */
export interface Successor {
  readonly isNamed: boolean;
  readonly filled: 'whole' | 'part' | 'none';
}

/** Throws `order.status-unknown`. */
export function statusOf(word: unknown): OrderStatus {
  return STATUSES.get(word) ?? unknownStatus(word);
}

/**
 * A conditional order's word. Once triggered it is followed under the name of the order it became, which is reported by
 * itself and holds the fills: the conditional one ends there, so that nothing is counted twice. The venue's older word
 * for this was EXPIRED, "superseded by the order it triggered". Throws `order.status-unknown`.
 */
export function algoStatusOf(word: unknown, successor: Successor): OrderStatus {
  switch (word) {
    case 'TRIGGERED':
      return successor.isNamed ? 'EXPIRED' : 'PENDING_TRIGGER';
    case 'FINISHED':
      return successor.filled === 'whole' ? 'FILLED' : successor.filled === 'part' ? 'CANCELED' : 'EXPIRED';
    default:
      return ALGO_STATUSES.get(word) ?? unknownStatus(word);
  }
}

function unknownStatus(word: unknown): never {
  throw new HeartlineError('order.status-unknown', `an order status nobody knows: ${show(word)}`, {
    details: { venue: BINANCE, status: typeof word === 'string' ? word.slice(0, 40) : show(word) },
  });
}
