import { HeartlineError } from '#shared/base/errors.ts';
import * as wire from '#shared/base/wire.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, TickerEvent, TopEvent, TradeEvent } from '#shared/domain/market-data.ts';
import type { InstrumentPage, RestCall, VenueRest } from '../venue.ts';
import { readInstrumentPage } from './instrument-list.ts';
import { intervalName } from './intervals.ts';
import { sideOf } from './json-reader.ts';
import { bestOf } from './read-book.ts';
import { listIn, resultOf } from './rest-envelope.ts';
import { type Family, familyOf, symbolOf } from './symbols.ts';
import { readTickerList, readTickerRow } from './ticker-list.ts';
import { time } from './wire-fields.ts';

const MAX_CANDLES = 1_000;
const MAX_TRADES: Readonly<Record<Family, number>> = { linear: 1_000, spot: 60 };
/** Rows of one page of the linear list; the spot list comes whole. */
const MAX_INSTRUMENTS = 1_000;
/** A side without orders. */
const NO_LEVEL = [0, 0] as const;
/** The one budget of public reads: calls per 5 s and address. Every call counts one. */
export const IP = 'ip';

/** Paths and bodies of the public REST calls (venue's "Market" pages, state of 2026-07). */
export const rest = {
  maxCandles: MAX_CANDLES,

  serverTime() {
    return get('/v5/market/time', {}, (body) => {
      resultOf(body);
      return wire.count(body as wire.WireObject, 'time');
    });
  },

  /** The linear list page by page, then the spot list. */
  instruments() {
    return instrumentPage('linear', '');
  },

  candles(query) {
    const { instrument, interval, from, now } = query;
    const limit = clamp(query.limit, MAX_CANDLES);
    const name = intervalName(interval);
    if (name === undefined) {
      throw new HeartlineError('interval.unknown', `Bybit has no candles of ${interval}`, {
        details: { interval },
      });
    }
    // Of a range that holds more than `limit` the venue gives the newest: the range is cut so that it gives the oldest.
    const last = from === undefined ? undefined : lastOpenTime(interval, from, limit);
    const to = query.to === undefined ? last : Math.min(query.to, last ?? Number.POSITIVE_INFINITY);
    const symbol = symbolOf(instrument);
    return get(
      '/v5/market/kline',
      { category: familyOf(instrument), symbol, interval: name, start: from, end: to, limit },
      (body) =>
        readCandles(body, symbol, interval, now).filter(({ openTime }) => isWithin(openTime, from, to)),
    );
  },

  /** The stream's own figures; it tells them for one symbol too. */
  ticker(instrument: InstrumentId) {
    const symbol = symbolOf(instrument);
    return get('/v5/market/tickers', { category: familyOf(instrument), symbol }, (body, receivedAt) =>
      readTicker(body, symbol, instrument, receivedAt),
    );
  },

  tickers() {
    const of = (category: Family) =>
      get('/v5/market/tickers', { category }, (body, receivedAt) =>
        readTickerList(body, category, receivedAt),
      );
    return [of('linear'), of('spot')];
  },

  /** From the book: its `seq` can be compared with the stream's. */
  top(instrument: InstrumentId) {
    const symbol = symbolOf(instrument);
    return get(
      '/v5/market/orderbook',
      { category: familyOf(instrument), symbol, limit: 1 },
      (body, receivedAt) => {
        const result = resultOf(body);
        expectResult(result, 's', symbol);
        const [bidPrice, bidQuantity] = bestOf(result, 'b') ?? NO_LEVEL;
        const [askPrice, askQuantity] = bestOf(result, 'a') ?? NO_LEVEL;
        return {
          kind: 'top',
          instrument,
          venueTime: time(result, result['cts'] === undefined ? 'ts' : 'cts'),
          receivedAt,
          updateId: wire.count(result, 'seq'),
          bidPrice,
          bidQuantity,
          askPrice,
          askQuantity,
        } satisfies TopEvent;
      },
    );
  },

  trades(instrument: InstrumentId, limit: number) {
    const category = familyOf(instrument);
    const symbol = symbolOf(instrument);
    return get(
      '/v5/market/recent-trade',
      { category, symbol, limit: clamp(limit, MAX_TRADES[category]) },
      (body, receivedAt) => readTrades(body, symbol, instrument, receivedAt),
    );
  },
} satisfies VenueRest;

function instrumentPage(category: Family, cursor: string): RestCall<InstrumentPage> {
  return get(
    '/v5/market/instruments-info',
    { category, limit: MAX_INSTRUMENTS, cursor: cursor === '' ? undefined : cursor },
    (body) => {
      const { instruments, family, nextCursor } = readInstrumentPage(body);
      const next =
        nextCursor !== ''
          ? family && instrumentPage(family, nextCursor)
          : family === 'linear'
            ? instrumentPage('spot', '')
            : undefined;
      return next === undefined ? { instruments } : { instruments, next };
    },
  );
}

/** Newest first on the wire, with the candle that is still open; ours: oldest first, each once. */
function readCandles(body: unknown, symbol: string, interval: Interval, now: number): readonly Candle[] {
  const result = resultOf(body);
  expectResult(result, 'symbol', symbol);
  const byOpenTime = new Map<number, Candle>();
  for (const row of listIn(result)) {
    const candle = readCandleRow(row, interval, now);
    if (!byOpenTime.has(candle.openTime)) byOpenTime.set(candle.openTime, candle);
  }
  const candles = [...byOpenTime.values()].sort((one, other) => one.openTime - other.openTime);
  // What another one follows has ended, whatever the clock says.
  return candles.map((candle, index) => (index < candles.length - 1 ? { ...candle, closed: true } : candle));
}

function readCandleRow(row: unknown, interval: Interval, now: number): Candle {
  if (!Array.isArray(row)) throw new wire.Misshapen(`no row: ${wire.show(row)}`);
  const [start, open, high, low, close, volume] = row as readonly unknown[];
  const fields = { start, open, high, low, close, volume };
  const openTime = time(fields, 'start');
  const candle = {
    openTime,
    open: wire.decimal(fields, 'open'),
    high: wire.decimal(fields, 'high'),
    low: wire.decimal(fields, 'low'),
    close: wire.decimal(fields, 'close'),
    volume: wire.decimal(fields, 'volume'),
    closed: nextOpenTime(interval, openTime) <= now,
  };
  if (candle.high < candle.low) throw new wire.Misshapen('a candle whose high is below its low');
  return candle;
}

/** Newest first on the wire, oldest first ours. */
function readTrades(
  body: unknown,
  symbol: string,
  instrument: InstrumentId,
  receivedAt: number,
): readonly TradeEvent[] {
  const trades = listIn(resultOf(body)).map((row): TradeEvent => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`no row: ${wire.show(row)}`);
    expectResult(row, 'symbol', symbol);
    const trade = {
      kind: 'trade',
      instrument,
      venueTime: time(row, 'time'),
      receivedAt,
      id: wire.text(row, 'execId'),
      price: wire.decimal(row, 'price'),
      quantity: wire.decimal(row, 'size'),
      side: sideOf(row['side']),
    } as const;
    return row['isBlockTrade'] === true ? { ...trade, offBook: true } : trade;
  });
  // Trades of one ms keep the turned order of the wire.
  return trades.reverse().sort((one, other) => one.venueTime - other.venueTime);
}

function readTicker(
  body: unknown,
  symbol: string,
  instrument: InstrumentId,
  receivedAt: number,
): TickerEvent {
  const row = listIn(resultOf(body)).find((row) => wire.isWireObject(row) && row['symbol'] === symbol);
  if (!wire.isWireObject(row)) throw new wire.Misshapen(`no row of ${symbol}`);
  return readTickerRow(row, instrument, time(body as wire.WireObject, 'time'), receivedAt);
}

/** An answer about something else would be drawn as if it were ours. */
function expectResult(from: wire.WireObject, key: string, expected: string): void {
  if (from[key] !== expected) throw new wire.Misshapen(`${key} is not ${expected}: ${wire.show(from[key])}`);
}

function isWithin(openTime: number, from: number | undefined, to: number | undefined): boolean {
  return (from === undefined || openTime >= from) && (to === undefined || openTime <= to);
}

/** Open time of the `limit`th candle that opens at `from` or later. */
function lastOpenTime(interval: Interval, from: number, limit: number): number {
  let openTime = openTimeAt(interval, from);
  if (openTime < from) openTime = nextOpenTime(interval, openTime);
  for (let index = 1; index < limit; index++) openTime = nextOpenTime(interval, openTime);
  return openTime;
}

/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
function clamp(limit: number, most: number): number {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HeartlineError('limit.invalid', `not a number of rows: ${limit}`, { details: { limit } });
  }
  return Math.min(limit, most);
}

function get<Answer>(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  parse: (body: unknown, receivedAt: number) => Answer,
): RestCall<Answer> {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return { path: parts.length > 0 ? `${path}?${parts.join('&')}` : path, scope: IP, weight: 1, parse };
}
