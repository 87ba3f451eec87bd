import { parseExactJson } from '#shared/base/exact-json.ts';
import { textOfUtf8 } from '#shared/base/utf8.ts';
import type { Decode } from '../venue.ts';
import { readFrame } from './json-reader.ts';
import { createSymbolMemory } from './symbol-memory.ts';

/**
 * Frames of the public socket → events. Never throws: see `Decode`. A liquid market sends ten frames a second: parsed
 * whole, without a byte scanner, fifty of them cost a few thousandths of a core.
 */
export function createDecoder(): Decode {
  const memory = createSymbolMemory();
  return (frame, receivedAt) => {
    let parsed: unknown;
    try {
      parsed = parseExactJson(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      // The parser's message quotes the frame; a log line needs no more than the fact.
      return [{ kind: 'failed', reason: 'not JSON' }];
    }
    return readFrame(parsed, receivedAt, memory);
  };
}
