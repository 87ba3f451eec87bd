import type { SimOrder } from '../../accounts/account-desk.ts';

/** Is it open: as a regular order, or waiting for its trigger? */
export function isOpen({ status }: SimOrder): boolean {
  return status === 'new' || status === 'partially-filled' || status === 'untriggered';
}

/** Which conditional orders have become regular ones: one that ended without a fill does not tell. */
export class Triggers {
  readonly #fired = new Set<number>();

  /** True when it has just become a regular order. */
  see(order: SimOrder): boolean {
    if (!order.trigger || this.#fired.has(order.number) || !this.isRegular(order)) return false;
    this.#fired.add(order.number);
    return true;
  }

  /** Is it (by now) a regular order, in the lists of those? */
  isRegular(order: SimOrder): boolean {
    if (!order.trigger || this.#fired.has(order.number)) return true;
    return (order.status !== 'untriggered' && isOpen(order)) || order.filled.gt(0);
  }
}

/** The venue refuses these outright and keeps nothing of them, where the desk takes and ends them. */
export function isUnrecorded({ ended, trigger }: SimOrder): boolean {
  return trigger === undefined && (ended === 'fok' || ended === 'post-only');
}
