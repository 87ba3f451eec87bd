import { eachReadable } from '#shared/base/each-readable.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { msOfHttpDate } from '#shared/base/utc-text.ts';
import * as wire from '#shared/base/wire.ts';
import { digits, epochMs, numeric } from '#shared/base/wire-number.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { BookSnapshotEvent, TickerEvent, TradeEvent } from '#shared/domain/market-data.ts';
import type { RestCall, TickerList, VenueRest } from '../venue.ts';
import { clamp, endOf, readCandles, windowOf } from './candle-page.ts';
import { readInstruments } from './instrument-list.ts';
import { UNITS } from './intervals.ts';
import { readUnits, topOf } from './levels.ts';
import { instrumentOf, symbolOf } from './symbols.ts';
import { DEFAULT_KEYS } from './wire-keys.ts';

const MAX_CANDLES = 200;
const MAX_TRADES = 500;
/** Budgets by kind of call, each its own (fact sheet, section 6). */
export const SCOPES = ['market', 'candle', 'trade', 'ticker', 'orderbook'] as const;
type Scope = (typeof SCOPES)[number];

/** Paths and bodies of the public REST calls (venue's REST reference, docs version 1.6.4). */
export const rest = {
  maxCandles: MAX_CANDLES,
  candleIntervals: [...UNITS.keys()],
  candlesOmitEmpty: true,
  candlesTellReach: true,

  clockStepMs: 1_000,

  /** The venue has no clock to ask: what tells is the `Date` of any answer, in whole seconds. */
  serverTime() {
    return {
      ...call('orderbook', '/v1/orderbook?markets=KRW-BTC&count=1'),
      parse(_body: unknown, _receivedAt: number, headers: { get(name: string): string | null }) {
        const date = headers.get('date') ?? '';
        const time = msOfHttpDate(date);
        if (time === undefined) throw new wire.Misshapen(`no Date: ${wire.show(date)}`);
        return time;
      },
    };
  },

  instruments() {
    return {
      ...call('market', '/v1/market/all?is_details=true'),
      parse: (body: unknown) => readInstruments(body),
    };
  },

  candles(query) {
    const unit = UNITS.get(query.interval);
    if (!unit) {
      throw new HeartlineError('interval.unknown', `Upbit makes no candles of ${query.interval}`, {
        details: { interval: query.interval },
      });
    }
    const symbol = symbolOf(query.instrument);
    const window = windowOf({ ...query, limit: clamp(query.limit, MAX_CANDLES) });
    const end = endOf(window);
    const asked = { market: symbol, ...(end !== undefined && { to: end }), count: window.limit };
    return {
      ...call('candle', pathOf(`/v1/candles/${unit.path}`, asked)),
      parse: (body: unknown) => readCandles(body, symbol, window),
    };
  },

  ticker(instrument: InstrumentId) {
    const symbol = symbolOf(instrument);
    return {
      ...call('ticker', pathOf('/v1/ticker', { markets: symbol })),
      parse: (body: unknown, receivedAt: number) => readTicker(rowOf(body, symbol), instrument, receivedAt),
    };
  },

  /** All three markets in one answer. */
  tickers: () => [
    {
      ...call('ticker', pathOf('/v1/ticker/all', { quote_currencies: 'KRW,BTC,USDT' })),
      parse: readTickerList,
    },
  ],

  top(instrument: InstrumentId) {
    const symbol = symbolOf(instrument);
    return {
      ...call('orderbook', pathOf('/v1/orderbook', { markets: symbol, count: 1 })),
      parse: (body: unknown, receivedAt: number) =>
        topOf(readBook(rowOf(body, symbol), instrument, receivedAt)),
    };
  },

  trades(instrument: InstrumentId, limit: number) {
    const symbol = symbolOf(instrument);
    return {
      ...call('trade', pathOf('/v1/trades/ticks', { market: symbol, count: clamp(limit, MAX_TRADES) })),
      parse: (body: unknown, receivedAt: number) => readTrades(body, symbol, instrument, receivedAt),
    } satisfies RestCall<readonly TradeEvent[]>;
  },
} satisfies VenueRest;

function call(scope: Scope, path: string) {
  return { path, scope, weight: 1 };
}

/** Newest first on the wire; oldest first here, trades of one millisecond in the order they came. */
function readTrades(
  body: unknown,
  symbol: string,
  instrument: InstrumentId,
  receivedAt: number,
): readonly TradeEvent[] {
  return rows(body)
    .map((row): TradeEvent => {
      if (row['market'] !== symbol) throw new wire.Misshapen(`a trade of ${wire.show(row['market'])}`);
      const side = row['ask_bid'];
      if (side !== 'ASK' && side !== 'BID') throw new wire.Misshapen(`no side: ${wire.show(side)}`);
      return {
        kind: 'trade',
        instrument,
        venueTime: epochMs(row, 'timestamp'),
        receivedAt,
        id: digits(row, 'sequential_id'),
        price: numeric(row, 'trade_price'),
        quantity: numeric(row, 'trade_volume'),
        side: side === 'ASK' ? 'sell' : 'buy',
      };
    })
    .reverse()
    .sort((a, b) => a.venueTime - b.venueTime);
}

function readTicker(row: wire.WireObject, instrument: InstrumentId, receivedAt: number): TickerEvent {
  return {
    kind: 'ticker',
    instrument,
    venueTime: epochMs(row, 'trade_timestamp'),
    receivedAt,
    last: numeric(row, 'trade_price'),
    open: numeric(row, 'opening_price'),
    high: numeric(row, 'high_price'),
    low: numeric(row, 'low_price'),
    volume: numeric(row, 'acc_trade_volume_24h'),
    quoteVolume: numeric(row, 'acc_trade_price_24h'),
  };
}

function readTickerList(body: unknown, receivedAt: number): TickerList {
  if (!Array.isArray(body)) throw new wire.Misshapen(`no list: ${wire.show(body)}`);
  const { rows: events, unread } = eachReadable(body, (row) => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`no object: ${wire.show(row)}`);
    const instrument = instrumentOf(wire.text(row, 'market'));
    return instrument && [readTicker(row, instrument, receivedAt)];
  });
  return { events, unread };
}

function readBook(row: wire.WireObject, instrument: InstrumentId, receivedAt: number): BookSnapshotEvent {
  const venueTime = epochMs(row, 'timestamp');
  const levels = readUnits(row['orderbook_units'], DEFAULT_KEYS, { priceScale: 0, quantityScale: 0 });
  return { kind: 'book-snapshot', instrument, venueTime, receivedAt, lastUpdateId: venueTime, ...levels };
}

function rows(body: unknown): readonly wire.WireObject[] {
  if (!Array.isArray(body)) throw new wire.Misshapen(`no list: ${wire.show(body)}`);
  return body.map((row) => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`no object: ${wire.show(row)}`);
    return row;
  });
}

/** The row of one market. */
function rowOf(body: unknown, symbol: string): wire.WireObject {
  const row = rows(body).find(({ market }) => market === symbol);
  if (!row) throw new wire.Misshapen(`no row of ${symbol}`);
  return row;
}

function pathOf(path: string, query: Readonly<Record<string, string | number>>): string {
  const parts = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return `${path}?${parts.join('&')}`;
}
