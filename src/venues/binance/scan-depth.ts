import { REFUSED } from '#shared/base/byte-cursor.ts';
import { createLevelPacker } from '#shared/base/level-packer.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { FrameFields } from './frame-fields.ts';
import type { SymbolEntry } from './symbol-memory.ts';
import { E, LOW_A, LOW_B, LOW_U, PU, S, T, U } from './wire-keys.ts';

/** Room for the levels of one side: more than a snapshot has. A longer frame goes the general way. */
const MOST_LEVELS = 4_096;

/** Makes the reader of `depthUpdate`, from the key after `e` on. `undefined`: not the known form. */
export function createDepthScanner(): (fields: FrameFields, receivedAt: number) => MarketEvent | undefined {
  const bidRoom = new Float64Array(MOST_LEVELS * 2);
  const askRoom = new Float64Array(MOST_LEVELS * 2);
  const pack = createLevelPacker();
  return (fields, receivedAt) => {
    const { cursor } = fields;
    let entry: SymbolEntry | undefined;
    let venueTime = 0;
    let firstUpdateId = 0;
    let lastUpdateId = 0;
    let previousUpdateId = 0;
    let bids = 0;
    let asks = 0;
    let seen = 0;
    for (;;) {
      const key = cursor.key();
      let field = 0;
      let value = 0;
      switch (key) {
        case E:
          field = 1;
          value = cursor.count();
          break;
        case T:
          field = 2;
          value = venueTime = cursor.count();
          break;
        case S:
          field = 4;
          entry = fields.symbol();
          break;
        case U:
          field = 8;
          value = firstUpdateId = cursor.count();
          break;
        case LOW_U:
          field = 16;
          value = lastUpdateId = cursor.count();
          break;
        case PU:
          field = 32;
          value = previousUpdateId = cursor.count();
          break;
        case LOW_B:
          field = 64;
          // The scales are the symbol's: it stands before the levels in every frame of this venue.
          if (entry === undefined) return undefined;
          value = bids = cursor.levels(bidRoom, entry.priceScale, entry.quantityScale);
          break;
        case LOW_A:
          field = 128;
          if (entry === undefined) return undefined;
          value = asks = cursor.levels(askRoom, entry.priceScale, entry.quantityScale);
          break;
        default:
          if (!fields.passes(key)) return undefined;
      }
      if (value === REFUSED || (seen & field) !== 0) return undefined;
      seen |= field;
      const goesOn = fields.more();
      if (goesOn === undefined) return undefined;
      if (!goesOn) break;
    }
    if (seen !== 255 || entry === undefined || firstUpdateId > lastUpdateId) return undefined;
    return {
      kind: 'book-delta',
      instrument: entry.instrument,
      venueTime,
      receivedAt,
      priceScale: entry.priceScale,
      quantityScale: entry.quantityScale,
      firstUpdateId,
      lastUpdateId,
      previousUpdateId,
      bids: pack(bidRoom, bids),
      asks: pack(askRoom, asks),
    };
  };
}
