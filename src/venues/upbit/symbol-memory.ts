import { textOfUtf8, utf8OfText } from '#shared/base/utf8.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { instrumentOf } from './symbols.ts';

/** What one connection's decoder knows of one symbol. The scales grow as frames show more digits. */
export interface SymbolEntry {
  readonly instrument: InstrumentId;
  /** The symbol as it stands on the wire. */
  readonly bytes: Uint8Array;
  priceScale: number;
  quantityScale: number;
}

export interface SymbolMemory {
  /** `undefined` for a name that is none of this venue's. */
  entryOf(symbol: string): SymbolEntry | undefined;
  /**
   * The symbol whose first byte stands at `from` and that ends before a quote. No text is made for a symbol seen
   * before. `undefined` also where the bytes need a closer look: escapes, broken UTF-8.
   */
  entryAt(bytes: Uint8Array, from: number, end: number): SymbolEntry | undefined;
}

/** Quantities have eight digits after the point here. Those of prices depend on the price: they are learned. */
const QUANTITY_SCALE = 8;
// The venue lists 855 markets. Garbage names must not grow the memory for ever.
const MOST_SYMBOLS = 4_096;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree on scales. */
export function createSymbolMemory(): SymbolMemory {
  const entries = new Map<string, SymbolEntry>();
  const byHash = new Map<number, SymbolEntry>();

  function entryOf(symbol: string): SymbolEntry | undefined {
    const known = entries.get(symbol);
    if (known) return known;
    const instrument = instrumentOf(symbol);
    if (instrument === undefined) return undefined;
    const entry = {
      instrument,
      bytes: utf8OfText(symbol),
      priceScale: 0,
      quantityScale: QUANTITY_SCALE,
    };
    if (entries.size >= MOST_SYMBOLS) {
      entries.clear();
      byHash.clear();
    }
    entries.set(symbol, entry);
    return entry;
  }

  return {
    entryOf,
    entryAt(bytes, from, end) {
      let hash = 0;
      let at = from;
      for (; at < end && bytes[at] !== QUOTE; at++) {
        const byte = bytes[at] as number;
        if (byte === BACKSLASH || byte < 0x20) return undefined;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      let entry = byHash.get(hash);
      if (entry === undefined || !stands(entry.bytes, bytes, from)) {
        entry = entryOf(textOfUtf8(bytes.subarray(from, at)));
        if (entry === undefined || !stands(entry.bytes, bytes, from)) return undefined;
        byHash.set(hash, entry);
      }
      return entry;
    },
  };
}

/** Whether `symbol` and a quote stand at `from`. */
function stands(symbol: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let index = 0; index < symbol.length; index++) {
    if (bytes[from + index] !== symbol[index]) return false;
  }
  return bytes[from + symbol.length] === QUOTE;
}
