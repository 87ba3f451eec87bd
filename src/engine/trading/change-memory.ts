import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { ChangeAnswer } from '#shared/contract/order-views.ts';
import { isTerminal, type Order, type OrderReport } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';

/** What orders were just changed to: that is told of later than the next change may be asked for. By any name of the order. */
export interface ChangeMemory {
  /** As it stands by now: an accepted change counts though it was not told of yet. */
  asChanged(name: string, held: Order): Order;
  /** An earlier change may or may not have come to be: that it looks as it should says nothing. */
  isDoubted(name: string): boolean;
  keep(name: string, to: OrderChange, verdict: ChangeAnswer['verdict']): void;
}

interface Changed {
  readonly to: OrderChange;
  readonly isCertain: boolean;
  readonly at: number;
}

const TOLD_MS = 5000;
const DOUBTED_MS = 60_000;

export function createChangeMemory(clock: Clock): ChangeMemory {
  const changed = new Map<string, Changed>();

  const newest = (name: string, mostMs: number) => {
    const last = changed.get(name);
    return last !== undefined && clock.monotonic() - last.at < mostMs ? last : undefined;
  };

  return {
    asChanged(name, held) {
      const last = newest(name, TOLD_MS);
      const isOwed = last?.isCertain && !hasChange(held, last.to) && !isTerminal(held.status);
      return isOwed ? { ...held, ...last.to } : held;
    },
    isDoubted: (name) => newest(name, DOUBTED_MS)?.isCertain === false,
    keep(name, to, verdict) {
      const at = clock.monotonic();
      for (const [other, { at: since }] of changed) if (at - since > DOUBTED_MS) changed.delete(other);
      if (verdict !== 'accepted' && verdict !== 'unknown') return;
      const last = newest(name, TOLD_MS);
      // One after the other: neither need have been told of.
      const all = verdict === 'accepted' && last?.isCertain ? { ...last.to, ...to } : to;
      changed.set(name, { to: all, isCertain: verdict === 'accepted', at });
    },
  };
}

/** It is as the change wants it. */
export function hasChange(order: OrderReport, change: OrderChange): boolean {
  return (['price', 'quantity', 'triggerPrice'] as const).every((name) => {
    const wanted = change[name];
    const now = order[name];
    return wanted === undefined || (now !== undefined && new Big(now).eq(wanted));
  });
}
