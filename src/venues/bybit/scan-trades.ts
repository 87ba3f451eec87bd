import { REFUSED } from '#shared/base/byte-cursor.ts';
import { textOfUtf8, utf8OfText } from '#shared/base/utf8.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import type { FrameFields } from './frame-fields.ts';
import type { SymbolEntry } from './symbol-memory.ts';
import { BLOCK, LOW_I, LOW_P, LOW_S, LOW_V, RPI, S, SEQ, T, TICK } from './wire-keys.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const BUY = utf8OfText('"Buy"');
const SELL = utf8OfText('"Sell"');
const TRUE = utf8OfText('true');
const FALSE = utf8OfText('false');
/** T, s, S, v, p, i: what a trade is made of. The others came later or come only in linear. */
const NEEDED = 0b111111;

/** Reads the `data` of a `publicTrade` frame; kept inside until the frame around it is known to be whole. */
export interface TradeScan {
  /** Moves over the list. False: not the known form. */
  read(entry: SymbolEntry): boolean;
  events(entry: SymbolEntry, receivedAt: number): readonly TradeEvent[];
}

/** A trade without what all of a frame have in common. */
type Row = Pick<TradeEvent, 'venueTime' | 'id' | 'price' | 'quantity' | 'side'> & {
  readonly isBlock: boolean;
};

export function createTradeScan(fields: FrameFields): TradeScan {
  const { cursor } = fields;
  let rows: Row[] = [];

  /** `true` or `false`; `undefined`: neither. */
  function flag(): boolean | undefined {
    return cursor.skip(TRUE) ? true : cursor.skip(FALSE) ? false : undefined;
  }

  /** A text of plain letters and digits. Empty: not the known form. */
  function plainText(): string {
    const { bytes, end } = cursor;
    if (bytes[cursor.at] !== QUOTE) return '';
    const from = cursor.at + 1;
    let at = from;
    for (; at < end && bytes[at] !== QUOTE; at++) {
      const byte = bytes[at] as number;
      if (byte === BACKSLASH || byte < 0x20 || byte >= 0x80) return '';
    }
    cursor.at = at + 1;
    return textOfUtf8(bytes.subarray(from, at));
  }

  function row(entry: SymbolEntry): Row | undefined {
    if (cursor.bytes[cursor.at++] !== OPEN_OBJECT) return undefined;
    let venueTime = 0;
    let id = '';
    let price = 0;
    let quantity = 0;
    let side: 'buy' | 'sell' = 'buy';
    let isBlock = false;
    let seen = 0;
    for (;;) {
      let field = 0;
      let value = 0;
      switch (fields.key()) {
        case T:
          field = 1;
          value = venueTime = cursor.count();
          break;
        case LOW_S:
          field = 2;
          if (!fields.passes(entry.bytes)) return undefined;
          break;
        case S:
          field = 4;
          side = cursor.skip(BUY) ? 'buy' : 'sell';
          if (side === 'sell' && !cursor.skip(SELL)) return undefined;
          break;
        case LOW_V:
          field = 8;
          value = quantity = cursor.decimal();
          break;
        case LOW_P:
          field = 16;
          value = price = cursor.decimal();
          break;
        case LOW_I:
          field = 32;
          id = plainText();
          if (id === '') return undefined;
          break;
        case BLOCK: {
          field = 64;
          const isFlagged = flag();
          if (isFlagged === undefined) return undefined;
          isBlock = isFlagged;
          break;
        }
        case RPI:
          field = 128;
          if (flag() === undefined) return undefined;
          break;
        case SEQ:
          field = 256;
          value = cursor.count();
          break;
        case TICK:
          field = 512;
          if (cursor.bytes[cursor.at++] !== QUOTE || !cursor.skipText()) return undefined;
          break;
        default:
          return undefined;
      }
      if (value === REFUSED || (seen & field) !== 0) return undefined;
      seen |= field;
      const goesOn = fields.more();
      if (goesOn === undefined) return undefined;
      if (!goesOn) break;
    }
    if ((seen & NEEDED) !== NEEDED || price === 0 || quantity === 0) return undefined;
    return { venueTime, id, price, quantity, side, isBlock };
  }

  return {
    read(entry) {
      rows = [];
      if (cursor.bytes[cursor.at++] !== OPEN_LIST) return false;
      for (;;) {
        const trade = row(entry);
        if (trade === undefined) return false;
        rows.push(trade);
        const byte = cursor.bytes[cursor.at++];
        if (byte === CLOSE_LIST) return true;
        if (byte !== COMMA) return false;
      }
    },

    events: ({ instrument }, receivedAt) =>
      rows.map(({ venueTime, id, price, quantity, side, isBlock }) => {
        const trade = {
          kind: 'trade',
          instrument,
          venueTime,
          receivedAt,
          id,
          price,
          quantity,
          side,
        } as const;
        return isBlock ? { ...trade, offBook: true } : trade;
      }),
  };
}
