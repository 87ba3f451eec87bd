import { REFUSED } from '#shared/base/byte-cursor.ts';
import { textOfUtf8, utf8OfText } from '#shared/base/utf8.ts';
import type { FrameFields } from './frame-fields.ts';
import type { SymbolEntry } from './symbol-memory.ts';
import { createTickerReading, TICKER_FIELDS, type TickerReading } from './ticker-memory.ts';

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const ZERO = 0x30;
const LONGEST_DECIMAL = 40;
const OPEN_OBJECT = 0x7b;
const SYMBOL = utf8OfText('symbol');
const TIME_FIELD = TICKER_FIELDS.indexOf('nextFundingTime');
const KEYS = TICKER_FIELDS.map(utf8OfText);

/** A key's length and first letter: which field it may be. `symbol` is one more than the last. */
const CANDIDATES: ReadonlyMap<number, number> = new Map(
  [...KEYS, SYMBOL].map((key, field) => [sketch(key.length, key[0] as number), field]),
);

function sketch(length: number, first: number): number {
  return length * 256 + first;
}

/** Reads the `data` of a `tickers` frame: the figures Heartline shows, over the many it does not. */
export interface TickerScan {
  /** Moves over the object; what it holds stands in `reading`. False: not the known form. */
  read(entry: SymbolEntry): boolean;
  readonly reading: TickerReading;
}

export function createTickerScan(fields: FrameFields): TickerScan {
  const { cursor } = fields;
  const reading = createTickerReading();

  /** Moves over a key of any length and its colon. −1: a key of no interest; −2: not the known form. */
  function fieldAt(): number {
    const { bytes, end } = cursor;
    const from = cursor.at + 1;
    if (bytes[cursor.at] !== QUOTE) return BROKEN;
    let at = from;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH || byte < 0x20 || at >= end) return BROKEN;
      at++;
    }
    if (bytes[at + 1] !== COLON) return BROKEN;
    cursor.at = at + 2;
    const field = CANDIDATES.get(sketch(at - from, bytes[from] as number));
    if (field === undefined) return OTHER;
    const key = field === KEYS.length ? SYMBOL : (KEYS[field] as Uint8Array);
    for (let index = 0; index < key.length; index++) if (bytes[from + index] !== key[index]) return OTHER;
    return field;
  }

  /** Turnovers have up to 20 digits: more than the cursor turns into a number. */
  function decimal(): number {
    const value = cursor.decimal();
    if (value !== REFUSED) return value;
    const { bytes } = cursor;
    const from = cursor.at + 1;
    if (bytes[cursor.at] !== QUOTE) return REFUSED;
    let point = -1;
    let at = from;
    for (; bytes[at] !== QUOTE; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit >= 0 && digit <= 9) continue;
      if (bytes[at] !== POINT || point >= 0 || at === from) return REFUSED;
      point = at;
    }
    if (at === from || point === at - 1 || at - from > LONGEST_DECIMAL) return REFUSED;
    cursor.at = at + 1;
    return Number(textOfUtf8(bytes.subarray(from, at)));
  }

  /** A count in quotes. */
  function quotedCount(): number {
    if (cursor.bytes[cursor.at] !== QUOTE) return REFUSED;
    cursor.at++;
    const value = cursor.count();
    return cursor.bytes[cursor.at++] === QUOTE ? value : REFUSED;
  }

  return {
    reading,
    read(entry) {
      if (cursor.bytes[cursor.at++] !== OPEN_OBJECT) return false;
      reading.mask = 0;
      let symbols = 0;
      for (;;) {
        const field = fieldAt();
        if (field === BROKEN) return false;
        if (field === OTHER) {
          // A value nobody asks for; in quotes like all of them.
          if (cursor.bytes[cursor.at++] !== QUOTE || !cursor.skipText()) return false;
        } else if (field === KEYS.length) {
          symbols++;
          if (!fields.passes(entry.bytes)) return false;
        } else {
          const value = field === TIME_FIELD ? quotedCount() : decimal();
          const bit = 1 << field;
          if (value === REFUSED || (reading.mask & bit) !== 0) return false;
          reading.mask |= bit;
          reading.values[field] = value;
        }
        const goesOn = fields.more();
        if (goesOn === undefined) return false;
        if (!goesOn) return symbols === 1;
      }
    },
  };
}

const OTHER = -1;
const BROKEN = -2;
