import { parseExactJson } from '#shared/base/exact-json.ts';
import { textOfUtf8, utf8Into } from '#shared/base/utf8.ts';
import type { Decode } from '../venue.ts';
import { createFrameScanner } from './frame-scanner.ts';
import { readFrame } from './json-reader.ts';
import { createSymbolMemory, type SymbolMemory } from './symbol-memory.ts';

/** Text frames up to this long are scanned as bytes; longer ones are parsed. */
const ROOM = 256 * 1024;

/** Frames of the public socket → events. Never throws: see `Decode`. */
export function createDecoder(): Decode {
  const memory = createSymbolMemory();
  const scan = createFrameScanner(memory);
  const parse = parserOn(memory);
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
export function createParsingDecoder(): Decode {
  return parserOn(createSymbolMemory());
}

function parserOn(memory: SymbolMemory): Decode {
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
