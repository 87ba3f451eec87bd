import { messageOf } from '#shared/base/errors.ts';
import { isBestFirst, scaleLevels } from '#shared/base/levels.ts';
import type { WireObject } from '#shared/base/wire.ts';
import * as wire from '#shared/base/wire.ts';
import { isInterval } from '#shared/domain/interval.ts';
import type { Decoded } from '../venue.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';

/**
 * Any parsed frame → what it means: combined wrapping or bare, one event or a list, acks and errors.
 * Never throws. The byte scanner must agree with this reader on every frame it accepts.
 * Shapes: the venue's "Websocket Market Streams" pages, state of 2026-11.
 */
export function readFrame(frame: unknown, receivedAt: number, memory: SymbolMemory): readonly Decoded[] {
  if (wire.isWireObject(frame) && typeof frame['stream'] === 'string' && 'data' in frame) {
    return readPayload(frame['data'], frame['stream'], receivedAt, memory);
  }
  return readPayload(frame, '', receivedAt, memory);
}

function readPayload(
  payload: unknown,
  stream: string,
  receivedAt: number,
  memory: SymbolMemory,
): readonly Decoded[] {
  if (!Array.isArray(payload)) return [readOne(payload, stream, receivedAt, memory)];
  // An all-market list: hundreds of rows, many of another market. One word for all the ignored ones is enough.
  const rows = payload.map((row) => readOne(row, stream, receivedAt, memory));
  const telling = rows.filter((row) => row.kind !== 'ignored');
  return telling.length > 0 ? telling : rows.length > 0 ? rows.slice(0, 1) : [ignored('empty list')];
}

function readOne(payload: unknown, stream: string, receivedAt: number, memory: SymbolMemory): Decoded {
  if (!wire.isWireObject(payload)) return { kind: 'failed', reason: `no object: ${wire.show(payload)}` };
  try {
    return typeof payload['e'] === 'string'
      ? readEvent(payload['e'], payload, stream, receivedAt, memory)
      : readAnswer(payload);
  } catch (fault) {
    if (!(fault instanceof wire.Misshapen)) throw fault;
    return { kind: 'failed', reason: `${wire.show(payload['e'])}: ${messageOf(fault)}` };
  }
}

function readEvent(
  event: string,
  payload: WireObject,
  stream: string,
  receivedAt: number,
  memory: SymbolMemory,
): Decoded {
  const read = READERS.get(event);
  if (!read) return ignored(`event ${wire.show(event)}`);
  // Since 2026-06-30 the all-market streams mix in COIN-M rows (st 2); before, there was no st.
  const market = payload['st'];
  if (market !== undefined && market !== 1) return ignored('not USD-M');
  const symbol = wire.text(payload, 's');
  const entry = memory.entryOf(symbol);
  if (!entry) return ignored(`symbol ${wire.show(symbol)}`);
  return read(payload, entry, receivedAt, stream);
}

type EventReader = (payload: WireObject, entry: SymbolEntry, receivedAt: number, stream: string) => Decoded;

const READERS: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  ['aggTrade', (payload, entry, receivedAt) => readTrade(payload, 'a', entry, receivedAt)],
  ['trade', (payload, entry, receivedAt) => readTrade(payload, 't', entry, receivedAt)],
  ['bookTicker', readTop],
  ['depthUpdate', readDepth],
  ['kline', readCandle],
  ['24hrTicker', readTicker],
  ['24hrMiniTicker', readTicker],
  ['markPriceUpdate', readMark],
]);

function readTrade(payload: WireObject, idKey: string, entry: SymbolEntry, receivedAt: number): Decoded {
  const id = String(wire.count(payload, idKey));
  const price = wire.decimal(payload, 'p');
  const quantity = wire.decimal(payload, 'q');
  // `m`: the buyer was the maker, so the aggressor sold.
  const side = wire.flag(payload, 'm') ? 'sell' : 'buy';
  const venueTime = wire.count(payload, 'T');
  // Rows of X = NA exist that move nothing: no price, no quantity, no trade.
  if (price === 0 || quantity === 0) return ignored('a print of nothing');
  const trade = {
    kind: 'trade',
    instrument: entry.instrument,
    venueTime,
    receivedAt,
    id,
    price,
    quantity,
    side,
  } as const;
  const execution = payload['X'];
  return execution === undefined || execution === 'MARKET' ? trade : { ...trade, offBook: true };
}

function readTop(payload: WireObject, entry: SymbolEntry, receivedAt: number): Decoded {
  return {
    kind: 'top',
    instrument: entry.instrument,
    venueTime: matchingTime(payload),
    receivedAt,
    updateId: wire.count(payload, 'u'),
    bidPrice: wire.decimal(payload, 'b'),
    bidQuantity: wire.decimal(payload, 'B'),
    askPrice: wire.decimal(payload, 'a'),
    askQuantity: wire.decimal(payload, 'A'),
  };
}

/** `btcusdt@depth20@100ms` brings whole tops under the same event name as the changes of `btcusdt@depth`. */
const SNAPSHOT_STREAM = /^[^@]*@depth\d/;

function readDepth(payload: WireObject, entry: SymbolEntry, receivedAt: number, stream: string): Decoded {
  const firstUpdateId = wire.count(payload, 'U');
  const lastUpdateId = wire.count(payload, 'u');
  if (firstUpdateId > lastUpdateId) throw new wire.Misshapen('U is beyond u');
  const chained = payload['pu'] !== undefined;
  const previousUpdateId = chained ? wire.count(payload, 'pu') : 0;
  const venueTime = matchingTime(payload);
  const levels = scaleLevels(payload['b'], payload['a'], entry);
  const common = { instrument: entry.instrument, venueTime, receivedAt, lastUpdateId, ...levels };
  if (SNAPSHOT_STREAM.test(stream)) {
    if (!isBestFirst(levels.bids, true) || !isBestFirst(levels.asks, false)) {
      throw new wire.Misshapen('levels are not in order');
    }
    learn(entry, levels);
    return { kind: 'book-snapshot', ...common };
  }
  learn(entry, levels);
  const delta = { kind: 'book-delta', ...common, firstUpdateId } as const;
  return chained ? { ...delta, previousUpdateId } : delta;
}

function learn(entry: SymbolEntry, seen: { priceScale: number; quantityScale: number }): void {
  entry.priceScale = seen.priceScale;
  entry.quantityScale = seen.quantityScale;
}

function readCandle(payload: WireObject, entry: SymbolEntry, receivedAt: number): Decoded {
  const row = payload['k'];
  if (!wire.isWireObject(row)) throw new wire.Misshapen(`k is no object: ${wire.show(row)}`);
  const interval = wire.text(row, 'i');
  if (!isInterval(interval)) return ignored(`interval ${wire.show(interval)}`);
  const candle = {
    openTime: wire.count(row, 't'),
    open: wire.decimal(row, 'o'),
    high: wire.decimal(row, 'h'),
    low: wire.decimal(row, 'l'),
    close: wire.decimal(row, 'c'),
    volume: wire.decimal(row, 'v'),
    closed: wire.flag(row, 'x'),
  };
  if (candle.high < candle.low) throw new wire.Misshapen('h is below l');
  return {
    kind: 'candle',
    instrument: entry.instrument,
    venueTime: wire.count(payload, 'E'),
    receivedAt,
    interval,
    candle,
  };
}

function readTicker(payload: WireObject, entry: SymbolEntry, receivedAt: number): Decoded {
  return {
    kind: 'ticker',
    instrument: entry.instrument,
    venueTime: wire.count(payload, 'E'),
    receivedAt,
    last: wire.decimal(payload, 'c'),
    open: wire.decimal(payload, 'o'),
    high: wire.decimal(payload, 'h'),
    low: wire.decimal(payload, 'l'),
    volume: wire.decimal(payload, 'v'),
    quoteVolume: wire.decimal(payload, 'q'),
  };
}

function readMark(payload: WireObject, entry: SymbolEntry, receivedAt: number): Decoded {
  const mark = {
    kind: 'mark',
    instrument: entry.instrument,
    venueTime: wire.count(payload, 'E'),
    receivedAt,
    markPrice: wire.decimal(payload, 'p'),
    indexPrice: wire.decimal(payload, 'i'),
  } as const;
  // Delivery contracts pay no funding: an empty rate, time 0.
  if (payload['r'] === '' || payload['r'] === undefined) return mark;
  const fundingRate = wire.signedDecimal(payload, 'r');
  const nextFundingTime = wire.count(payload, 'T');
  return nextFundingTime === 0 ? { ...mark, fundingRate } : { ...mark, fundingRate, nextFundingTime };
}

/** Replies to what we sent: `{"result":null,"id":1}`, `{"code":2,"msg":"…"}`, `{"error":{"code","msg"},"id":1}`. */
function readAnswer(payload: WireObject): Decoded {
  const id = payload['id'];
  const error = wire.isWireObject(payload['error']) ? payload['error'] : payload;
  const code = error['code'];
  if (typeof code === 'number' || (typeof code === 'string' && code !== '')) {
    const message = typeof error['msg'] === 'string' ? error['msg'].slice(0, 300) : '';
    const refusal = { kind: 'refusal', code: String(code), message } as const;
    return wire.isCount(id) ? { ...refusal, requestId: id } : refusal;
  }
  if (!('result' in payload)) return { kind: 'failed', reason: 'neither an event nor an answer' };
  return wire.isCount(id) ? { kind: 'ack', requestId: id } : ignored('an answer to nobody');
}

/** When the matching engine made it (`T`); events without it carry only when they were sent (`E`). */
function matchingTime(payload: WireObject): number {
  return wire.count(payload, payload['T'] === undefined ? 'E' : 'T');
}

function ignored(reason: string): Decoded {
  return { kind: 'ignored', reason };
}
