import type { TradeEvent } from '#shared/domain/market-data.ts';

/** The recent trades of one instrument, oldest first, each id once. Ids that are no numbers have no order: time has. */
export interface TradeTape {
  /** True when it was new. Repeats and stragglers older than the newest held are dropped. */
  add(trade: TradeEvent): boolean;
  /** Puts trades from REST where they belong, dropping those already there. The ids that were new and are kept. */
  merge(trades: readonly TradeEvent[]): ReadonlySet<string>;
  readonly newestId: string | undefined;
  readonly recent: readonly TradeEvent[];
}

export function createTradeTape(kept = 500): TradeTape {
  let trades: TradeEvent[] = [];

  function isNewer(trade: TradeEvent, newest: TradeEvent): boolean {
    const order = compare(trade, newest);
    if (order !== 0 || trade.id === newest.id) return order > 0;
    // The same moment: only whether it is there already tells.
    for (let index = trades.length - 1; index >= 0; index -= 1) {
      const held = trades[index];
      if (held === undefined || held.venueTime < trade.venueTime) break;
      if (held.id === trade.id) return false;
    }
    return true;
  }

  return {
    add(trade) {
      const newest = trades.at(-1);
      if (newest && !isNewer(trade, newest)) return false;
      trades.push(trade);
      // Cut in blocks: shifting one element per trade would copy the tape each time.
      if (trades.length > kept * 2) trades = trades.slice(-kept);
      return true;
    },
    merge(others) {
      const before = new Set(trades.map(({ id }) => id));
      const byId = new Map(others.map((trade) => [trade.id, trade]));
      for (const trade of trades) byId.set(trade.id, trade);
      trades = [...byId.values()].sort(compare).slice(-kept);
      return new Set(trades.map(({ id }) => id).filter((id) => !before.has(id)));
    },
    get newestId() {
      return trades.at(-1)?.id;
    },
    get recent() {
      return trades.length > kept ? trades.slice(-kept) : trades;
    },
  };
}

/** Digits compare by value however long (some venues count beyond 2^53); what else names a trade tells no order. */
function compare(one: TradeEvent, other: TradeEvent): number {
  if (one.id === other.id) return 0;
  if (!isNumber(one.id) || !isNumber(other.id)) return one.venueTime - other.venueTime;
  if (one.id.length !== other.id.length) return one.id.length - other.id.length;
  return one.id < other.id ? -1 : 1;
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id);
}
