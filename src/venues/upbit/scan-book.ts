import type { BookSnapshotEvent, MarketEvent } from '#shared/domain/market-data.ts';
import { topOf } from './levels.ts';
import { type NumberCursor, REFUSED } from './number-cursor.ts';
import { CODE, LEVEL, type ScanForm, SOME_NUMBER, SOME_TEXT, TIME, UNITS } from './scan-forms.ts';
import { entryHere, goesOn, timeHere } from './scan-values.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';

const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;
/** What a book must have. */
const WHOLE = CODE | TIME | UNITS;
/** The venue shows 30 a side. A longer frame goes the general way. */
const MOST_LEVELS = 256;

// Filled and copied out within one read.
const bidRoom = new Float64Array(MOST_LEVELS * 2);
const askRoom = new Float64Array(MOST_LEVELS * 2);

/** `orderbook`, from the key after its type on. `undefined`: not the known form. */
export function scanBook(
  form: ScanForm,
  cursor: NumberCursor,
  memory: SymbolMemory,
  pack: (room: Float64Array, count: number) => Float64Array,
  receivedAt: number,
): readonly MarketEvent[] | undefined {
  let entry: SymbolEntry | undefined;
  let venueTime = REFUSED;
  let counts: UnitCounts | undefined;
  let seen = 0;
  for (;;) {
    const field = cursor.key(form.bookKeys);
    switch (field) {
      case CODE:
        entry = entryHere(cursor, memory);
        if (entry === undefined) return undefined;
        break;
      case TIME:
        venueTime = timeHere(cursor);
        if (venueTime === REFUSED) return undefined;
        break;
      case UNITS:
        // The scales are the symbol's: it stands before the units in every frame of this venue.
        if (entry === undefined) return undefined;
        counts = scanUnits(form, cursor, entry);
        if (counts === undefined) return undefined;
        break;
      case LEVEL:
        // Grouped prices are no book.
        if (cursor.digits() !== '0') return undefined;
        break;
      case SOME_NUMBER:
        if (!cursor.skipNumber()) return undefined;
        break;
      case SOME_TEXT:
        if (!cursor.skipText()) return undefined;
        break;
      default:
        return undefined;
    }
    if ((seen & field & WHOLE) !== 0) return undefined;
    seen |= field;
    const more = goesOn(cursor);
    if (more === undefined) return undefined;
    if (!more) break;
  }
  if (entry === undefined || counts === undefined || (seen & WHOLE) !== WHOLE) return undefined;
  const book: BookSnapshotEvent = {
    kind: 'book-snapshot',
    instrument: entry.instrument,
    venueTime,
    receivedAt,
    lastUpdateId: venueTime,
    priceScale: entry.priceScale,
    quantityScale: entry.quantityScale,
    bids: pack(bidRoom, counts.bids),
    asks: pack(askRoom, counts.asks),
  };
  return [book, topOf(book)];
}

/** Numbers written to each room. */
interface UnitCounts {
  readonly bids: number;
  readonly asks: number;
}

/** Units of an ask and a bid each, sizes last; slots of price or size 0 are padding. Refuses sides out of order. */
function scanUnits(
  form: ScanForm,
  cursor: NumberCursor,
  { priceScale, quantityScale }: SymbolEntry,
): UnitCounts | undefined {
  const { bytes } = cursor;
  if (bytes[cursor.at++] !== OPEN_LIST) return undefined;
  let bids = 0;
  let asks = 0;
  let lastBid = Number.POSITIVE_INFINITY;
  let lastAsk = 0;
  if (bytes[cursor.at] === CLOSE_LIST) {
    cursor.at++;
    return { bids, asks };
  }
  for (let units = 0; units < MOST_LEVELS; units++) {
    if (!cursor.skip(form.askPrice)) return undefined;
    const askPrice = cursor.scaled(priceScale);
    if (!cursor.skip(form.bidPrice)) return undefined;
    const bidPrice = cursor.scaled(priceScale);
    if (!cursor.skip(form.askQuantity)) return undefined;
    const askQuantity = cursor.scaled(quantityScale);
    if (!cursor.skip(form.bidQuantity)) return undefined;
    const bidQuantity = cursor.scaled(quantityScale);
    if (askPrice < 0 || bidPrice < 0 || askQuantity < 0 || bidQuantity < 0) return undefined;
    if (bytes[cursor.at++] !== CLOSE_OBJECT) return undefined;
    if (askPrice > 0 && askQuantity > 0) {
      if (askPrice <= lastAsk) return undefined;
      lastAsk = askPrice;
      askRoom[asks++] = askPrice;
      askRoom[asks++] = askQuantity;
    }
    if (bidPrice > 0 && bidQuantity > 0) {
      if (bidPrice >= lastBid) return undefined;
      lastBid = bidPrice;
      bidRoom[bids++] = bidPrice;
      bidRoom[bids++] = bidQuantity;
    }
    const byte = bytes[cursor.at++];
    if (byte === CLOSE_LIST) return { bids, asks };
    if (byte !== COMMA) return undefined;
  }
  return undefined;
}
