import type { TradeEvent } from '#shared/domain/market-data.ts';

/** The recent trades of one instrument, oldest first, each id once. */
export interface TradeTape {
  /** True when it was new. Repeats are dropped, and stragglers where their place is not known or forgotten. */
  add(trade: TradeEvent): boolean;
  /** Puts trades from REST where they belong, dropping those already there. The ids that were new and are kept. */
  merge(trades: readonly TradeEvent[]): ReadonlySet<string>;
  readonly newestId: string | undefined;
  readonly recent: readonly TradeEvent[];
  /** Keeps so many from here on. */
  widen(kept: number): void;
}

/**
 * `counted`: the venue counts its trades, so that ids tell their order; what comes late will come again over REST.
 * `unordered`: ids only tell one trade from another, and the time of each its place: a straggler is put there.
 */
export type TradeIds = 'counted' | 'unordered';

export function createTradeTape(ids: TradeIds, atFirst = 500): TradeTape {
  const compare = ids === 'counted' ? byId : byTime;
  let kept = atFirst;
  let trades: TradeEvent[] = [];
  /** Of what is in `trades`. */
  let known = new Set<string>();
  let isCut = false;

  function keep(all: TradeEvent[]): void {
    isCut ||= all.length > kept;
    trades = all.slice(-kept);
    known = new Set(trades.map(({ id }) => id));
  }

  /** Where it belongs: behind everything that is not younger. */
  function placeOf(trade: TradeEvent): number {
    let place = trades.length;
    for (let before = trades[place - 1]; before && compare(before, trade) > 0; before = trades[place - 1]) {
      place -= 1;
    }
    return place;
  }

  return {
    add(trade) {
      if (known.has(trade.id)) return false;
      const newest = trades.at(-1);
      if (newest && compare(trade, newest) < 0) {
        if (ids === 'counted') return false;
        const place = placeOf(trade);
        // Older than all that is held: it may have been held before.
        if (place === 0 && isCut) return false;
        trades.splice(place, 0, trade);
      } else trades.push(trade);
      known.add(trade.id);
      // Cut in blocks: shifting one element per trade would copy the tape each time.
      if (trades.length > kept * 2) keep(trades);
      return true;
    },
    merge(others) {
      const before = known;
      const all = new Map(others.map((trade) => [trade.id, trade]));
      for (const trade of trades) all.set(trade.id, trade);
      keep([...all.values()].sort(compare));
      return new Set([...known].filter((id) => !before.has(id)));
    },
    widen(count) {
      kept = count;
    },
    get newestId() {
      return trades.at(-1)?.id;
    },
    get recent() {
      return trades.length > kept ? trades.slice(-kept) : trades;
    },
  };
}

function byTime(one: TradeEvent, other: TradeEvent): number {
  return one.venueTime - other.venueTime;
}

/** Digits compare by value however long (some venues count beyond 2^53). */
function byId(one: TradeEvent, other: TradeEvent): number {
  if (one.id.length !== other.id.length) return one.id.length - other.id.length;
  return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
}
