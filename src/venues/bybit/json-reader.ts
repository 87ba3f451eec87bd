import { messageOf } from '#shared/base/errors.ts';
import * as wire from '#shared/base/wire.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { Decoded } from '../venue.ts';
import { intervalOf } from './intervals.ts';
import { readAnswer } from './read-answer.ts';
import { readBook, readTop } from './read-book.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';
import { createTickerReading, TICKER_FIELDS, takeReading } from './ticker-memory.ts';
import { dataObject, dataRows, expectSymbol, isSnapshot, time } from './wire-fields.ts';

/** The memory of the family a frame came from. */
export type MemoryOf = (kind: string, frame: wire.WireObject) => SymbolMemory;

/**
 * Any parsed frame → what it means. Never throws. The byte scanner must agree with this reader on every frame it
 * accepts. Shapes: the venue's "WebSocket Stream, Public" pages, state of 2026-07, and the recordings.
 */
export function readFrame(frame: unknown, receivedAt: number, memoryOf: MemoryOf): readonly Decoded[] {
  if (!wire.isWireObject(frame)) return [failed(`no object: ${wire.show(frame)}`)];
  const { topic } = frame;
  if (topic === undefined) return [readAnswer(frame)];
  if (typeof topic !== 'string') return [failed(`topic is no text: ${wire.show(topic)}`)];
  try {
    return readTopic(topic, frame, receivedAt, memoryOf);
  } catch (fault) {
    if (!(fault instanceof wire.Misshapen)) throw fault;
    return [failed(`${wire.show(topic)}: ${messageOf(fault)}`)];
  }
}

/** `orderbook.200.BTCUSDT`, `kline.1.BTCUSDT`, `publicTrade.BTCUSDT`, `tickers.BTCUSDT`. */
function readTopic(
  topic: string,
  frame: wire.WireObject,
  receivedAt: number,
  memoryOf: MemoryOf,
): readonly Decoded[] {
  const parts = topic.split('.', 4);
  const [kind = ''] = parts;
  const parameters = PARAMETERS.get(kind);
  if (parameters === undefined) return [ignored(`topic ${wire.show(kind)}`)];
  const parameter = parameters === 1 ? (parts[1] ?? '') : '';
  const symbol = parts[1 + parameters];
  if (symbol === undefined || parts.length !== 2 + parameters) throw new wire.Misshapen('no such topic');
  const depth = kind === 'orderbook' ? depthOf(parameter) : 0;
  if (depth === undefined) return [ignored(`book ${wire.show(parameter)}`)];
  const interval = kind === 'kline' ? intervalOf(parameter) : undefined;
  if (kind === 'kline' && interval === undefined) return [ignored(`interval ${wire.show(parameter)}`)];
  const entry = memoryOf(kind, frame).entryOf(symbol);
  if (!entry) return [ignored(`symbol ${wire.show(symbol)}`)];
  switch (kind) {
    case 'orderbook':
      return [
        depth === 1
          ? readTop(frame, symbol, entry, receivedAt)
          : readBook(frame, depth, symbol, entry, receivedAt),
      ];
    case 'publicTrade':
      return readRows(frame, (row) => readTrade(row, symbol, entry, receivedAt));
    case 'tickers':
      return readTicker(frame, symbol, entry, receivedAt);
    default:
      return readRows(frame, (row) =>
        readCandle(frame, row, parameter, interval as Interval, entry, receivedAt),
      );
  }
}

/** How many parameters stand between a topic's kind and its symbol. */
const PARAMETERS: ReadonlyMap<string, 0 | 1> = new Map([
  ['orderbook', 1],
  ['publicTrade', 0],
  ['tickers', 0],
  ['kline', 1],
] as const);

/** `undefined` for books of another make: `full` (no snapshot), `rpi` (three numbers a level). */
function depthOf(parameter: string): number | undefined {
  return /^\d{1,4}$/.test(parameter) ? Number(parameter) : undefined;
}

/** One row that cannot be read does not take the others with it. */
function readRows(frame: wire.WireObject, read: (row: wire.WireObject) => Decoded): readonly Decoded[] {
  const rows = dataRows(frame).map((row) => {
    try {
      return wire.isWireObject(row) ? read(row) : failed(`a row is no object: ${wire.show(row)}`);
    } catch (fault) {
      if (!(fault instanceof wire.Misshapen)) throw fault;
      return failed(`${wire.show(frame['topic'])}: ${messageOf(fault)}`);
    }
  });
  return rows.length > 0 ? rows : [ignored('no rows')];
}

function readTrade(row: wire.WireObject, symbol: string, entry: SymbolEntry, receivedAt: number): Decoded {
  expectSymbol(row, 's', symbol);
  const trade = {
    kind: 'trade',
    instrument: entry.instrument,
    venueTime: time(row, 'T'),
    receivedAt,
    // Uuids in linear, counts beyond 2^53 in spot: text in both.
    id: wire.text(row, 'i'),
    price: wire.decimal(row, 'p'),
    quantity: wire.decimal(row, 'v'),
    side: sideOf(row['S']),
  } as const;
  // A block trade is agreed on away from the book.
  const isBlock = row['BT'] !== undefined && wire.flag(row, 'BT');
  if (trade.price === 0 || trade.quantity === 0) return ignored('a print of nothing');
  return isBlock ? { ...trade, offBook: true } : trade;
}

/** The taker's side. Throws `Misshapen`. */
export function sideOf(value: unknown): 'buy' | 'sell' {
  if (value === 'Buy') return 'buy';
  if (value === 'Sell') return 'sell';
  throw new wire.Misshapen(`side is neither Buy nor Sell: ${wire.show(value)}`);
}

/** A roll-over brings two rows, the closed candle and the new one, in one frame or in two. */
function readCandle(
  frame: wire.WireObject,
  row: wire.WireObject,
  name: string,
  interval: Interval,
  entry: SymbolEntry,
  receivedAt: number,
): Decoded {
  if (row['interval'] !== name)
    throw new wire.Misshapen(`interval is not the topic's: ${wire.show(row['interval'])}`);
  const candle = {
    openTime: time(row, 'start'),
    open: wire.decimal(row, 'open'),
    high: wire.decimal(row, 'high'),
    low: wire.decimal(row, 'low'),
    close: wire.decimal(row, 'close'),
    volume: wire.decimal(row, 'volume'),
    closed: wire.flag(row, 'confirm'),
  };
  if (candle.high < candle.low) throw new wire.Misshapen('high is below low');
  const { instrument } = entry;
  return { kind: 'candle', instrument, venueTime: time(frame, 'ts'), receivedAt, interval, candle };
}

function readTicker(
  frame: wire.WireObject,
  symbol: string,
  entry: SymbolEntry,
  receivedAt: number,
): readonly Decoded[] {
  const data = dataObject(frame);
  expectSymbol(data, 'symbol', symbol);
  const reading = createTickerReading();
  reading.isSnapshot = isSnapshot(frame);
  reading.venueTime = time(frame, 'ts');
  if (frame['cs'] !== undefined) reading.sequence = wire.count(frame, 'cs');
  for (const [field, key] of TICKER_FIELDS.entries()) {
    if (data[key] === undefined) continue;
    reading.mask |= 1 << field;
    reading.values[field] = figure(data, key);
  }
  return takeReading(entry.ticker, reading, receivedAt);
}

/** An empty text is no figure: NaN. Throws `Misshapen`. */
function figure(data: wire.WireObject, key: (typeof TICKER_FIELDS)[number]): number {
  if (data[key] === '') return Number.NaN;
  switch (key) {
    case 'fundingRate':
      return wire.signedDecimal(data, key);
    case 'nextFundingTime':
      return time(data, key);
    default:
      return wire.decimal(data, key);
  }
}

function ignored(reason: string): Decoded {
  return { kind: 'ignored', reason };
}

function failed(reason: string): Decoded {
  return { kind: 'failed', reason };
}
