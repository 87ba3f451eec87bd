import { createNameMemory, type NameMemory } from '#shared/base/name-memory.ts';
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

export type SymbolMemory = NameMemory<SymbolEntry>;

// USD-M lists fewer than 800 contracts.
const MOST_SYMBOLS = 4_096;

/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree on scales. */
export function createSymbolMemory(options: DecoderOptions): SymbolMemory {
  return createNameMemory((symbol) => {
    const instrument = instrumentOf(symbol);
    if (instrument === undefined) return undefined;
    const scales = options.scaleOf?.(instrument);
    return {
      instrument,
      bytes: utf8OfText(symbol),
      priceScale: scales?.priceScale ?? 0,
      quantityScale: scales?.quantityScale ?? 0,
    };
  }, MOST_SYMBOLS);
}
