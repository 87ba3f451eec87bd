import { utf8OfText } from '#shared/base/utf8.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type NumberCursor, REFUSED } from './number-cursor.ts';
import * as key from './scan-forms.ts';
import { entryHere, goesOn, timeHere } from './scan-values.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';

const ASK = utf8OfText('"ASK"');
const BID = utf8OfText('"BID"');
/** What a trade must have. */
const WHOLE = key.CODE | key.TIME | key.PRICE | key.QUANTITY | key.SIDE | key.ID;

/** `trade`, from the key after its type on. `undefined`: not the known form. */
export function scanTrade(
  form: key.ScanForm,
  cursor: NumberCursor,
  memory: SymbolMemory,
  receivedAt: number,
): readonly MarketEvent[] | undefined {
  let entry: SymbolEntry | undefined;
  let venueTime = 0;
  let id = '';
  let price = 0;
  let quantity = 0;
  let isSell = false;
  let seen = 0;
  for (;;) {
    const field = cursor.key(form.tradeKeys);
    let value = 0;
    switch (field) {
      case key.CODE:
        entry = entryHere(cursor, memory);
        if (entry === undefined) return undefined;
        break;
      case key.TIME:
        value = venueTime = timeHere(cursor);
        break;
      case key.PRICE:
        value = price = cursor.number();
        break;
      case key.QUANTITY:
        value = quantity = cursor.number();
        break;
      case key.SIDE:
        isSell = cursor.skip(ASK);
        if (!isSell && !cursor.skip(BID)) return undefined;
        break;
      case key.ID:
        id = cursor.digits();
        if (id === '') return undefined;
        break;
      case key.SOME_NUMBER:
        if (!cursor.skipNumber()) return undefined;
        break;
      case key.SOME_TEXT:
        if (!cursor.skipText()) return undefined;
        break;
      default:
        return undefined;
    }
    if (value === REFUSED || (seen & field & WHOLE) !== 0) return undefined;
    seen |= field;
    const more = goesOn(cursor);
    if (more === undefined) return undefined;
    if (!more) break;
  }
  // A print of nothing is for the general reader to name.
  if ((seen & WHOLE) !== WHOLE || entry === undefined || price === 0 || quantity === 0) return undefined;
  const { instrument } = entry;
  return [
    { kind: 'trade', instrument, venueTime, receivedAt, id, price, quantity, side: isSell ? 'sell' : 'buy' },
  ];
}
