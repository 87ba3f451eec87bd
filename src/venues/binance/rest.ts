import { HeartlineError } from '#shared/base/errors.ts';
import { isBestFirst, scaleLevels } from '#shared/base/levels.ts';
import * as wire from '#shared/base/wire.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { BookSnapshotEvent, Candle, TopEvent, TradeEvent } from '#shared/domain/market-data.ts';
import type { RestCall, VenueRest } from '../venue.ts';
import { BOOK_LEVELS } from './book-rule.ts';
import { readInstruments } from './instrument-list.ts';
import { symbolOf } from './symbols.ts';
import { readTicker, tickerLists } from './ticker-list.ts';

const MAX_CANDLES = 1_500;
const MAX_TRADES = 1_000;
/** The one budget of reads: weight per minute and address. */
export const WEIGHT = 'weight';

/** Paths, weights and bodies of the public REST calls (venue's "Market Data Endpoints", state of 2026-11). */
export const rest = {
  maxCandles: MAX_CANDLES,

  serverTime() {
    return {
      path: '/fapi/v1/time',
      scope: WEIGHT,
      weight: 1,
      parse: (body: unknown) => wire.count(object(body), 'serverTime'),
    };
  },

  instruments() {
    return {
      path: '/fapi/v1/exchangeInfo',
      scope: WEIGHT,
      weight: 1,
      parse: (body: unknown) => readInstruments(body),
    };
  },

  candles(query) {
    const limit = clamp(query.limit, MAX_CANDLES);
    return {
      path: pathOf('/fapi/v1/klines', {
        symbol: symbolOf(query.instrument),
        interval: query.interval satisfies Interval,
        startTime: query.from,
        endTime: query.to,
        limit,
      }),
      scope: WEIGHT,
      weight: limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1_000 ? 5 : 10,
      parse: (body: unknown) => readCandles(list(body), query.now),
    };
  },

  bookSnapshot(instrument: InstrumentId) {
    return {
      path: pathOf('/fapi/v1/depth', { symbol: symbolOf(instrument), limit: BOOK_LEVELS }),
      scope: WEIGHT,
      weight: 20,
      parse: (body: unknown, receivedAt: number) => readBook(body, instrument, receivedAt),
    } satisfies RestCall<BookSnapshotEvent>;
  },

  ticker(instrument: InstrumentId) {
    return {
      path: pathOf('/fapi/v1/ticker/24hr', { symbol: symbolOf(instrument) }),
      scope: WEIGHT,
      weight: 1,
      parse: (body: unknown, receivedAt: number) => readTicker(object(body), instrument, receivedAt),
    };
  },

  tickers: () => tickerLists(WEIGHT),

  top(instrument: InstrumentId) {
    return {
      path: pathOf('/fapi/v1/ticker/bookTicker', { symbol: symbolOf(instrument) }),
      scope: WEIGHT,
      weight: 2,
      parse: (body: unknown, receivedAt: number) => readTop(object(body), instrument, receivedAt),
    };
  },

  trades(instrument: InstrumentId, limit: number) {
    return {
      path: pathOf('/fapi/v1/aggTrades', { symbol: symbolOf(instrument), limit: clamp(limit, MAX_TRADES) }),
      scope: WEIGHT,
      weight: 20,
      parse: (body: unknown, receivedAt: number) =>
        list(body).map((row) => readTradeRow(object(row), instrument, receivedAt)),
    };
  },
} satisfies VenueRest;

function readCandles(rows: readonly unknown[], now: number): readonly Candle[] {
  const candles = rows.map((row) => readCandleRow(row, now));
  const newest = Math.max(...candles.map(({ openTime }) => openTime));
  // What another one follows has ended, whatever the clock says; by its time, for an answer may be out of order.
  return candles.map((candle) => (candle.openTime < newest ? { ...candle, closed: true } : candle));
}

function readCandleRow(row: unknown, now: number): Candle {
  const [openTime, open, high, low, close, volume, closeTime] = list(row);
  const fields = { openTime, open, high, low, close, volume, closeTime };
  const candle = {
    openTime: wire.count(fields, 'openTime'),
    open: wire.decimal(fields, 'open'),
    high: wire.decimal(fields, 'high'),
    low: wire.decimal(fields, 'low'),
    close: wire.decimal(fields, 'close'),
    volume: wire.decimal(fields, 'volume'),
    // The venue has no flag here: the last row is the candle still open.
    closed: wire.count(fields, 'closeTime') < now,
  };
  if (candle.high < candle.low) throw new wire.Misshapen('a candle whose high is below its low');
  return candle;
}

function readBook(body: unknown, instrument: InstrumentId, receivedAt: number): BookSnapshotEvent {
  const book = object(body);
  const levels = scaleLevels(book['bids'], book['asks'], { priceScale: 0, quantityScale: 0 });
  if (!isBestFirst(levels.bids, true) || !isBestFirst(levels.asks, false)) {
    throw new wire.Misshapen('book levels are not in order');
  }
  return {
    kind: 'book-snapshot',
    instrument,
    venueTime: wire.count(book, book['T'] === undefined ? 'E' : 'T'),
    receivedAt,
    lastUpdateId: wire.count(book, 'lastUpdateId'),
    ...levels,
  };
}

function readTop(row: wire.WireObject, instrument: InstrumentId, receivedAt: number): TopEvent {
  return {
    kind: 'top',
    instrument,
    venueTime: wire.count(row, 'time'),
    receivedAt,
    // Older answers lack it.
    updateId: row['lastUpdateId'] === undefined ? 0 : wire.count(row, 'lastUpdateId'),
    bidPrice: wire.decimal(row, 'bidPrice'),
    bidQuantity: wire.decimal(row, 'bidQty'),
    askPrice: wire.decimal(row, 'askPrice'),
    askQuantity: wire.decimal(row, 'askQty'),
  };
}

function readTradeRow(row: wire.WireObject, instrument: InstrumentId, receivedAt: number): TradeEvent {
  return {
    kind: 'trade',
    instrument,
    venueTime: wire.count(row, 'T'),
    receivedAt,
    id: String(wire.count(row, 'a')),
    price: wire.decimal(row, 'p'),
    quantity: wire.decimal(row, 'q'),
    side: wire.flag(row, 'm') ? 'sell' : 'buy',
  };
}

function object(body: unknown): wire.WireObject {
  if (!wire.isWireObject(body)) throw new wire.Misshapen(`no object: ${wire.show(body)}`);
  return body;
}

function list(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw new wire.Misshapen(`no list: ${wire.show(body)}`);
  return body;
}

/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
function clamp(limit: number, most: number): number {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HeartlineError('limit.invalid', `not a number of rows: ${limit}`, { details: { limit } });
  }
  return Math.min(limit, most);
}

function pathOf(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    // Some symbols are not Latin.
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return `${path}?${parts.join('&')}`;
}
