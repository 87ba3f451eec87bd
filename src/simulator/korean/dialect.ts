import type { Candle } from '../candle.ts';
import type { Coin } from '../coins.ts';
import type { Print } from '../print.ts';
import type { DayFigures } from './day-figures.ts';

/** `LIST` formats wrap rows in an array; `SIMPLE` ones write abbreviated keys. */
export const FORMATS = ['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'] as const;
export type Format = (typeof FORMATS)[number];
export type StreamType = 'SNAPSHOT' | 'REALTIME';
/** Whole ticks and steps, best first. */
export type Levels = readonly (readonly [price: number, quantity: number])[];

/** One stream a client wants, as its request says. */
export interface Wanted {
  /** `ticker`, `trade`, `orderbook` or `candle.…`. */
  readonly type: string;
  /** Without a suffix: `KRW-BTC`. */
  readonly code: string;
  /** Book levels per frame. */
  readonly units: number;
  /** Price grouping of books, in the venue's own measure; 0: none. */
  readonly level: number;
  readonly isSnapshot: boolean;
  readonly isRealtime: boolean;
}

/** What a client's message comes to. */
export type Request =
  | { readonly kind: 'subscribe'; readonly wanted: readonly Wanted[]; readonly format: Format }
  | { readonly kind: 'list'; readonly ticket: unknown; readonly format: Format | undefined }
  | { readonly kind: 'refused'; readonly errorText: string };

/** Times inside facts carry the shift of a skewed clock already. */
export interface TradeFacts {
  readonly coin: Coin;
  readonly print: Print;
  readonly previousClose: number;
  /** When the venue sends it, and when it happened. */
  readonly at: number;
  readonly tradedAt: number;
  readonly bestBid: readonly [number, number];
  readonly bestAsk: readonly [number, number];
}

export interface TickerFacts {
  readonly coin: Coin;
  readonly last: Print;
  readonly figures: DayFigures;
  readonly at: number;
  readonly tradedAt: number;
  readonly isSuspended: boolean;
}

export interface BookFacts {
  readonly coin: Coin;
  /** Grouped and cut as wanted. */
  readonly bids: Levels;
  readonly asks: Levels;
  readonly level: number;
  /** When the book last changed, ms. */
  readonly at: number;
}

export interface CandleFacts {
  readonly coin: Coin;
  readonly type: string;
  readonly candle: Candle;
  /** Time of its last trade, ms. */
  readonly at: number;
}

/** What the two venues say differently, though they mean the same. */
export interface Dialect {
  readonly venue: string;
  /** The daily figures begin at midnight of this zone, ms ahead of UTC. */
  readonly dayOffsetMs: number;
  /** Books that changed leave on a grid this wide, ms of market time. */
  readonly bookEveryMs: number;
  /** Share of book frames that repeat the one before although the book has moved on. */
  readonly repeatedBooks: number;
  /** Share of snapshots that come after the first realtime frame. */
  readonly lateSnapshots: number;
  /** A connection's messages per second and per minute, where the venue limits them. */
  readonly messageLimits: readonly [perSecond: number, perMinute: number] | undefined;
  readonly tooManyMessages: string;
  /** Takes `text` of one message. */
  read(text: string): Request;
  /** Price grouping of a book in ticks: 0 where the level names none. */
  groupTicks(coin: Coin, level: number): number;
  trade(facts: TradeFacts, format: Format, type: StreamType): string;
  ticker(facts: TickerFacts, format: Format, type: StreamType): string;
  book(facts: BookFacts, format: Format, type: StreamType): string;
  /** `undefined` where the venue has no candle streams. */
  candle(facts: CandleFacts, format: Format, type: StreamType): string | undefined;
}

/** Builds one frame from `[key, abbreviation, JSON text]` rows; rows whose text is `undefined` are left out. */
export function frameText(
  rows: readonly (readonly [key: string, short: string, text: string | undefined])[],
  format: Format,
): string {
  const column = format === 'SIMPLE' || format === 'SIMPLE_LIST' ? 1 : 0;
  let text = '';
  for (const row of rows) {
    if (row[2] !== undefined) text += `${text === '' ? '{' : ','}"${row[column]}":${row[2]}`;
  }
  return format === 'JSON_LIST' || format === 'SIMPLE_LIST' ? `[${text}}]` : `${text}}`;
}
