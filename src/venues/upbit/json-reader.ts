import { messageOf } from '#shared/base/errors.ts';
import { msOfUtcText } from '#shared/base/utc-text.ts';
import type { WireObject } from '#shared/base/wire.ts';
import * as wire from '#shared/base/wire.ts';
import { digits, epochMs, numeric } from '#shared/base/wire-number.ts';
import { type Interval, openTimeAt } from '#shared/domain/interval.ts';
import type { BookSnapshotEvent } from '#shared/domain/market-data.ts';
import type { Decoded } from '../venue.ts';
import { intervalOf } from './intervals.ts';
import { readUnits, topOf } from './levels.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';
import { DEFAULT_KEYS, SIMPLE_KEYS, type WireKeys } from './wire-keys.ts';

/**
 * Any parsed frame (by `parseExactJson`) → what it means: either format, one event or a list of them, pongs and errors.
 * Never throws. The byte scanner must agree with this reader on every frame it accepts.
 * Shapes: the venue's WebSocket reference, docs version 1.6.4.
 */
export function readFrame(frame: unknown, receivedAt: number, memory: SymbolMemory): readonly Decoded[] {
  if (!Array.isArray(frame)) return readOne(frame, receivedAt, memory);
  const rows = frame.flatMap((row) => readOne(row, receivedAt, memory));
  return rows.length > 0 ? rows : [ignored('empty list')];
}

function readOne(payload: unknown, receivedAt: number, memory: SymbolMemory): readonly Decoded[] {
  if (!wire.isWireObject(payload)) return [{ kind: 'failed', reason: `no object: ${wire.show(payload)}` }];
  const keys = payload['type'] === undefined ? SIMPLE_KEYS : DEFAULT_KEYS;
  const type = payload['type'] ?? payload['ty'];
  if (typeof type !== 'string') return [readWord(payload)];
  try {
    return readEvent(type, payload, keys, receivedAt, memory);
  } catch (fault) {
    if (!(fault instanceof wire.Misshapen)) throw fault;
    return [{ kind: 'failed', reason: `${wire.show(type)}: ${messageOf(fault)}` }];
  }
}

function readEvent(
  type: string,
  payload: WireObject,
  keys: WireKeys,
  receivedAt: number,
  memory: SymbolMemory,
): readonly Decoded[] {
  const interval = intervalOf(type);
  const read = READERS.get(type);
  if (!read && !interval) return [ignored(`type ${wire.show(type)}`)];
  const symbol = wire.text(payload, keys.code);
  const entry = memory.entryOf(symbol);
  if (!entry) return [ignored(`symbol ${wire.show(symbol)}`)];
  if (read) return read(payload, keys, entry, receivedAt);
  return interval ? [readCandle(payload, keys, entry, receivedAt, interval)] : [];
}

type EventReader = (
  payload: WireObject,
  keys: WireKeys,
  entry: SymbolEntry,
  receivedAt: number,
) => readonly Decoded[];

const READERS: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  ['orderbook', readBook],
  ['trade', (...frame) => [readTrade(...frame)]],
  ['ticker', (...frame) => [readTicker(...frame)]],
]);

function readBook(
  payload: WireObject,
  keys: WireKeys,
  entry: SymbolEntry,
  receivedAt: number,
): readonly Decoded[] {
  const level = payload[keys.level];
  // Prices grouped by so many won: a picture of the book, not the book.
  if (level !== undefined && level !== 0) return [ignored(`a book grouped by ${wire.show(level)}`)];
  // Its last change; once seen in µs (USDT-ETC, 2023).
  const venueTime = epochMs(payload, keys.timestamp);
  const levels = readUnits(payload[keys.units], keys, entry);
  entry.priceScale = levels.priceScale;
  entry.quantityScale = levels.quantityScale;
  const book: BookSnapshotEvent = {
    kind: 'book-snapshot',
    instrument: entry.instrument,
    venueTime,
    receivedAt,
    lastUpdateId: venueTime,
    ...levels,
  };
  return [book, topOf(book)];
}

function readTrade(payload: WireObject, keys: WireKeys, entry: SymbolEntry, receivedAt: number): Decoded {
  const side = payload[keys.side];
  // The taker's side.
  if (side !== 'ASK' && side !== 'BID') {
    throw new wire.Misshapen(`${keys.side} is neither ASK nor BID: ${wire.show(side)}`);
  }
  const trade = {
    kind: 'trade',
    instrument: entry.instrument,
    venueTime: epochMs(payload, keys.tradeTime),
    receivedAt,
    // 17 digits, beyond 2^53: text it stays.
    id: digits(payload, keys.id),
    price: numeric(payload, keys.price),
    quantity: numeric(payload, keys.quantity),
    side: side === 'ASK' ? 'sell' : 'buy',
  } as const;
  return trade.price === 0 || trade.quantity === 0 ? ignored('a print of nothing') : trade;
}

/** Open, high and low are those of the UTC day (from 09:00 in Seoul); the volumes are those of the last 24 hours. */
function readTicker(payload: WireObject, keys: WireKeys, entry: SymbolEntry, receivedAt: number): Decoded {
  if (payload[keys.open] === undefined) return ignored('a ticker without its day');
  return {
    kind: 'ticker',
    instrument: entry.instrument,
    // When the last trade was: the frame itself comes later.
    venueTime: epochMs(payload, payload[keys.tradeTime] === undefined ? keys.timestamp : keys.tradeTime),
    receivedAt,
    last: numeric(payload, keys.price),
    open: numeric(payload, keys.open),
    high: numeric(payload, keys.high),
    low: numeric(payload, keys.low),
    volume: numeric(payload, keys.volume24h),
    quoteVolume: numeric(payload, keys.quoteVolume24h),
    ...(isHalted(payload, keys) && { halted: true }),
  };
}

/** `market_state` is PREVIEW, ACTIVE or DELISTED. */
function isHalted(payload: WireObject, keys: WireKeys): boolean {
  const state = payload[keys.state];
  return payload[keys.suspended] === true || state === 'PREVIEW' || state === 'DELISTED';
}

/** The venue never says that a candle has ended: it is the clock, or the next candle, that closes it. */
function readCandle(
  payload: WireObject,
  keys: WireKeys,
  entry: SymbolEntry,
  receivedAt: number,
  interval: Interval,
): Decoded {
  const openTime = msOfUtcText(wire.text(payload, keys.candleTime));
  if (openTime === undefined) {
    throw new wire.Misshapen(`${keys.candleTime} is no time: ${wire.show(payload[keys.candleTime])}`);
  }
  if (openTimeAt(interval, openTime) !== openTime) return ignored(`a candle off the grid of ${interval}`);
  const candle = {
    openTime,
    open: numeric(payload, keys.open),
    high: numeric(payload, keys.high),
    low: numeric(payload, keys.low),
    close: numeric(payload, keys.price),
    volume: numeric(payload, keys.candleVolume),
    closed: false,
  };
  if (candle.high < candle.low) throw new wire.Misshapen('the high is below the low');
  return {
    kind: 'candle',
    instrument: entry.instrument,
    venueTime: epochMs(payload, keys.timestamp),
    receivedAt,
    interval,
    candle,
  };
}

/** What is no event: `{"status":"UP"}` after a PING, `{"error":{"name","message"}}` before the venue closes (1000). */
function readWord(payload: WireObject): Decoded {
  if (payload['status'] === 'UP') return { kind: 'pong' };
  const error = payload['error'];
  if (error !== undefined) {
    const told = wire.isWireObject(error) ? error : { name: error };
    const name = told['name'];
    const message = told['message'];
    return {
      kind: 'refusal',
      code: typeof name === 'string' || typeof name === 'number' ? String(name).slice(0, 60) : 'unnamed',
      message: typeof message === 'string' ? message.slice(0, 300) : '',
    };
  }
  return ignored('neither an event nor an error');
}

function ignored(reason: string): Decoded {
  return { kind: 'ignored', reason };
}
