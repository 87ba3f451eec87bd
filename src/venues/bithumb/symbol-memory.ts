import type { InstrumentId } from '#shared/domain/instrument.ts';
import { instrumentOf } from './symbols.ts';

/** What one connection's decoder knows of one symbol. The scales grow as frames show more digits. */
export interface SymbolEntry {
  readonly instrument: InstrumentId;
  priceScale: number;
  quantityScale: number;
}

export interface SymbolMemory {
  /** `undefined` for a name that is none of this venue's. */
  entryOf(symbol: string): SymbolEntry | undefined;
}

/** Quantities are cut to four digits after the point. Those of prices depend on the price: they are learned. */
const QUANTITY_SCALE = 4;
// The venue lists 493 markets. Garbage names must not grow the memory for ever.
const MOST_SYMBOLS = 4_096;

/** One memory per connection. */
export function createSymbolMemory(): SymbolMemory {
  const entries = new Map<string, SymbolEntry>();
  return {
    entryOf(symbol) {
      const known = entries.get(symbol);
      if (known) return known;
      const instrument = instrumentOf(symbol);
      if (instrument === undefined) return undefined;
      const entry = { instrument, priceScale: 0, quantityScale: QUANTITY_SCALE };
      if (entries.size >= MOST_SYMBOLS) entries.clear();
      entries.set(symbol, entry);
      return entry;
    },
  };
}
