import type { TradeColumns } from '#shared/contract/api.ts';

export interface TapeTrade {
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  /** The aggressor bought. */
  readonly buy: boolean;
  readonly venueTime: number;
  readonly receivedAt: number;
}

export interface TapeRing {
  /** Adds trades (oldest first) in the order they came; one already held is not added again. Returns how many were new. */
  push(trades: TradeColumns): number;
  /** 0 is the newest. */
  at(index: number): TapeTrade | undefined;
  readonly length: number;
  /** Every trade ever added, for telling how far the tape has moved. */
  readonly added: number;
  /** Trades the window was too slow for. */
  readonly dropped: number;
  /** Mean quantity of the trades held; NaN while there are none. */
  readonly meanQuantity: number;
}

/**
 * The last `capacity` trades. A batch marked `restart` is the whole tape anew (after a break was repaired)
 * and replaces what is held; otherwise a trade is known by its id for as long as it is held.
 */
export function createTapeRing(capacity: number): TapeRing {
  const slots: TapeTrade[] = [];
  const held = new Set<string>();
  let next = 0;
  let added = 0;
  let dropped = 0;
  let quantitySum = 0;

  const add = (trade: TapeTrade) => {
    const oldest = slots[next];
    if (oldest !== undefined) {
      held.delete(oldest.id);
      quantitySum -= oldest.quantity;
    }
    slots[next] = trade;
    held.add(trade.id);
    quantitySum += trade.quantity;
    next = (next + 1) % capacity;
    added += 1;
  };

  const clear = () => {
    slots.length = 0;
    held.clear();
    next = 0;
    quantitySum = 0;
  };

  return {
    push(trades) {
      const before = added;
      if (trades.restart) clear();
      dropped += trades.dropped;
      for (const [row, id] of trades.ids.entries()) {
        if (held.has(id)) continue;
        add({
          id,
          price: trades.price[row] ?? Number.NaN,
          quantity: trades.quantity[row] ?? Number.NaN,
          buy: trades.buy[row] === 1,
          venueTime: trades.venueTime[row] ?? Number.NaN,
          receivedAt: trades.receivedAt[row] ?? Number.NaN,
        });
      }
      return added - before;
    },
    at(index) {
      if (index < 0 || index >= slots.length) return undefined;
      return slots[(next - 1 - index + 2 * capacity) % capacity];
    },
    get length() {
      return slots.length;
    },
    get added() {
      return added;
    },
    get dropped() {
      return dropped;
    },
    get meanQuantity() {
      return slots.length > 0 ? quantitySum / slots.length : Number.NaN;
    },
  };
}
