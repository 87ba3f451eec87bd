import { textOfUtf8 } from '#shared/base/utf8.ts';
import type { Decode, DecoderOptions } from '../venue.ts';
import { readFrame } from './json-reader.ts';
import { createSymbolMemory } from './symbol-memory.ts';

/** Frames of the public and market routes → events. Never throws: see `Decode`. */
export function createDecoder(options: DecoderOptions = {}): Decode {
  const memory = createSymbolMemory(options);
  return (frame, receivedAt) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      // The engine's message quotes the frame; a log line needs no more than the fact.
      return [{ kind: 'failed', reason: 'not JSON' }];
    }
    return readFrame(parsed, receivedAt, memory);
  };
}
