import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, TradeEvent } from '#shared/domain/market-data.ts';

type Traded = Pick<TradeEvent, 'id' | 'venueTime' | 'price' | 'quantity' | 'offBook'>;

/** Makes the candles of one instrument and interval of its trades. Knows the last few periods; ends none: the clock does. */
export interface CandleBuilder {
  /** A trade from the stream; the candle it changed, `undefined` when it changed none. */
  add(trade: Traded): Candle | undefined;
  /** The venue's most recent trades, oldest first and without a gap between them; what they changed. */
  backfill(trades: readonly Traded[]): readonly Candle[];
  /** The candle still open as the venue tells it, at the venue's time `asOf`: what trades alone do not reach back to. */
  base(candle: Candle, asOf: number): Candle | undefined;
  /** Trades may have been lost from here on, until a `backfill` reaches back over the break. */
  interrupted(): void;
  /** Venue time since when no trade is missing; `Infinity`: nothing is known to be whole. */
  readonly wholeFrom: number;
}

interface Period {
  readonly openTime: number;
  /** A trade told by the stream and again over REST counts once. */
  readonly ids: Set<string>;
  /** Oldest first. */
  trades: Traded[];
  /** What they come to. */
  folded: Candle | undefined;
  base: { readonly candle: Candle; readonly asOf: number } | undefined;
}

/** The open period and those a late trade may still belong to. */
const PERIODS = 4;

export function createCandleBuilder(of: Interval): CandleBuilder {
  const periods = new Map<number, Period>();
  let oldestKept = Number.NEGATIVE_INFINITY;
  let wholeFrom = Number.POSITIVE_INFINITY;
  /** The first trade the stream told since the last break: from it on the stream alone is whole. */
  let liveSince: Traded | undefined;
  let newest: Traded | undefined;
  /** What was whole until the last break, and its last trade. */
  let before: { readonly wholeFrom: number; readonly newest: Traded } | undefined;

  function periodAt(time: number): Period | undefined {
    const openTime = openTimeAt(of, time);
    const known = periods.get(openTime);
    if (known || openTime < oldestKept) return known;
    const period: Period = { openTime, ids: new Set(), trades: [], folded: undefined, base: undefined };
    periods.set(openTime, period);
    if (periods.size > PERIODS) {
      const oldest = Math.min(...periods.keys());
      periods.delete(oldest);
      oldestKept = nextOpenTime(of, oldest);
      if (oldest === openTime) return undefined;
    }
    return period;
  }

  function put(trade: Traded): Period | undefined {
    if (trade.offBook) return undefined;
    const period = periodAt(trade.venueTime);
    if (!period || period.ids.has(trade.id)) return undefined;
    period.ids.add(trade.id);
    const last = period.trades.at(-1);
    const isNext = last === undefined || inOrder(last, trade) <= 0;
    period.trades.push(trade);
    // Nearly every trade is the newest: only one that is not makes the candle be counted anew. The sort is stable.
    if (!isNext) period.trades.sort(inOrder);
    const { folded, openTime } = period;
    period.folded = isNext && folded ? addTrade(folded, trade) : foldTrades(openTime, period.trades);
    return period;
  }

  /** `undefined` where too little is known to tell: a part of a candle would pass for the whole. */
  function candleOf({ openTime, trades, folded, base }: Period): Candle | undefined {
    if (openTime >= wholeFrom) return folded;
    if (!base) return undefined;
    // A price may be counted twice without harm; of the quantities only what surely came after the venue's answer.
    const after = trades.filter((trade) => trade.venueTime > base.asOf);
    return {
      ...base.candle,
      high: Math.max(base.candle.high, folded?.high ?? base.candle.high),
      low: Math.min(base.candle.low, folded?.low ?? base.candle.low),
      close: after.at(-1)?.price ?? base.candle.close,
      volume: after.reduce((volume, trade) => volume + trade.quantity, base.candle.volume),
    };
  }

  return {
    get wholeFrom() {
      return wholeFrom;
    },
    add(trade) {
      const period = put(trade);
      if (period && (!newest || trade.venueTime >= newest.venueTime)) newest = trade;
      if (!liveSince) {
        liveSince = trade;
        // Others of the same millisecond may have come before the stream began.
        wholeFrom = trade.venueTime + 1;
      }
      return period && candleOf(period);
    },
    backfill(trades) {
      const [first] = trades;
      if (!first) return [];
      for (const trade of trades) put(trade);
      const has = (trade: Traded) => trades.some(({ id }) => id === trade.id);
      // Unless answer and stream share a trade, some may lie between them: the tape asks again once the stream speaks.
      if (liveSince && has(liveSince)) {
        // An answer that begins in the very millisecond the stream broke may lack some of it, unless it has the last trade known.
        const joins =
          before !== undefined && (first.venueTime < before.newest.venueTime || has(before.newest));
        const joined = before && joins ? before.wholeFrom : wholeFrom;
        // The first millisecond of an answer may be cut.
        wholeFrom = Math.min(wholeFrom, first.venueTime + 1, joined);
      }
      return [...periods.values()]
        .sort((a, b) => a.openTime - b.openTime)
        .map(candleOf)
        .filter((candle) => candle !== undefined);
    },
    base(candle, asOf) {
      const period = periodAt(candle.openTime);
      if (!period) return undefined;
      period.base = { candle, asOf };
      return candleOf(period);
    },
    interrupted() {
      // A second break before the first was mended leaves what was whole before both.
      if (newest && Number.isFinite(wholeFrom)) before = { wholeFrom, newest };
      wholeFrom = Number.POSITIVE_INFINITY;
      liveSince = undefined;
    },
  };
}

function inOrder(a: Traded, b: Traded): number {
  return a.venueTime - b.venueTime || compareCounts(a.id, b.id);
}

/** Orders ids that count, however long; others stay as they came. */
function compareCounts(a: string, b: string): number {
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return 0;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function foldTrades(openTime: number, trades: readonly Traded[]): Candle | undefined {
  const [first, ...others] = trades;
  if (!first) return undefined;
  const { price, quantity: volume } = first;
  const candle = { openTime, open: price, high: price, low: price, close: price, volume, closed: false };
  return others.reduce(addTrade, candle);
}

function addTrade(candle: Candle, { price, quantity }: Traded): Candle {
  return {
    ...candle,
    high: Math.max(candle.high, price),
    low: Math.min(candle.low, price),
    close: price,
    volume: candle.volume + quantity,
  };
}
