import type { TradeColumns } from '#shared/contract/columns.ts';

export interface TapeTrade {
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  /** The aggressor bought. */
  readonly buy: boolean;
  readonly venueTime: number;
  readonly receivedAt: number;
}

/** The stream was interrupted here: between the trade before and the one after others may be missing. */
export interface TapeBreak {
  /** Engine wall time the interruption was noticed, ms epoch. */
  readonly brokenAt: number;
}

export type TapeRow = TapeTrade | TapeBreak;

export function isBreak(row: TapeRow): row is TapeBreak {
  return 'brokenAt' in row;
}

export interface TapeRing {
  /** Adds trades (oldest first) in the order they came; one already held is not added again. Returns how many were new. */
  push(trades: TradeColumns): number;
  /** Marks that from here on trades may be missing, until the whole tape comes anew. False where that is marked already. */
  interrupt(at: number): boolean;
  /** 0 is the newest. */
  at(index: number): TapeRow | undefined;
  readonly length: number;
  /** Every row ever added, for telling how far the tape has moved. */
  readonly added: number;
  /** Trades the window was too slow for. */
  readonly dropped: number;
  /** Mean quantity of the trades held; NaN while there are none. */
  readonly meanQuantity: number;
  /** When the newest trade arrived, engine wall time; `undefined` before the first. */
  readonly lastReceivedAt: number | undefined;
}

/**
 * The last `capacity` trades, and where the stream of them broke. A batch marked `restart` is the whole tape anew (after a break was repaired)
 * and replaces what is held; otherwise a trade is known by its id for as long as it is held.
 */
export function createTapeRing(capacity: number): TapeRing {
  const slots: TapeRow[] = [];
  const held = new Set<string>();
  let next = 0;
  let added = 0;
  let dropped = 0;
  let quantitySum = 0;
  let lastReceivedAt: number | undefined;

  const put = (row: TapeRow) => {
    const oldest = slots[next];
    if (oldest !== undefined && !isBreak(oldest)) {
      held.delete(oldest.id);
      quantitySum -= oldest.quantity;
    }
    slots[next] = row;
    next = (next + 1) % capacity;
    added += 1;
  };

  const add = (trade: TapeTrade) => {
    put(trade);
    held.add(trade.id);
    quantitySum += trade.quantity;
    lastReceivedAt = trade.receivedAt;
  };

  const at = (index: number): TapeRow | undefined =>
    index < 0 || index >= slots.length ? undefined : slots[(next - 1 - index + 2 * capacity) % capacity];

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
    interrupt(brokenAt) {
      const newest = at(0);
      // Where nothing stands yet, nothing can be missing in between.
      if (newest === undefined || isBreak(newest)) return false;
      put({ brokenAt });
      return true;
    },
    at,
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
      return held.size > 0 ? quantitySum / held.size : Number.NaN;
    },
    get lastReceivedAt() {
      return lastReceivedAt;
    },
  };
}
