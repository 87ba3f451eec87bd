import { REFUSED } from '#shared/base/byte-cursor.ts';
import { createLevelPacker } from '#shared/base/level-packer.ts';
import type { BookDeltaEvent } from '#shared/domain/market-data.ts';
import type { FrameFields } from './frame-fields.ts';
import type { SymbolEntry } from './symbol-memory.ts';
import { LOW_A, LOW_B, LOW_S, LOW_U, SEQ } from './wire-keys.ts';

/** Room for the levels of one side of a change: more than the book has. A longer frame goes the general way. */
const MOST_LEVELS = 512;
const OPEN_OBJECT = 0x7b;
const ALL = 0b11111;

/** Reads the `data` of a change to a book; kept inside until the frame around it is known to be whole. */
export interface BookScan {
  /** Moves over the object. False: not the known form. */
  read(entry: SymbolEntry): boolean;
  event(entry: SymbolEntry, venueTime: number, receivedAt: number): BookDeltaEvent;
  readonly updateId: number;
}

export function createBookScan(fields: FrameFields): BookScan {
  const { cursor } = fields;
  const bidRoom = new Float64Array(MOST_LEVELS * 2);
  const askRoom = new Float64Array(MOST_LEVELS * 2);
  const pack = createLevelPacker();
  let bids = 0;
  let asks = 0;
  let updateId = 0;
  return {
    read(entry) {
      if (cursor.bytes[cursor.at++] !== OPEN_OBJECT) return false;
      let seen = 0;
      for (;;) {
        let field = 0;
        let value = 0;
        switch (fields.key()) {
          case LOW_S:
            field = 1;
            if (!fields.passes(entry.bytes)) return false;
            break;
          case LOW_B:
            field = 2;
            value = bids = cursor.levels(bidRoom, entry.priceScale, entry.quantityScale);
            break;
          case LOW_A:
            field = 4;
            value = asks = cursor.levels(askRoom, entry.priceScale, entry.quantityScale);
            break;
          case LOW_U:
            field = 8;
            value = updateId = cursor.count();
            break;
          case SEQ:
            field = 16;
            value = cursor.count();
            break;
          default:
            return false;
        }
        if (value === REFUSED || (seen & field) !== 0) return false;
        seen |= field;
        const goesOn = fields.more();
        if (goesOn === undefined) return false;
        if (!goesOn) return seen === ALL;
      }
    },

    event: (entry, venueTime, receivedAt) => ({
      kind: 'book-delta',
      instrument: entry.instrument,
      venueTime,
      receivedAt,
      lastUpdateId: updateId,
      priceScale: entry.priceScale,
      quantityScale: entry.quantityScale,
      bids: pack(bidRoom, bids),
      asks: pack(askRoom, asks),
      firstUpdateId: updateId,
    }),

    get updateId() {
      return updateId;
    },
  };
}
