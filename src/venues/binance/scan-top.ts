import { REFUSED } from '#shared/base/byte-cursor.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { FrameFields } from './frame-fields.ts';
import type { SymbolEntry } from './symbol-memory.ts';
import { A, B, E, LOW_A, LOW_B, LOW_U, S, T } from './wire-keys.ts';

/** `bookTicker`, from the key after `e` on. `undefined`: not the known form. */
export function scanTop(fields: FrameFields, receivedAt: number): MarketEvent | undefined {
  const { cursor } = fields;
  let entry: SymbolEntry | undefined;
  let venueTime = 0;
  let updateId = 0;
  let bidPrice = 0;
  let bidQuantity = 0;
  let askPrice = 0;
  let askQuantity = 0;
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
      case LOW_U:
        field = 8;
        value = updateId = cursor.count();
        break;
      case LOW_B:
        field = 16;
        value = bidPrice = cursor.decimal();
        break;
      case B:
        field = 32;
        value = bidQuantity = cursor.decimal();
        break;
      case LOW_A:
        field = 64;
        value = askPrice = cursor.decimal();
        break;
      case A:
        field = 128;
        value = askQuantity = cursor.decimal();
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
  if (seen !== 255 || entry === undefined) return undefined;
  return {
    kind: 'top',
    instrument: entry.instrument,
    venueTime,
    receivedAt,
    updateId,
    bidPrice,
    bidQuantity,
    askPrice,
    askQuantity,
  };
}
