import { createNameMemory, type NameMemory } from '#shared/base/name-memory.ts';
import { utf8OfText } from '#shared/base/utf8.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { DecoderOptions } from '../venue.ts';
import { type Family, instrumentOf } from './symbols.ts';
import { createTickerMemory, type TickerMemory } from './ticker-memory.ts';

/** Best bid and ask as the last frame of `orderbook.1` left them. 0: that side is empty. */
export interface TopMemory {
  u: number;
  bidPrice: number;
  bidQuantity: number;
  askPrice: number;
  askQuantity: number;
}

/** What one connection's decoder knows of one symbol. The scales grow as frames show more digits. */
export interface SymbolEntry {
  readonly instrument: InstrumentId;
  /** The symbol as it stands on the wire. */
  readonly bytes: Uint8Array;
  priceScale: number;
  quantityScale: number;
  /** The depth of the book channel whose snapshot came first; 0 before. `u` of another depth counts differently. */
  bookDepth: number;
  /** Absent before the first snapshot, and after a lost change. */
  top: TopMemory | undefined;
  readonly ticker: TickerMemory;
}

export type SymbolMemory = NameMemory<SymbolEntry>;

// Some 800 linear contracts and 700 spot markets.
const MOST_SYMBOLS = 4_096;

/** One memory per connection, shared by the byte scanner and the JSON reader so that both agree. */
export function createSymbolMemory(family: Family, options: DecoderOptions): SymbolMemory {
  return createNameMemory((symbol) => {
    const instrument = instrumentOf(symbol, family);
    if (instrument === undefined) return undefined;
    const scales = options.scaleOf?.(instrument);
    return {
      instrument,
      bytes: utf8OfText(symbol),
      priceScale: scales?.priceScale ?? 0,
      quantityScale: scales?.quantityScale ?? 0,
      bookDepth: 0,
      top: undefined,
      ticker: createTickerMemory(instrument),
    };
  }, MOST_SYMBOLS);
}
