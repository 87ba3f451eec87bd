import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Print } from '../print.ts';
import type { DayBook } from './day-figures.ts';
import type { BookFacts, Levels, TickerFacts, TradeFacts, Wanted } from './dialect.ts';

/** How long after a trade the venue sends it, by its own clock, ms. */
const TRADE_DELAY_MS = 7;

export interface FactsOptions {
  readonly days: DayBook;
  readonly skewMs: number;
}

export function tradeFacts(market: InstrumentMarket, print: Print, options: FactsOptions): TradeFacts {
  const { days, skewMs } = options;
  const { bids, asks } = market.engine;
  const tradedAt = print.time + skewMs;
  return {
    coin: market.coin,
    print,
    previousClose: days.previousClose(market, print.time),
    at: tradedAt + TRADE_DELAY_MS,
    tradedAt,
    bestBid: [bids.best?.price ?? 0, bids.best?.quantity ?? 0],
    bestAsk: [asks.best?.price ?? 0, asks.best?.quantity ?? 0],
  };
}

/** `now` is market time. */
export function tickerFacts(market: InstrumentMarket, now: number, options: FactsOptions): TickerFacts {
  const { days, skewMs } = options;
  const last = market.tape.last;
  return {
    coin: market.coin,
    last,
    figures: days.figures(market, now),
    at: Math.max(now, last.time) + skewMs,
    tradedAt: last.time + skewMs,
    isSuspended: market.isSuspended,
  };
}

/** The book as wanted; `updateId`: as of then. `undefined` when that is not known any more. */
export function bookFacts(
  market: InstrumentMarket,
  wanted: Pick<Wanted, 'units' | 'level'>,
  groupTicks: (coin: Coin, level: number) => number,
  skewMs: number,
  at: { readonly updateId: number; readonly time: number } = {
    updateId: market.updateId,
    time: market.updatedAt,
  },
): BookFacts | undefined {
  const { coin } = market;
  const width = groupTicks(coin, wanted.level);
  const depth = width > 0 ? Number.MAX_SAFE_INTEGER : wanted.units;
  const bids = market.levels('bid', depth, at.updateId);
  const asks = market.levels('ask', depth, at.updateId);
  if (!bids || !asks) return undefined;
  return {
    coin,
    bids: width > 0 ? grouped(bids, width, Math.floor).slice(0, wanted.units) : bids,
    asks: width > 0 ? grouped(asks, width, Math.ceil).slice(0, wanted.units) : asks,
    level: wanted.level,
    at: at.time + skewMs,
  };
}

/** Sums levels into groups `width` ticks wide, away from the other side. */
function grouped(levels: Levels, width: number, round: (value: number) => number): [number, number][] {
  const groups: [number, number][] = [];
  for (const [price, quantity] of levels) {
    const edge = round(price / width) * width;
    const last = groups.at(-1);
    if (last?.[0] === edge) last[1] += quantity;
    else groups.push([edge, quantity]);
  }
  return groups;
}
