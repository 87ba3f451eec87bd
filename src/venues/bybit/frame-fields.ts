import { ByteCursor, REFUSED } from '#shared/base/byte-cursor.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSE_OBJECT = 0x7d;
const LONGEST_KEY = 4;

/** A cursor on a frame and the ways of walking through its objects. */
export interface FrameFields {
  readonly cursor: ByteCursor;
  /** Moves over a key of one to four letters and its colon: see `packedKey`. Refuses longer ones. */
  key(): number;
  /** Whether the object goes on after a value; `undefined` when it is broken. */
  more(): boolean | undefined;
  /** Moves over `name` in quotes. */
  passes(name: Uint8Array): boolean;
}

export function createFrameFields(): FrameFields {
  const cursor = new ByteCursor();
  return {
    cursor,
    key(): number {
      const { bytes } = cursor;
      let at = cursor.at;
      if (bytes[at++] !== QUOTE) return REFUSED;
      let packed = 0;
      const most = at + LONGEST_KEY;
      while (bytes[at] !== QUOTE) {
        if (at === most) return REFUSED;
        packed = (packed << 8) | (bytes[at++] as number);
      }
      if (bytes[at + 1] !== COLON) return REFUSED;
      cursor.at = at + 2;
      return packed;
    },

    more(): boolean | undefined {
      const byte = cursor.bytes[cursor.at++];
      return byte === COMMA ? true : byte === CLOSE_OBJECT ? false : undefined;
    },

    passes(name: Uint8Array): boolean {
      const { bytes, at } = cursor;
      if (bytes[at] !== QUOTE) return false;
      for (let index = 0; index < name.length; index++) {
        if (bytes[at + 1 + index] !== name[index]) return false;
      }
      if (bytes[at + 1 + name.length] !== QUOTE) return false;
      cursor.at = at + 2 + name.length;
      return true;
    },
  };
}
