import { REFUSED } from '#shared/base/byte-cursor.ts';
import { utf8OfText } from '#shared/base/utf8.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { FrameFields } from './frame-fields.ts';
import type { SymbolEntry } from './symbol-memory.ts';
import { E, M, P, Q, S, T, X } from './wire-keys.ts';

const MARKET = utf8OfText('"MARKET"');
const TRUE = utf8OfText('true');
const FALSE = utf8OfText('false');

/** `aggTrade` (id under `a`) and `trade` (id under `t`), from the key after `e` on. `undefined`: not the known form. */
export function scanTrade(fields: FrameFields, idKey: number, receivedAt: number): MarketEvent | undefined {
  const { cursor } = fields;
  let entry: SymbolEntry | undefined;
  let venueTime = 0;
  let id = 0;
  let price = 0;
  let quantity = 0;
  let buyerIsMaker = false;
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
      case idKey:
        field = 8;
        value = id = cursor.count();
        break;
      case P:
        field = 16;
        value = price = cursor.decimal();
        break;
      case Q:
        field = 32;
        value = quantity = cursor.decimal();
        break;
      case M:
        field = 64;
        buyerIsMaker = cursor.skip(TRUE);
        if (!buyerIsMaker && !cursor.skip(FALSE)) return undefined;
        break;
      case X:
        field = 128;
        if (!cursor.skip(MARKET)) return undefined;
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
  // `X` stands in `trade` only.
  if ((seen | 128) !== 255 || entry === undefined || price === 0 || quantity === 0) return undefined;
  return {
    kind: 'trade',
    instrument: entry.instrument,
    venueTime,
    receivedAt,
    id: String(id),
    price,
    quantity,
    side: buyerIsMaker ? 'sell' : 'buy',
  };
}
