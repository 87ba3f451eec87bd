import { utf8OfText } from '#shared/base/utf8.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { createFrameFields } from './frame-fields.ts';
import { createDepthScanner } from './scan-depth.ts';
import { scanTop } from './scan-top.ts';
import { scanTrade } from './scan-trade.ts';
import type { SymbolMemory } from './symbol-memory.ts';
import { LOW_A, LOW_B, LOW_D, LOW_T } from './wire-keys.ts';

const QUOTE = 0x22;
const AT = 0x40;
const ZERO = 0x30;
const NINE = 0x39;
const CLOSE_OBJECT = 0x7d;

const STREAM = utf8OfText('{"stream":"');
const PAYLOAD = utf8OfText(',"data":{"e":"');
const BARE = utf8OfText('{"e":"');
const BOOK_TICKER = utf8OfText('bookTicker",');
const DEPTH_UPDATE = utf8OfText('depthUpdate",');
const AGG_TRADE = utf8OfText('aggTrade",');
const TRADE = utf8OfText('trade",');
const DEPTH = utf8OfText('@depth');

/** Reads one frame's bytes; `undefined` sends it to the general reader. */
export type ScanFrame = (bytes: Uint8Array, end: number, receivedAt: number) => MarketEvent | undefined;

/**
 * The events that make up nearly all traffic, read straight from the bytes: no `JSON.parse`, no text but ids.
 * Keys may come in any order after `e`. Whatever else differs from the known form (an unknown or repeated key, a
 * space, an escape, a number written otherwise, more digits than seen so far) is not judged here: the general
 * reader decides, and agrees with this one on every frame accepted here.
 */
export function createFrameScanner(memory: SymbolMemory): ScanFrame {
  const fields = createFrameFields(memory);
  const { cursor } = fields;
  const scanDepth = createDepthScanner();

  function event(streamAt: number, receivedAt: number): MarketEvent | undefined {
    switch (cursor.bytes[cursor.at]) {
      case LOW_B:
        return cursor.skip(BOOK_TICKER) ? scanTop(fields, receivedAt) : undefined;
      case LOW_D:
        return !namesSnapshots(cursor.bytes, streamAt) && cursor.skip(DEPTH_UPDATE)
          ? scanDepth(fields, receivedAt)
          : undefined;
      case LOW_A:
        return cursor.skip(AGG_TRADE) ? scanTrade(fields, LOW_A, receivedAt) : undefined;
      case LOW_T:
        return cursor.skip(TRADE) ? scanTrade(fields, LOW_T, receivedAt) : undefined;
      default:
        return undefined;
    }
  }

  return (bytes, end, receivedAt) => {
    // Every loop over digits ends at this brace at the latest.
    if (bytes[end - 1] !== CLOSE_OBJECT) return undefined;
    cursor.bytes = bytes;
    cursor.end = end;
    cursor.at = 0;
    const isWrapped = cursor.skip(STREAM);
    const streamAt = isWrapped ? cursor.at : -1;
    if (isWrapped ? !(cursor.skipText() && cursor.skip(PAYLOAD)) : !cursor.skip(BARE)) return undefined;
    const found = event(streamAt, receivedAt);
    const rest = isWrapped ? 1 : 0;
    return cursor.at === end - rest ? found : undefined;
  };
}

/** Whether the stream is `…@depth5`, `…@depth20@100ms`: whole tops, not changes. −1 stands for a bare frame. */
function namesSnapshots(bytes: Uint8Array, streamAt: number): boolean {
  if (streamAt < 0) return false;
  let at = streamAt;
  while (bytes[at] !== AT && bytes[at] !== QUOTE) at++;
  for (const letter of DEPTH) if (bytes[at++] !== letter) return false;
  const next = bytes[at] as number;
  return next >= ZERO && next <= NINE;
}
