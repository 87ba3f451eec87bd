import { trimDecimal } from '#shared/base/decimal.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { fundingRateAt } from '../mark.ts';
import type { Market } from '../market.ts';
import { notionalText, priceText, quantityText, rateText } from '../wire-text.ts';
import type { BookFeed } from './book-feed.ts';
import { type Category, isCategory } from './category.ts';
import { DELIVERY_TIMES } from './coins.ts';
import { instrumentRows } from './instruments-info.ts';
import { tradeId, wireLevels, wirePrice, wireQuantity } from './messages.ts';
import { type Query, Refusal } from './query.ts';
import { tickerFields } from './ticker.ts';
import { INTERVAL_WORDS } from './topic.ts';

const FUNDING_PERIOD = 8 * 3_600_000;

export interface RestContext {
  readonly markets: ReadonlyMap<string, Market>;
  readonly books: Readonly<Record<Category, BookFeed>>;
  readonly query: Query;
  /** Market time as the venue's (possibly skewed) clock shows it. */
  readonly serverTime: number;
  readonly skewMs: number;
  /** Where book requests are answered from an old book: how old, ms. */
  readonly staleMs: number | undefined;
}

/** What becomes the envelope's `result`, as JSON text. Throws `Refusal`. */
type Endpoint = (context: RestContext) => string;

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v5/market/time': ({ serverTime }) =>
    JSON.stringify({ timeSecond: String(Math.floor(serverTime / 1000)), timeNano: `${serverTime}417503` }),
  '/v5/market/instruments-info': instrumentsInfo,
  '/v5/market/kline': klines,
  '/v5/market/orderbook': orderbook,
  '/v5/market/tickers': tickers,
  '/v5/market/recent-trade': recentTrades,
  '/v5/market/funding/history': fundingHistory,
};

function instrumentsInfo({ markets, query }: RestContext): string {
  const category = query.family();
  const market = markets.get(category);
  if (!market || !isCategory(category)) return JSON.stringify({ category, list: [], nextPageCursor: '' });
  const { coins } = market.instruments;
  const all = instrumentRows(category, coins, market.onboardTime) as { symbol: string; status: string }[];
  for (const row of all) {
    if (market.instruments.listingOf(row.symbol) === 'suspended') row.status = 'Delivering';
  }
  const symbol = query.text('symbol');
  const status = query.text('status');
  // What is closed or not begun is listed only for those who ask for it.
  const rows = all.filter((row) =>
    symbol === undefined ? row.status === (status ?? 'Trading') : row.symbol === symbol,
  );
  if (category === 'spot') return JSON.stringify({ category, list: rows });
  const limit = query.limit(500, 1000);
  const cursor = query.text('cursor');
  const from = cursor === undefined ? 0 : cursorPosition(cursor);
  const page = rows.slice(from, from + limit);
  const next = from + limit < rows.length ? cursorAt(from + limit) : '';
  return JSON.stringify({ category, list: page, nextPageCursor: next });
}

/** Cursors are opaque to clients, and percent-encoded as the venue's are: they have to be sent back as they came. */
function cursorAt(position: number): string {
  return `first%3D${position}%26last%3D${position}`;
}

function cursorPosition(cursor: string): number {
  const position = /^first(?:%3D|=)(\d+)/.exec(cursor)?.[1];
  if (position === undefined) throw new Refusal(10001, 'params error: cursor is invalid');
  return Number(position);
}

function klines({ markets, query }: RestContext): string {
  const { coin, candles } = query.instrument(markets);
  const word = query.text('interval') ?? '';
  const interval = Object.hasOwn(INTERVAL_WORDS, word) ? INTERVAL_WORDS[word] : undefined;
  if (interval === undefined) throw new Refusal(10001, 'Invalid period!');
  const limit = query.limit(200, 1000);
  const start = query.integer('start');
  const end = query.integer('end');
  const until = end ?? Number.MAX_SAFE_INTEGER;
  const found =
    start !== undefined && end === undefined
      ? candles.from(interval, start, until, limit)
      : until < candles.onboardTime
        ? []
        : candles.latest(interval, until, limit).filter((candle) => candle.openTime >= (start ?? 0));
  const price = (ticks: number) => trimDecimal(priceText(coin, ticks));
  const list = found
    .reverse()
    .map((candle) => [
      String(candle.openTime),
      price(candle.open),
      price(candle.high),
      price(candle.low),
      price(candle.close),
      trimDecimal(quantityText(coin, candle.volume)),
      trimDecimal(notionalText(coin, candle.notional)),
    ]);
  return JSON.stringify({ symbol: coin.symbol, category: query.category(), list });
}

function orderbook({ markets, books, query, serverTime, skewMs, staleMs }: RestContext): string {
  const instrument = query.instrument(markets);
  const category = query.category();
  const limit = query.limit(category === 'spot' ? 1 : 25, 1000);
  const { coin, changes, updatedAt } = instrument;
  const { u } = books[category].deepest(instrument);
  const seq = staleMs === undefined ? instrument.updateId : changes.idAt(serverTime - skewMs - staleMs);
  const bids = wireLevels(category, coin, instrument.levels('bid', limit, seq) ?? []);
  const asks = wireLevels(category, coin, instrument.levels('ask', limit, seq) ?? []);
  return `{"s":"${coin.symbol}","b":${bids},"a":${asks},"ts":${serverTime},"u":${u},"seq":${seq},"cts":${updatedAt + skewMs}}`;
}

/** The instruments a tickers request is about. Throws `Refusal`. */
export function tickerInstruments(markets: ReadonlyMap<string, Market>, query: Query): InstrumentMarket[] {
  if (query.text('symbol') !== undefined) return [query.instrument(markets)];
  return markets.get(query.family())?.instruments.all() ?? [];
}

function tickers({ markets, query }: RestContext): string {
  const category = query.family();
  if (!isCategory(category)) return JSON.stringify({ category, list: [] });
  const market = markets.get(category);
  const list = tickerInstruments(markets, query).map((instrument) => {
    const { tickDirection: _, ...fields } = tickerFields(category, {
      instrument,
      seed: market?.seed ?? 0,
      time: market?.now ?? 0,
      direction: 'ZeroPlusTick',
    });
    return category === 'linear' ? fields : { ...fields, ...bestOf(category, instrument) };
  });
  return JSON.stringify({ category, list });
}

function bestOf(category: Category, { coin, engine }: InstrumentMarket): Record<string, string> {
  return {
    bid1Price: wirePrice(category, coin, engine.bids.best?.price ?? 0),
    bid1Size: wireQuantity(category, coin, engine.bids.best?.quantity ?? 0),
    ask1Price: wirePrice(category, coin, engine.asks.best?.price ?? 0),
    ask1Size: wireQuantity(category, coin, engine.asks.best?.quantity ?? 0),
  };
}

function recentTrades({ markets, query, skewMs }: RestContext): string {
  const { coin, tape } = query.instrument(markets);
  const category = query.category();
  const limit = category === 'spot' ? query.limit(60, 60) : query.limit(500, 1000);
  const list = tape
    .latest(limit)
    .reverse()
    .map((print) => ({
      execId: tradeId(category, coin, print),
      symbol: coin.symbol,
      price: wirePrice(category, coin, print.price),
      size: wireQuantity(category, coin, print.quantity),
      side: print.buyerIsMaker ? 'Sell' : 'Buy',
      time: String(print.time + skewMs),
      isBlockTrade: false,
      isRPITrade: false,
      seq: String(print.atUpdate),
    }));
  return JSON.stringify({ category, list });
}

function fundingHistory({ markets, query }: RestContext): string {
  const { coin } = query.instrument(markets);
  const market = markets.get('linear');
  if (query.category() !== 'linear' || !market || DELIVERY_TIMES.has(coin.symbol)) {
    throw new Refusal(10001, 'params error: Symbol Invalid');
  }
  const limit = query.limit(200, 200);
  const start = query.integer('startTime');
  const end = query.integer('endTime');
  if (start !== undefined && end === undefined) {
    throw new Refusal(10001, 'params error: endTime is required with startTime');
  }
  const list: object[] = [];
  const last = Math.floor(Math.min(end ?? market.now, market.now) / FUNDING_PERIOD) * FUNDING_PERIOD;
  const first = Math.max(start ?? 0, market.onboardTime);
  for (let time = last; time >= first && list.length < limit; time -= FUNDING_PERIOD) {
    const fundingRate = trimDecimal(rateText(fundingRateAt(market.seed, coin.crowd, time)));
    list.push({ symbol: coin.symbol, fundingRate, fundingRateTimestamp: String(time) });
  }
  return JSON.stringify({ category: 'linear', list });
}
