import type { InstrumentMarket } from '../instrument-market.ts';
import { fundingRateAt, nextFundingTime } from '../mark.ts';
import type { Market } from '../market.ts';
import type { Print } from '../print.ts';
import {
  averagePriceText,
  finePriceText,
  levelsText,
  notionalText,
  percentText,
  priceText,
  quantityText,
  rateText,
} from '../wire-text.ts';
import { DELIVERY_SYMBOL, exchangeInfo, SETTLING_SYMBOL } from './exchange-info.ts';
import { isBinanceInterval } from './interval.ts';
import { klineRowText } from './messages.ts';
import { type Query, Refusal } from './query.ts';

const FUNDING_PERIOD = 8 * 3_600_000;
const HOUR = 3_600_000;
const DEPTH_LIMITS = [5, 10, 20, 50, 100, 500, 1000];

export interface RestContext {
  readonly market: Market;
  readonly query: Query;
  /** Market time as the venue's (possibly skewed) clock shows it. */
  readonly serverTime: number;
  readonly skewMs: number;
  /** Where depth requests are answered from an old book: how old, ms. */
  readonly staleMs: number | undefined;
}

interface Endpoint {
  readonly weight: (query: Query) => number;
  /** JSON text. Throws `Refusal`. */
  readonly answer: (context: RestContext) => string;
}

function stepped(value: number, steps: readonly (readonly [number, number])[]): number {
  return steps.find(([upTo]) => value <= upTo)?.[1] ?? (steps.at(-1)?.[1] as number);
}

/** One weight for a named symbol, another for all of them. */
function perSymbol(one: number, all: number) {
  return (query: Query) => (query.text('symbol') === undefined ? all : one);
}

function limitOf(query: Query, standard: number): number {
  const value = Number(query.text('limit') ?? standard);
  return Number.isFinite(value) ? value : standard;
}

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/fapi/v1/ping': { weight: () => 1, answer: () => '{}' },
  '/fapi/v1/time': {
    weight: () => 1,
    answer: ({ serverTime }) => `{"serverTime":${serverTime}}`,
  },
  '/fapi/v1/exchangeInfo': {
    weight: () => 1,
    answer: ({ market, serverTime }) => JSON.stringify(exchangeInfo(market, serverTime)),
  },
  '/fapi/v1/klines': {
    weight: (query) =>
      stepped(limitOf(query, 500), [
        [99, 1],
        [499, 2],
        [1000, 5],
        [Number.POSITIVE_INFINITY, 10],
      ]),
    answer: klines,
  },
  '/fapi/v1/depth': {
    weight: (query) =>
      stepped(limitOf(query, 500), [
        [50, 2],
        [100, 5],
        [500, 10],
        [1000, 20],
      ]),
    answer: depth,
  },
  '/fapi/v1/aggTrades': { weight: () => 20, answer: aggTrades },
  '/fapi/v1/trades': { weight: () => 5, answer: trades },
  '/fapi/v1/ticker/24hr': { weight: perSymbol(1, 40), answer: (context) => rows(context, dayRow) },
  '/fapi/v1/ticker/price': { weight: perSymbol(1, 2), answer: (context) => rows(context, priceRow) },
  '/fapi/v2/ticker/price': { weight: perSymbol(1, 2), answer: (context) => rows(context, priceRow) },
  '/fapi/v1/ticker/bookTicker': { weight: perSymbol(2, 5), answer: (context) => rows(context, topRow) },
  '/fapi/v1/premiumIndex': { weight: perSymbol(1, 10), answer: (context) => rows(context, premiumRow) },
  '/fapi/v1/fundingRate': { weight: () => 0, answer: fundingRates },
};

function instrumentOf({ market, query }: RestContext): InstrumentMarket {
  const symbol = query.required('symbol');
  // The delivery contract borrows its coin's market; the settling one has none any more.
  const instrument = market.instruments.get(symbol === DELIVERY_SYMBOL ? 'BTCUSDT' : symbol);
  if (instrument) return instrument;
  if (symbol === SETTLING_SYMBOL) throw new Refusal(-1122, 'Invalid symbol status.');
  throw new Refusal(-1121, 'Invalid symbol.');
}

function rows(
  context: RestContext,
  row: (instrument: InstrumentMarket, context: RestContext) => object,
): string {
  const symbol = context.query.text('symbol');
  // The symbol asked for, not the one whose market it may borrow.
  if (symbol !== undefined) return JSON.stringify({ ...row(instrumentOf(context), context), symbol });
  return JSON.stringify(context.market.instruments.all().map((one) => row(one, context)));
}

function klines(context: RestContext): string {
  const instrument = instrumentOf(context);
  const interval = context.query.required('interval');
  if (!isBinanceInterval(interval)) throw new Refusal(-1120, 'Invalid interval.');
  const limit = context.query.limit(500, 1500);
  const { startTime, endTime } = context.query.window();
  const until = endTime ?? Number.MAX_SAFE_INTEGER;
  const candles =
    startTime === undefined
      ? until < instrument.candles.onboardTime
        ? []
        : instrument.candles.latest(interval, until, limit)
      : instrument.candles.from(interval, startTime, until, limit);
  return `[${candles.map((candle) => klineRowText(instrument.coin, interval, candle)).join(',')}]`;
}

function depth(context: RestContext): string {
  const instrument = instrumentOf(context);
  const limit = context.query.integer('limit') ?? 500;
  if (!DEPTH_LIMITS.includes(limit)) {
    throw new Refusal(-4021, `Ill depth limit. '${limit}' is not valid depth limit`);
  }
  const { staleMs, serverTime, skewMs } = context;
  const { coin, changes } = instrument;
  const id = staleMs === undefined ? instrument.updateId : changes.idAt(context.market.now - staleMs);
  const bids = levelsText(coin, instrument.levels('bid', limit, id) ?? []);
  const asks = levelsText(coin, instrument.levels('ask', limit, id) ?? []);
  const time = instrument.updatedAt + skewMs;
  return `{"lastUpdateId":${id},"E":${serverTime},"T":${time},"bids":${bids},"asks":${asks}}`;
}

function aggTrades(context: RestContext): string {
  const { tape, coin } = instrumentOf(context);
  const { query } = context;
  const limit = query.limit(500, 1000);
  const fromId = query.integer('fromId');
  const { startTime, endTime } = query.window();
  let prints: readonly Print[];
  if (fromId !== undefined) {
    if (startTime !== undefined || endTime !== undefined) {
      throw new Refusal(-1128, 'Combination of optional parameters invalid.');
    }
    prints = tape.fromId(fromId, limit);
  } else if (startTime !== undefined || endTime !== undefined) {
    const from = startTime ?? (endTime as number) - HOUR;
    const until = endTime ?? from + HOUR;
    if (until - from > HOUR) throw new Refusal(-4165, 'Invalid time interval.');
    prints = tape.between(from, until);
    // With a start the window is read forward, without one it is the latest before the end.
    prints = startTime === undefined ? prints.slice(-limit) : prints.slice(0, limit);
  } else prints = tape.latest(limit);
  const rowsText = prints.map((print) => {
    const quantity = quantityText(coin, print.quantity);
    const time = print.time + context.skewMs;
    return `{"a":${print.id},"p":"${priceText(coin, print.price)}","q":"${quantity}","nq":"${quantity}","f":${print.firstFill},"l":${print.lastFill},"T":${time},"m":${print.buyerIsMaker}}`;
  });
  return `[${rowsText.join(',')}]`;
}

function trades(context: RestContext): string {
  const { tape, coin } = instrumentOf(context);
  const fills = tape.latestFills(context.query.limit(500, 1000)).map((fill) => ({
    id: fill.id,
    price: priceText(coin, fill.price),
    qty: quantityText(coin, fill.quantity),
    quoteQty: notionalText(coin, fill.price * fill.quantity),
    time: fill.time + context.skewMs,
    isBuyerMaker: fill.buyerIsMaker,
    isRPITrade: false,
  }));
  return JSON.stringify(fills);
}

function dayRow({ coin, candles, tape }: InstrumentMarket, { serverTime }: RestContext): object {
  const day = candles.rollingDay();
  return {
    symbol: coin.symbol,
    priceChange: priceText(coin, day.close - day.open),
    priceChangePercent: percentText(day.open, day.close),
    weightedAvgPrice: averagePriceText(coin, day.notional, day.volume, day.close),
    lastPrice: priceText(coin, day.close),
    lastQty: quantityText(coin, tape.last.quantity),
    openPrice: priceText(coin, day.open),
    highPrice: priceText(coin, day.high),
    lowPrice: priceText(coin, day.low),
    volume: quantityText(coin, day.volume),
    quoteVolume: notionalText(coin, day.notional),
    openTime: day.openTime,
    closeTime: serverTime,
    firstId: day.firstFill,
    lastId: day.lastFill,
    count: day.fills,
  };
}

function priceRow({ coin, tape }: InstrumentMarket, { skewMs }: RestContext): object {
  return { symbol: coin.symbol, price: priceText(coin, tape.last.price), time: tape.last.time + skewMs };
}

function topRow(instrument: InstrumentMarket, { skewMs }: RestContext): object {
  const { coin, engine, updateId, updatedAt } = instrument;
  const bid = engine.bids.best;
  const ask = engine.asks.best;
  return {
    symbol: coin.symbol,
    bidPrice: priceText(coin, bid?.price ?? 0),
    bidQty: quantityText(coin, bid?.quantity ?? 0),
    askPrice: priceText(coin, ask?.price ?? 0),
    askQty: quantityText(coin, ask?.quantity ?? 0),
    time: updatedAt + skewMs,
    lastUpdateId: updateId,
  };
}

function premiumRow({ coin, mark }: InstrumentMarket, { market, serverTime, skewMs }: RestContext): object {
  const next = nextFundingTime(market.now);
  return {
    symbol: coin.symbol,
    markPrice: finePriceText(coin, mark.markPrice),
    indexPrice: finePriceText(coin, mark.indexPrice),
    estimatedSettlePrice: finePriceText(coin, mark.indexPrice),
    lastFundingRate: rateText(fundingRateAt(market.seed, coin.symbol, next)),
    interestRate: '0.00010000',
    nextFundingTime: next,
    time: Math.min(serverTime, mark.time + skewMs),
  };
}

function fundingRates(context: RestContext): string {
  const { market, query } = context;
  const limit = query.limit(100, 1000);
  const { startTime, endTime } = query.window();
  const all = query.text('symbol') === undefined;
  const instruments = all ? market.instruments.all() : [instrumentOf(context)];
  const last = Math.floor(Math.min(endTime ?? market.now, market.now) / FUNDING_PERIOD) * FUNDING_PERIOD;
  const earliest = Math.max(startTime ?? 0, market.onboardTime);
  const firstOfWindow = Math.ceil(earliest / FUNDING_PERIOD) * FUNDING_PERIOD;
  const first =
    startTime === undefined ? Math.max(firstOfWindow, last - (limit - 1) * FUNDING_PERIOD) : firstOfWindow;
  const found: unknown[] = [];
  for (let time = first; time <= last && found.length < limit; time += FUNDING_PERIOD) {
    for (const { coin, candles } of instruments) {
      found.push({
        symbol: coin.symbol,
        fundingTime: time,
        fundingRate: rateText(fundingRateAt(market.seed, coin.symbol, time)),
        markPrice: finePriceText(coin, candles.minute(time / 60_000).open),
        rateType: 'NORMAL',
      });
    }
  }
  return JSON.stringify(found.slice(0, limit));
}
