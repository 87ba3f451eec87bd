import { utf8OfText } from '#shared/base/utf8.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { DecoderOptions } from '../venue.ts';
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
}

// USD-M lists fewer than 800 contracts. Garbage names must not grow the memory for ever.
const MOST_SYMBOLS = 4_096;

/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree on scales. */
export function createSymbolMemory(options: DecoderOptions): SymbolMemory {
  const entries = new Map<string, SymbolEntry>();
  return {
    entryOf(symbol) {
      const known = entries.get(symbol);
      if (known) return known;
      const instrument = instrumentOf(symbol);
      if (instrument === undefined) return undefined;
      const scales = options.scaleOf?.(instrument);
      const entry = {
        instrument,
        bytes: utf8OfText(symbol),
        priceScale: scales?.priceScale ?? 0,
        quantityScale: scales?.quantityScale ?? 0,
      };
      if (entries.size >= MOST_SYMBOLS) entries.clear();
      entries.set(symbol, entry);
      return entry;
    },
  };
}
