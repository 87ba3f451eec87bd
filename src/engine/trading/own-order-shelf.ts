import type { JournalEvent } from '#shared/domain/journal.ts';
import { isSettled, type OwnOrder } from '#shared/domain/own-order.ts';
import { orderOf, readLine } from './chain.ts';
import type { JournalFile } from './journal-file.ts';
import { foldOwnOrder, type HeldOwnOrder } from './own-order-state.ts';

/** The orders the lines come to, as many as are kept in memory. */
export interface OwnOrderShelf {
  readonly orders: ReadonlyMap<string, OwnOrder>;
  /**
   * What a line makes of its order, without taking it; `before`: what lines not taken yet made of it. An order put away is read
   * again. Throws what SQLite throws.
   */
  judge(event: JournalEvent, at: number, before?: HeldOwnOrder): HeldOwnOrder | undefined;
  /** True: it is news. */
  take(held: HeldOwnOrder | undefined): boolean;
  /** Whatever has not settled, and the newest of what has. Throws what SQLite throws. */
  load(): void;
}

/** Orders that have ended, the newest. All others are always there. */
const KEPT = 500;

/** `onUnreadable`: a line of an order makes no sense; what the others say of it still counts. */
export function createOwnOrderShelf(
  file: () => JournalFile,
  onUnreadable: (order: string, fault: unknown) => void,
): OwnOrderShelf {
  const held = new Map<string, HeldOwnOrder>();
  const orders = new Map<string, OwnOrder>();
  let settled = 0;

  function folded(
    before: HeldOwnOrder | undefined,
    event: JournalEvent,
    at: number,
  ): HeldOwnOrder | undefined {
    try {
      return foldOwnOrder(before, { at, event });
    } catch (fault) {
      onUnreadable(orderOf(event) ?? '', fault);
      return before;
    }
  }

  function read(order: string): HeldOwnOrder | undefined {
    let before: HeldOwnOrder | undefined;
    for (const stored of file().linesOf(order)) {
      try {
        before = foldOwnOrder(before, readLine(stored));
      } catch (fault) {
        onUnreadable(order, fault);
      }
    }
    return before;
  }

  function put(next: HeldOwnOrder): void {
    const id = next.order.request.clientOrderId;
    const before = orders.get(id);
    if (before && isSettled(before.state)) settled -= 1;
    held.set(id, next);
    orders.set(id, next.order);
    if (!isSettled(next.order.state)) return;
    settled += 1;
    if (settled > KEPT) putAway();
  }

  function putAway(): void {
    const ended = [...orders.values()]
      .filter(({ state }) => isSettled(state))
      .sort((a, b) => b.placedAt - a.placedAt);
    for (const { request } of ended.slice(KEPT)) {
      held.delete(request.clientOrderId);
      orders.delete(request.clientOrderId);
    }
    settled = Math.min(ended.length, KEPT);
  }

  return {
    orders,
    judge(event, at, before) {
      const order = orderOf(event);
      if (order === null) return undefined;
      const known = before ?? held.get(order) ?? (isAboutPlaced(event) ? read(order) : undefined);
      return folded(known, event, at);
    },
    take(next) {
      if (next === undefined || orders.get(next.order.request.clientOrderId) === next.order) return false;
      put(next);
      return true;
    },
    load() {
      const open = file()
        .standings()
        .filter(({ state }) => state !== null && !isSettled(state as OwnOrder['state']))
        .map(({ order }) => order);
      for (const order of new Set([...file().lastSent(KEPT), ...open])) {
        const found = read(order);
        if (found) put(found);
      }
    },
  };
}

/** Lines that come before an order has left make none of it, and those are most of all lines about orders not in memory. */
function isAboutPlaced({ kind }: JournalEvent): boolean {
  switch (kind) {
    case 'intent':
    case 'denied':
    case 'blocked':
    case 'override':
    case 'guarded':
    case 'confirm':
    case 'sending':
      return false;
    default:
      return true;
  }
}
