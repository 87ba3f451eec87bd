import type { TradeEvent } from '#shared/domain/market-data.ts';

/** The recent trades of one instrument, oldest first, each id once. */
export interface TradeTape {
  /** True when it was new. Repeats and stragglers older than the newest id held are dropped. */
  add(trade: TradeEvent): boolean;
  /** Puts trades from REST where they belong by id, dropping those already there. */
  merge(trades: readonly TradeEvent[]): void;
  readonly newestId: string | undefined;
  readonly recent: readonly TradeEvent[];
}

export function createTradeTape(kept = 500): TradeTape {
  let trades: TradeEvent[] = [];
  return {
    add(trade) {
      const newest = trades.at(-1);
      if (newest && compareIds(trade.id, newest.id) <= 0) return false;
      trades.push(trade);
      // Cut in blocks: shifting one element per trade would copy the tape each time.
      if (trades.length > kept * 2) trades = trades.slice(-kept);
      return true;
    },
    merge(others) {
      const byId = new Map(others.map((trade) => [trade.id, trade]));
      for (const trade of trades) byId.set(trade.id, trade);
      trades = [...byId.values()].sort((a, b) => compareIds(a.id, b.id)).slice(-kept);
    },
    get newestId() {
      return trades.at(-1)?.id;
    },
    get recent() {
      return trades.length > kept ? trades.slice(-kept) : trades;
    },
  };
}

/** Orders venue trade ids. Digits compare by value however long (some venues count beyond 2^53), others as text. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
