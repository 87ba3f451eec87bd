import { textOfUtf8 } from './utf8.ts';

/** Something remembered by a name that stands in frames as these bytes. */
export interface Named {
  readonly bytes: Uint8Array;
}

export interface NameMemory<Entry extends Named> {
  /** `undefined` for a name that nothing is made for. */
  entryOf(name: string): Entry | undefined;
  /**
   * The name whose first byte stands at `from` and that ends before a quote. No text is made for a name seen
   * before. `undefined` also where the bytes need a closer look: escapes, broken UTF-8.
   */
  entryAt(bytes: Uint8Array, from: number, end: number): Entry | undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Remembers what `make` made of each name, `most` at a time: garbage names must not grow it for ever. */
export function createNameMemory<Entry extends Named>(
  make: (name: string) => Entry | undefined,
  most: number,
): NameMemory<Entry> {
  const entries = new Map<string, Entry>();
  const byHash = new Map<number, Entry>();
  let last: Entry | undefined;

  function entryOf(name: string): Entry | undefined {
    const known = entries.get(name);
    if (known) return known;
    const entry = make(name);
    if (entry === undefined) return undefined;
    if (entries.size >= most) {
      entries.clear();
      byHash.clear();
      last = undefined;
    }
    entries.set(name, entry);
    return entry;
  }

  return {
    entryOf,
    entryAt(bytes, from, end) {
      if (last !== undefined && standsAt(last.bytes, bytes, from)) return last;
      let hash = 0;
      let at = from;
      for (; at < end && bytes[at] !== QUOTE; at++) {
        const byte = bytes[at] as number;
        if (byte === BACKSLASH || byte < 0x20) return undefined;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      let entry = byHash.get(hash);
      if (entry === undefined || !standsAt(entry.bytes, bytes, from)) {
        entry = entryOf(textOfUtf8(bytes.subarray(from, at)));
        if (entry === undefined || !standsAt(entry.bytes, bytes, from)) return undefined;
        byHash.set(hash, entry);
      }
      last = entry;
      return entry;
    },
  };
}

/** Whether `name` and a quote stand at `from`. */
function standsAt(name: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let index = 0; index < name.length; index++) {
    if (bytes[from + index] !== name[index]) return false;
  }
  return bytes[from + name.length] === QUOTE;
}
