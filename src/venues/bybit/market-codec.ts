import { textOfUtf8 } from '#shared/base/utf8.ts';
import type { Decode, DecoderOptions } from '../venue.ts';
import { guessFamily } from './guess-family.ts';
import { type MemoryOf, readFrame } from './json-reader.ts';
import { createSymbolMemory } from './symbol-memory.ts';
import { isFamily } from './symbols.ts';

export function createParsingDecoder(options: DecoderOptions = {}): Decode {
  return parserOn(memoriesFor(options));
}
export const createDecoder = createParsingDecoder;

function memoriesFor(options: DecoderOptions): MemoryOf {
  const { route } = options;
  if (isFamily(route)) {
    const memory = createSymbolMemory(route, options);
    return () => memory;
  }
  const memories = {
    linear: createSymbolMemory('linear', options),
    spot: createSymbolMemory('spot', options),
  };
  return (kind, frame) => memories[guessFamily(kind, frame)];
}

function parserOn(memoryOf: MemoryOf): Decode {
  return (frame, receivedAt) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      // The parser's message quotes the frame; a log line needs no more than the fact.
      return [{ kind: 'failed', reason: 'not JSON' }];
    }
    return readFrame(parsed, receivedAt, memoryOf);
  };
}
