import { ByteCursor, REFUSED } from '#shared/base/byte-cursor.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';
import { F, L, NQ, PS, ST } from './wire-keys.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_OBJECT = 0x7d;

/** What the readers of the hot events have in common: the cursor and the fields that are the same in all. */
export interface FrameFields {
  readonly cursor: ByteCursor;
  /** The symbol standing here, quotes included. */
  symbol(): SymbolEntry | undefined;
  /** Reads over the value of a key nobody asks for: `st` must say USD-M, the others be what they always are. */
  passes(key: number): boolean;
  /** Whether the object goes on after a value; `undefined` when it is broken. */
  more(): boolean | undefined;
}

export function createFrameFields(memory: SymbolMemory): FrameFields {
  const cursor = new ByteCursor();
  return {
    cursor,
    symbol(): SymbolEntry | undefined {
      if (cursor.bytes[cursor.at] !== QUOTE) return undefined;
      const entry = memory.entryAt(cursor.bytes, cursor.at + 1, cursor.end);
      if (entry !== undefined) cursor.at += entry.bytes.length + 2;
      return entry;
    },

    passes(key: number): boolean {
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
    },

    more(): boolean | undefined {
      const byte = cursor.bytes[cursor.at++];
      return byte === COMMA ? true : byte === CLOSE_OBJECT ? false : undefined;
    },
  };
}
