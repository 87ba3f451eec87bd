import { createLevelPacker } from '#shared/base/level-packer.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { NumberCursor } from './number-cursor.ts';
import { scanBook } from './scan-book.ts';
import { DEFAULT_FORM, SIMPLE_FORM } from './scan-forms.ts';
import { scanTrade } from './scan-trade.ts';
import type { SymbolMemory } from './symbol-memory.ts';

const QUOTE = 0x22;
const CLOSE_OBJECT = 0x7d;

/** Where the quote after `{"ty` stands; in `{"type` there is a letter. */
const AFTER_TY = 4;

/** Reads one frame's bytes; `undefined` sends it to the general reader. */
export type ScanFrame = (
  bytes: Uint8Array,
  end: number,
  receivedAt: number,
) => readonly MarketEvent[] | undefined;

/**
 * Books and trades make up nearly all traffic: in either format read straight from the bytes, no `JSON.parse`, no
 * text but ids. Keys may come in any order after the type. Whatever else differs from the known form (an unknown or
 * repeated key, a space, an escape, more digits than seen so far) is not judged here: the general reader decides, and
 * agrees with this one on every frame accepted here.
 */
export function createFrameScanner(memory: SymbolMemory): ScanFrame {
  const cursor = new NumberCursor();
  const pack = createLevelPacker();
  return (bytes, end, receivedAt) => {
    // Every loop over digits ends at this brace at the latest.
    if (bytes[end - 1] !== CLOSE_OBJECT) return undefined;
    cursor.bytes = bytes;
    cursor.end = end;
    cursor.at = 0;
    const form = bytes[AFTER_TY] === QUOTE ? SIMPLE_FORM : DEFAULT_FORM;
    const found = cursor.skip(form.bookStart)
      ? scanBook(form, cursor, memory, pack, receivedAt)
      : cursor.skip(form.tradeStart)
        ? scanTrade(form, cursor, memory, receivedAt)
        : undefined;
    return cursor.at === end ? found : undefined;
  };
}
