import type { SimOrder } from '../../accounts/account-desk.ts';
import { isOpen } from './order-words.ts';

/** Which conditional orders have been triggered: one that ended without a fill does not tell by itself. */
export class FiredTriggers {
  readonly #fired = new Set<number>();

  /** True when its trigger has just come. */
  see(order: SimOrder): boolean {
    if (!order.trigger || this.#fired.has(order.number) || !this.has(order)) return false;
    this.#fired.add(order.number);
    return true;
  }

  has(order: SimOrder): boolean {
    if (this.#fired.has(order.number) || order.filled.gt(0)) return true;
    return order.trigger !== undefined && order.status !== 'untriggered' && isOpen(order);
  }
}
