import type { InstrumentId, VenueId } from './instrument.ts';

/** Short moves are told over so many minutes. */
export const MOVE_MINUTES = [5, 15, 60] as const;
export type MoveMinutes = (typeof MOVE_MINUTES)[number];

/** Every venue is read about this often while somebody looks. */
export const SCAN_EVERY_MS = 10_000;
/** Figures this old are not believed: two readings were missed, and half a third. */
export const SCAN_STALE_AFTER_MS = 25_000;

/** A fault as it crosses the boundary: `code` names the text for the person. */
export interface ToldFault {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** How far one venue's figures can be believed. */
export interface ScannedVenue {
  readonly venue: VenueId;
  /**
   * `waiting`: never read yet. `read`: the last reading was whole. `part`: some of it could not be had. `failed`: nothing
   * could. `unsupported`: the venue tells no figures of all its instruments at once. `paused`: by the person.
   */
  readonly state: 'waiting' | 'read' | 'part' | 'failed' | 'unsupported' | 'paused';
  /** When figures last came, engine wall time, ms epoch; NaN: never. */
  readonly readAt: number;
  /** Since when prices have been sampled without a break: moves over longer are not known. NaN: not yet. */
  readonly sampledSince: number;
  /** When it is tried again after a failure, engine wall time, ms epoch; NaN while all is well. */
  readonly triesAgainAt: number;
  /** Rows told that could not be read. */
  readonly unread: number;
  readonly fault?: ToldFault;
}

/**
 * Rows of whole venues: those the venue names in `ScannerView.venues` with something new. Columns of equal length; NaN: not
 * known. Shares: 0.012 = +1.2 %.
 */
export interface ScannerColumns {
  readonly instruments: readonly InstrumentId[];
  readonly last: Float64Array;
  /** Since the open of the 24 h window (Upbit, Bithumb: of the day). */
  readonly change: Float64Array;
  /** Within 24 h, in the instrument's own quote coin. */
  readonly quoteVolume: Float64Array;
  /** The same in US dollars: dollar coins count as dollars, won by the official rate, others by their own dollar price. */
  readonly usdVolume: Float64Array;
  readonly move5: Float64Array;
  readonly move15: Float64Array;
  readonly move60: Float64Array;
  readonly fundingRate: Float64Array;
  /** ms epoch. */
  readonly nextFundingTime: Float64Array;
  /** The won price above the dollar price of the same coin, official dollar; each against the most traded other side. */
  readonly premium: Float64Array;
  /** When the price came, engine wall time, ms epoch. */
  readonly receivedAt: Float64Array;
}

export interface ScannerView {
  readonly asOf: number;
  readonly venues: readonly ScannedVenue[];
  /** Venues whose rows `rows` brings, whole: what it does not bring of them is gone. */
  readonly renewed: readonly VenueId[];
  readonly rows: ScannerColumns;
}

/** Points of a sparkline: a day in half hours. */
export const SPARK_POINTS = 48;
export const SPARK_STEP_MS = 30 * 60_000;

/** What a watchlist shows besides tickers, for the instruments asked for, in their order. */
export interface RowFigures {
  readonly instruments: readonly InstrumentId[];
  /** See `ScannerColumns.premium`; only where the other side is followed anyway. */
  readonly premium: Float64Array;
  /** `SPARK_POINTS` closes each, oldest first, one row after the other; NaN where not known. Only of `sparks`. */
  readonly sparks: readonly InstrumentId[];
  readonly points: Float64Array;
}
