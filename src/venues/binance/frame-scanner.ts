import { textOfUtf8, utf8OfText } from '#shared/base/utf8.ts';
import type { Levels } from '#shared/domain/market-data.ts';
import type { Decoded } from '../venue.ts';
import { ByteCursor, MORE_DIGITS, REFUSED } from './byte-cursor.ts';
import { bringsSnapshots } from './json-reader.ts';
import { MAX_SCALE } from './levels.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;

const STREAM = utf8OfText('{"stream":"');
const PAYLOAD = utf8OfText(',"data":{"e":"');
const BARE = utf8OfText('{"e":"');
const BOOK_TICKER = utf8OfText('bookTicker"');
const DEPTH_UPDATE = utf8OfText('depthUpdate"');
const AGG_TRADE = utf8OfText('aggTrade"');
const TRADE = utf8OfText('trade"');
const MARKET = utf8OfText('"MARKET"');
const TRUE = utf8OfText('true');
const FALSE = utf8OfText('false');
const LEVEL = utf8OfText('["');
const BETWEEN = utf8OfText(',"');

/** Keys are one or two letters: `pu` is `p` × 256 + `u`. */
function keyOf(name: string): number {
  return name.length === 1 ? name.charCodeAt(0) : name.charCodeAt(0) * 256 + name.charCodeAt(1);
}
