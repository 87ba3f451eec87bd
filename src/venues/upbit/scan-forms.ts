import { utf8OfText } from '#shared/base/utf8.ts';
import { createKeyTable, type KeyTable } from './key-table.ts';
import { DEFAULT_KEYS, SIMPLE_KEYS, type WireKeys } from './wire-keys.ts';

/** What a key means to the scanner. A bit each for what a frame must have, once; the others are read over. */
export const CODE = 1;
export const TIME = 2;
export const UNITS = 4;
export const PRICE = 8;
export const QUANTITY = 16;
export const SIDE = 32;
export const ID = 64;
export const LEVEL = 256;
export const SOME_NUMBER = 512;
export const SOME_TEXT = 1_024;

/** How one format of the wire spells the two hot events. */
export interface ScanForm {
  /** How a frame begins. */
  readonly bookStart: Uint8Array;
  readonly tradeStart: Uint8Array;
  readonly bookKeys: KeyTable;
  readonly tradeKeys: KeyTable;
  /** What stands before the numbers of a unit. */
  readonly askPrice: Uint8Array;
  readonly bidPrice: Uint8Array;
  readonly askQuantity: Uint8Array;
  readonly bidQuantity: Uint8Array;
}

export const SIMPLE_FORM = formOf('ty', SIMPLE_KEYS, {
  numbers: ['tas', 'tbs', 'pcp', 'cp', 'bap', 'bas', 'bbp', 'bbs'],
  texts: ['st', 'td', 'ttm', 'c'],
});

export const DEFAULT_FORM = formOf('type', DEFAULT_KEYS, {
  numbers: [
    'total_ask_size',
    'total_bid_size',
    'prev_closing_price',
    'change_price',
    'best_ask_price',
    'best_ask_size',
    'best_bid_price',
    'best_bid_size',
  ],
  texts: ['stream_type', 'trade_date', 'trade_time', 'change'],
});

function formOf(
  type: string,
  keys: WireKeys,
  others: { readonly numbers: readonly string[]; readonly texts: readonly string[] },
): ScanForm {
  const readOver = [
    ...others.numbers.map((name) => [name, SOME_NUMBER] as const),
    ...others.texts.map((name) => [name, SOME_TEXT] as const),
  ];
  return {
    bookStart: utf8OfText(`{"${type}":"orderbook",`),
    tradeStart: utf8OfText(`{"${type}":"trade",`),
    bookKeys: createKeyTable([
      [keys.code, CODE],
      [keys.timestamp, TIME],
      [keys.units, UNITS],
      [keys.level, LEVEL],
      ...readOver,
    ]),
    tradeKeys: createKeyTable([
      [keys.code, CODE],
      [keys.tradeTime, TIME],
      [keys.price, PRICE],
      [keys.quantity, QUANTITY],
      [keys.side, SIDE],
      [keys.id, ID],
      [keys.timestamp, SOME_NUMBER],
      ...readOver,
    ]),
    askPrice: utf8OfText(`{"${keys.askPrice}":`),
    bidPrice: utf8OfText(`,"${keys.bidPrice}":`),
    askQuantity: utf8OfText(`,"${keys.askQuantity}":`),
    bidQuantity: utf8OfText(`,"${keys.bidQuantity}":`),
  };
}
