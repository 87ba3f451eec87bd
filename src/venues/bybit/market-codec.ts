import { textOfUtf8, utf8Into } from '#shared/base/utf8.ts';
import type { Decode, DecoderOptions } from '../venue.ts';
import { createFrameScanner } from './frame-scanner.ts';
import { guessFamily } from './guess-family.ts';
import { type MemoryOf, readFrame } from './json-reader.ts';
import { createSymbolMemory } from './symbol-memory.ts';
import { isFamily } from './symbols.ts';

/** Text frames up to this long are scanned as bytes; longer ones are parsed. */
const ROOM = 256 * 1024;

/**
 * Frames of one route → events. Never throws: see `Decode`. Without a route (a recording that does not say) each frame
 * is parsed, and tells by its looks where it came from.
 */
export function createDecoder(options: DecoderOptions = {}): Decode {
  if (!isFamily(options.route)) return createParsingDecoder(options);
  const memory = createSymbolMemory(options.route, options);
  const scan = createFrameScanner(memory);
  const parse = parserOn(() => memory);
  let room: Uint8Array | undefined;
  return (frame, receivedAt) => {
    let bytes: Uint8Array;
    let end: number;
    if (typeof frame !== 'string') {
      bytes = frame;
      end = frame.length;
    } else if (frame.length * 3 <= ROOM) {
      room ??= new Uint8Array(ROOM);
      bytes = room;
      end = utf8Into(frame, room);
    } else {
      return parse(frame, receivedAt);
    }
    return scan(bytes, end, receivedAt) ?? parse(frame, receivedAt);
  };
}

/** The same decoder without the byte scanner: what the scanner is measured and checked against. */
export function createParsingDecoder(options: DecoderOptions = {}): Decode {
  const { route } = options;
  if (isFamily(route)) {
    const memory = createSymbolMemory(route, options);
    return parserOn(() => memory);
  }
  const memories = {
    linear: createSymbolMemory('linear', options),
    spot: createSymbolMemory('spot', options),
  };
  return parserOn((kind, frame) => memories[guessFamily(kind, frame)]);
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
