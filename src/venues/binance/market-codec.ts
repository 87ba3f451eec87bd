import { textOfUtf8, utf8Into } from '#shared/base/utf8.ts';
import type { Decode, DecoderOptions } from '../venue.ts';
import { createFrameScanner } from './frame-scanner.ts';
import { readFrame } from './json-reader.ts';
import { createSymbolMemory, type SymbolMemory } from './symbol-memory.ts';

/** Text frames up to this long are scanned as bytes; longer ones are parsed. */
const ROOM = 256 * 1024;

/** Frames of the public and market routes → events. Never throws: see `Decode`. */
export function createDecoder(options: DecoderOptions = {}): Decode {
  const memory = createSymbolMemory(options);
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
    const event = scan(bytes, end, receivedAt);
    return event === undefined ? parse(frame, receivedAt) : [event];
  };
}

/** The same decoder without the byte scanner: what the scanner is measured and checked against. */
export function createParsingDecoder(options: DecoderOptions = {}): Decode {
  return parserOn(createSymbolMemory(options));
}

function parserOn(memory: SymbolMemory): Decode {
  return (frame, receivedAt) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      // The parser's message quotes the frame; a log line needs no more than the fact.
      return [{ kind: 'failed', reason: 'not JSON' }];
    }
    return readFrame(parsed, receivedAt, memory);
  };
}
