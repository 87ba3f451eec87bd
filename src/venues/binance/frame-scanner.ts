import { textOfUtf8, utf8OfText } from '#shared/base/utf8.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { ByteCursor, REFUSED } from './byte-cursor.ts';
import { bringsSnapshots } from './json-reader.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_OBJECT = 0x7d;

const STREAM = utf8OfText('{"stream":"');
const PAYLOAD = utf8OfText(',"data":{"e":"');
const BARE = utf8OfText('{"e":"');
const BOOK_TICKER = utf8OfText('bookTicker",');
const DEPTH_UPDATE = utf8OfText('depthUpdate",');
const AGG_TRADE = utf8OfText('aggTrade",');
const TRADE = utf8OfText('trade",');
const MARKET = utf8OfText('"MARKET"');
const TRUE = utf8OfText('true');
const FALSE = utf8OfText('false');

/** Room for the levels of one side: more than a snapshot has. A longer frame goes the general way. */
const MOST_LEVELS = 4_096;

// Keys of one letter are their character code, of two the first × 256 + the second.
const E = 0x45;
const T = 0x54;
const S = 0x73;
const U = 0x55;
const LOW_U = 0x75;
const PU = 0x7075;
const B = 0x42;
const LOW_B = 0x62;
const A = 0x41;
const LOW_A = 0x61;
const P = 0x70;
const Q = 0x71;
const NQ = 0x6e71;
const F = 0x66;
const L = 0x6c;
const M = 0x6d;
const LOW_T = 0x74;
const X = 0x58;
const ST = 0x7374;
const PS = 0x7073;

/** Reads one frame's bytes; `undefined` sends it to the general reader. */
export type ScanFrame = (bytes: Uint8Array, end: number, receivedAt: number) => MarketEvent | undefined;

/**
 * The events that make up nearly all traffic, read straight from the bytes: no `JSON.parse`, no text but ids.
 * Keys may come in any order after `e`. Whatever else differs from the known form (an unknown or repeated key, a
 * space, an escape, a number written otherwise, more digits than seen so far) is not judged here: the general
 * reader decides, and agrees with this one on every frame accepted here.
 */
export function createFrameScanner(memory: SymbolMemory): ScanFrame {
  const cursor = new ByteCursor();
  const bidRoom = new Float64Array(MOST_LEVELS * 2);
  const askRoom = new Float64Array(MOST_LEVELS * 2);

  function symbol(): SymbolEntry | undefined {
    if (cursor.bytes[cursor.at] !== QUOTE) return undefined;
    const entry = memory.entryAt(cursor.bytes, cursor.at + 1, cursor.end);
    if (entry !== undefined) cursor.at += entry.bytes.length + 2;
    return entry;
  }

  /** The value of a key that is read over: `st` must say USD-M, the others need only be what they always are. */
  function passes(key: number): boolean {
    switch (key) {
      case ST:
        return cursor.count() === 1;
      case PS:
        return cursor.bytes[cursor.at++] === QUOTE && cursor.skipText();
      case NQ:
        return cursor.bytes[cursor.at++] === QUOTE && cursor.skipText();
      case F:
      case L:
        return cursor.count() !== REFUSED;
      default:
        return false;
    }
  }

  return (bytes, end, receivedAt) => {
    return undefined;
  };
}
