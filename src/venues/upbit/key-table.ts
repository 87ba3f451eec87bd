import { utf8OfText } from '#shared/base/utf8.ts';

const QUOTE = 0x22;

/** The keys a scanner knows, found from the bytes without making a text. */
export interface KeyTable {
  /** The key whose opening quote stands at `at`. */
  find(bytes: Uint8Array, at: number): KnownKey | undefined;
}

export interface KnownKey {
  readonly code: number;
  /** From the opening quote to the value. */
  readonly length: number;
}

/** Codes are whole numbers from 1 on; keys are plain letters. */
export function createKeyTable(codes: readonly (readonly [name: string, code: number])[]): KeyTable {
  const known = new Map(codes.map(([name, code]) => [hashOf(name), keyOf(name, code)]));
  return {
    find(bytes, at) {
      if (bytes[at] !== QUOTE) return undefined;
      const start = at + 1;
      let hash = 0;
      let next = start;
      for (let byte = bytes[next]; byte !== QUOTE && byte !== undefined; byte = bytes[++next]) {
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      const key = known.get(hash);
      if (key === undefined) return undefined;
      // Other letters may have the same hash.
      for (let index = 0; index < key.bytes.length; index++) {
        if (bytes[start + index] !== key.bytes[index]) return undefined;
      }
      return key;
    },
  };
}

function keyOf(name: string, code: number) {
  const bytes = utf8OfText(`${name}":`);
  return { code, bytes, length: bytes.length + 1 };
}

function hashOf(name: string): number {
  return utf8OfText(name).reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 0);
}
