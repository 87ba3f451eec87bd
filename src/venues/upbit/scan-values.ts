import { type NumberCursor, REFUSED } from './number-cursor.ts';
import type { SymbolEntry, SymbolMemory } from './symbol-memory.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_OBJECT = 0x7d;
/** ms epoch of the year 2255: what is greater counts µs, or is no time, and the general reader tells which. */
const MS_UP_TO = 9e12;

/** The symbol standing here, quotes included. */
export function entryHere(cursor: NumberCursor, memory: SymbolMemory): SymbolEntry | undefined {
  if (cursor.bytes[cursor.at] !== QUOTE) return undefined;
  const entry = memory.entryAt(cursor.bytes, cursor.at + 1, cursor.end);
  if (entry !== undefined) cursor.at += entry.bytes.length + 2;
  return entry;
}

/** A time in ms. */
export function timeHere(cursor: NumberCursor): number {
  const time = cursor.scaled(0);
  return time < MS_UP_TO ? time : REFUSED;
}

/** Whether the object goes on after a value; `undefined` when it is broken. */
export function goesOn(cursor: NumberCursor): boolean | undefined {
  const byte = cursor.bytes[cursor.at++];
  return byte === COMMA ? true : byte === CLOSE_OBJECT ? false : undefined;
}
