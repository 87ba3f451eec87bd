import type { InstrumentId } from './instrument.ts';
import type { Interval } from './interval.ts';

/** Times: ms since the epoch. `venueTime` is the venue's clock, `receivedAt` ours, taken when the frame arrived. */
interface Received {
  readonly instrument: InstrumentId;
  readonly venueTime: number;
  readonly receivedAt: number;
}

/** A public trade. `side` is the aggressor. `price` in quote, `quantity` in base. */
export interface TradeEvent extends Received {
  readonly kind: 'trade';
  /** The venue's id as text: some venues count beyond 2^53. */
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell';
  /** Printed outside the book (insurance fund, auto-deleveraging): never a last price, never in a candle. */
  readonly offBook?: true;
}

/** Rolling 24 h statistics. */
export interface TickerEvent extends Received {
  readonly kind: 'ticker';
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** Base volume of the window. */
  readonly volume: number;
  /** Quote volume of the window. */
  readonly quoteVolume: number;
  /** The venue says here that trading of the instrument is suspended or ended. */
  readonly halted?: true;
}

/** Best bid and ask. */
export interface TopEvent extends Received {
  readonly kind: 'top';
  readonly updateId: number;
  readonly bidPrice: number;
  readonly bidQuantity: number;
  readonly askPrice: number;
  readonly askQuantity: number;
}

export interface MarkEvent extends Received {
  readonly kind: 'mark';
  readonly markPrice: number;
  readonly indexPrice: number;
  /** Per funding period, 0.0001 = 0.01 %; `undefined` where the instrument has none. */
  readonly fundingRate?: number;
  readonly nextFundingTime?: number;
}

/** One candle. `openTime` ms epoch, prices in quote, `volume` in base. */
export interface Candle {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** True once the venue (or the clock, where the venue has no flag) has ended it. */
  readonly closed: boolean;
}

/**
 * Where a candle came from, in the order of the contract's column.
 * history: told by the venue when asked · live: watched on the venue's stream · built: made here, of trades, of shorter
 * candles, or of silence · backfilled: missed live and asked for afterwards · verified: live or built, and the venue's
 * own answer is the same · corrected: shown closed, and changed since.
 */
export const PROVENANCES = ['history', 'live', 'built', 'backfilled', 'verified', 'corrected'] as const;
export type Provenance = (typeof PROVENANCES)[number];

export interface ProvenCandle extends Candle {
  readonly provenance: Provenance;
}

export interface CandleEvent extends Received {
  readonly kind: 'candle';
  readonly interval: Interval;
  readonly candle: Candle;
}

/**
 * Book levels as one flat array of pairs: price, quantity, price, quantity, …
 * Both are exact integers: decimal text times 10^scale. Events may share one buffer: copy before transferring it.
 */
export type Levels = Float64Array;

interface BookScales {
  readonly priceScale: number;
  readonly quantityScale: number;
}

/** A change to a book. Quantities are absolute; 0 removes the level. */
export interface BookDeltaEvent extends Received, BookScales {
  readonly kind: 'book-delta';
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  /** The `lastUpdateId` of the delta before this one, where the venue chains them. */
  readonly previousUpdateId?: number;
  readonly bids: Levels;
  readonly asks: Levels;
}

/** A whole book. Bids from the best down, asks from the best up. */
export interface BookSnapshotEvent extends Received, BookScales {
  readonly kind: 'book-snapshot';
  readonly lastUpdateId: number;
  readonly bids: Levels;
  readonly asks: Levels;
}

export type MarketEvent =
  | TradeEvent
  | TickerEvent
  | TopEvent
  | MarkEvent
  | CandleEvent
  | BookDeltaEvent
  | BookSnapshotEvent;
