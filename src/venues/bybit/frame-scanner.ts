import { REFUSED } from '#shared/base/byte-cursor.ts';
import { utf8OfText } from '#shared/base/utf8.ts';
import type { Decoded } from '../venue.ts';
import { createFrameFields } from './frame-fields.ts';
import { createBookScan } from './scan-book.ts';
import { createTickerScan } from './scan-ticker.ts';
import { createTradeScan } from './scan-trades.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';
import { takeReading } from './ticker-memory.ts';
import { CS, CTS, DATA, TS, TYPE } from './wire-keys.ts';

const POINT = 0x2e;
const ZERO = 0x30;
const CLOSE_OBJECT = 0x7d;
const LOW_O = 0x6f;
const LOW_P = 0x70;
const LOW_T = 0x74;

const TOPIC = utf8OfText('{"topic":"');
const ORDERBOOK = utf8OfText('orderbook.');
const TICKERS = utf8OfText('tickers.');
const PUBLIC_TRADE = utf8OfText('publicTrade.');
const AFTER_TOPIC = utf8OfText('",');
const SNAPSHOT = utf8OfText('"snapshot"');
const DELTA = utf8OfText('"delta"');
const MOST_DEPTH_DIGITS = 4;

/** Reads one frame's bytes; `undefined` sends it to the general reader. */
export type ScanFrame = (
  bytes: Uint8Array,
  end: number,
  receivedAt: number,
) => readonly Decoded[] | undefined;

/**
 * Book changes, tickers and trades make up nearly all traffic: they are read straight from the bytes, without `JSON.parse`.
 * Keys may come in any order after the topic. Whatever else differs from the known form (an unknown or repeated key, a
 * space, an escape, a number written otherwise, more digits than seen so far) is not judged here: the general reader
 * decides, and agrees with this one on every frame accepted here. Nothing is remembered of a frame that is refused.
 */
export function createFrameScanner(memory: SymbolMemory): ScanFrame {
  const fields = createFrameFields();
  const { cursor } = fields;
  const book = createBookScan(fields);
  const ticker = createTickerScan(fields);
  const trades = createTradeScan(fields);
  let isSnapshot = false;
  let sentAt = 0;
  let madeAt = 0;
  let sequence = 0;

  /** The symbol that ends the topic, with what stands before the next key. */
  function symbol(): SymbolEntry | undefined {
    const entry = memory.entryAt(cursor.bytes, cursor.at, cursor.end);
    if (entry === undefined) return undefined;
    cursor.at += entry.bytes.length;
    return cursor.skip(AFTER_TOPIC) ? entry : undefined;
  }

  /** `200.` → 200. Depth 1 is no book, and any other form is none of these. */
  function depth(): number {
    const from = cursor.at;
    let depth = 0;
    for (;;) {
      const byte = cursor.bytes[cursor.at++] as number;
      if (byte === POINT) break;
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9 || cursor.at - from > MOST_DEPTH_DIGITS) return REFUSED;
      depth = depth * 10 + digit;
    }
    return depth > 1 ? depth : REFUSED;
  }

  /** The keys beside the topic, up to and with the closing brace. */
  function envelope(scan: { read(entry: SymbolEntry): boolean }, entry: SymbolEntry): boolean {
    madeAt = REFUSED;
    sequence = REFUSED;
    let seen = 0;
    for (;;) {
      let field = 0;
      let value = 0;
      switch (fields.key()) {
        case TYPE:
          field = 1;
          isSnapshot = cursor.skip(SNAPSHOT);
          if (!isSnapshot && !cursor.skip(DELTA)) return false;
          break;
        case TS:
          field = 2;
          value = sentAt = cursor.count();
          break;
        case DATA:
          field = 4;
          if (!scan.read(entry)) return false;
          break;
        case CTS:
          field = 8;
          value = madeAt = cursor.count();
          break;
        case CS:
          field = 16;
          value = sequence = cursor.count();
          break;
        default:
          return false;
      }
      if (value === REFUSED || (seen & field) !== 0) return false;
      seen |= field;
      const goesOn = fields.more();
      if (goesOn === undefined) return false;
      if (!goesOn) return (seen & 0b111) === 0b111 && cursor.at === cursor.end;
    }
  }

  function scanBook(receivedAt: number): readonly Decoded[] | undefined {
    const levels = depth();
    const entry = levels === REFUSED ? undefined : symbol();
    if (entry === undefined || !envelope(book, entry)) return undefined;
    // Whole books are rare and need a closer look; so does a frame of another depth.
    if (isSnapshot || book.updateId === 1) return undefined;
    if (entry.bookDepth !== 0 && entry.bookDepth !== levels) return undefined;
    return [book.event(entry, madeAt === REFUSED ? sentAt : madeAt, receivedAt)];
  }

  function scanTicker(receivedAt: number): readonly Decoded[] | undefined {
    const entry = symbol();
    if (entry === undefined || !envelope(ticker, entry)) return undefined;
    const { reading } = ticker;
    reading.isSnapshot = isSnapshot;
    reading.sequence = sequence;
    reading.venueTime = sentAt;
    return takeReading(entry.ticker, reading, receivedAt);
  }

  function scanTrades(receivedAt: number): readonly Decoded[] | undefined {
    const entry = symbol();
    return entry !== undefined && envelope(trades, entry) ? trades.events(entry, receivedAt) : undefined;
  }

  return (bytes, end, receivedAt) => {
    // Every loop over digits ends at this brace at the latest.
    if (bytes[end - 1] !== CLOSE_OBJECT) return undefined;
    cursor.bytes = bytes;
    cursor.end = end;
    cursor.at = 0;
    if (!cursor.skip(TOPIC)) return undefined;
    switch (bytes[cursor.at]) {
      case LOW_O:
        return cursor.skip(ORDERBOOK) ? scanBook(receivedAt) : undefined;
      case LOW_T:
        return cursor.skip(TICKERS) ? scanTicker(receivedAt) : undefined;
      case LOW_P:
        return cursor.skip(PUBLIC_TRADE) ? scanTrades(receivedAt) : undefined;
      default:
        return undefined;
    }
  };
}
