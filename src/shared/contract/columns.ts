import type { InstrumentId } from '../domain/instrument.ts';

/** Candles as columns of equal length. `closed` is 0 or 1. */
export interface CandleColumns {
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly closed: Uint8Array;
  /** Index into `PROVENANCES` (domain/market-data). */
  readonly provenance: Uint8Array;
}

export interface CandlePage {
  readonly candles: CandleColumns;
  /** False when the venue has nothing older. */
  readonly hasOlder: boolean;
}

/** Rows for the instruments asked for, only those that changed. NaN: not known (yet): show an em dash, never an old number. */
export interface TickerColumns {
  readonly instruments: readonly InstrumentId[];
  readonly last: Float64Array;
  readonly open24h: Float64Array;
  readonly high24h: Float64Array;
  readonly low24h: Float64Array;
  readonly quoteVolume24h: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly mark: Float64Array;
  readonly index: Float64Array;
  readonly fundingRate: Float64Array;
  /** ms epoch; NaN where unknown. */
  readonly nextFundingTime: Float64Array;
  /**
   * When each figure last arrived, engine wall time, ms epoch: one stream of a row may be dead while another
   * lives, so a price must never borrow the age of its neighbour.
   */
  readonly lastReceivedAt: Float64Array;
  readonly dayReceivedAt: Float64Array;
  readonly topReceivedAt: Float64Array;
  readonly markReceivedAt: Float64Array;
}

/** The latest book. `invalid`: a gap or a dead stream; levels must not be shown as live. */
export interface BookView {
  readonly instrument: InstrumentId;
  readonly state: 'syncing' | 'live' | 'invalid';
  readonly priceScale: number;
  readonly quantityScale: number;
  /** Pairs price, quantity as exact integers at the scales; best first. */
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  readonly updateId: number;
  readonly venueTime: number;
  readonly receivedAt: number;
}

/** Trades since the last batch, oldest first. */
export interface TradeColumns {
  /**
   * These trades are the whole recent tape and replace what the window holds: in the first batch, and
   * again after the past was repaired (a break in the stream filled in over REST).
   */
  readonly restart: boolean;
  readonly ids: readonly string[];
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** 1 the aggressor bought, 0 sold. */
  readonly buy: Uint8Array;
  readonly venueTime: Float64Array;
  readonly receivedAt: Float64Array;
  /** How many were left out since the last batch because the window was too slow. */
  readonly dropped: number;
}

/** Candles that changed since the last batch, each at its latest state. A change may concern the past (a repair). */
export interface CandleUpdate {
  readonly candles: CandleColumns;
  readonly receivedAt: number;
  /** Open times known to be missing between the first and the last candle held: draw them as holes. */
  readonly holes: Float64Array;
}
