import { z } from 'zod';
import type { ConnectionHealth } from '../domain/connection.ts';
import type { Instrument, InstrumentId, VenueId } from '../domain/instrument.ts';
import { instrumentId, venueId } from '../domain/instrument.ts';
import { INTERVALS } from '../domain/interval.ts';

/**
 * The whole process boundary in one file: what a window may ask (requests), what it may
 * watch (watches), and the shapes that come back. Inputs are schema-checked by the server;
 * outputs are ours and readonly. Hot updates are columns (typed arrays), everything else JSON.
 */

const instrument = z
  .string()
  .max(80)
  .transform((text, context): InstrumentId => {
    try {
      return instrumentId(text);
    } catch {
      context.addIssue({ code: 'custom', message: `not an instrument id: ${text}` });
      return z.NEVER;
    }
  });
const venue = z
  .string()
  .max(40)
  .transform((text, context): VenueId => {
    try {
      return venueId(text);
    } catch {
      context.addIssue({ code: 'custom', message: `not a venue id: ${text}` });
      return z.NEVER;
    }
  });
const interval = z.enum(INTERVALS);
const nothing = z.strictObject({});

/** What a person can change and Heartline remembers, kept in `settings.json` of the data folder. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['dark', 'light', 'system']),
  directionColours: z.enum(['western', 'korean', 'colour-blind', 'inverted']),
  language: z.enum(['en', 'ko', 'system']),
  watchlist: z.array(instrument).max(200),
  selected: instrument,
  interval,
});
export type Settings = z.output<typeof settingsSchema>;

export const requestInputs = {
  'app.describe': nothing,
  'instruments.list': nothing,
  /** One page of candle history, oldest first; without `before`, the latest. */
  'candles.load': z.strictObject({
    instrument,
    interval,
    /** Exclusive, ms epoch. */
    before: z.number().int().nonnegative().optional(),
    limit: z.number().int().min(1).max(1500),
  }),
  /** Drops the venue's sockets and connects again at once, whatever they were waiting for. */
  'connections.reconnect': z.strictObject({ venue }),
  'settings.read': nothing,
  'settings.write': settingsSchema.partial(),
} as const;

export const watchInputs = {
  tickers: z.strictObject({ instruments: z.array(instrument).max(1000) }),
  book: z.strictObject({ instrument, depth: z.number().int().min(1).max(100) }),
  trades: z.strictObject({ instrument }),
  candles: z.strictObject({ instrument, interval }),
  health: nothing,
  log: nothing,
} as const;

export interface AppDescription {
  readonly version: string;
  /** `demo`: the embedded simulator is the source of every number. `live`: a real venue is. */
  readonly mode: 'demo' | 'live';
  /** `mainnet`, `demo`, `simulator`, or the base URL that was asked for. */
  readonly environment: string;
  readonly shell: 'desktop' | 'headless';
  readonly venues: readonly {
    readonly id: VenueId;
    readonly name: string;
    readonly intervals: readonly string[];
  }[];
  /** Engine wall time, ms epoch. */
  readonly startedAt: number;
}

/** Candles as columns of equal length. `closed` and `backfilled` are 0 or 1. */
export interface CandleColumns {
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly closed: Uint8Array;
  /** 1: missed live and repaired over REST afterwards; 0: seen live, or loaded as history. */
  readonly backfilled: Uint8Array;
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

/** Sent at least once a second: its age tells a frozen engine. */
export interface HealthView {
  /** Engine wall time, ms epoch. */
  readonly asOf: number;
  readonly engine: { readonly memoryMb: number; readonly eventLoopDelayMs: number };
  readonly connections: readonly ConnectionHealth[];
  /** Venue clock minus ours, ms, where measured. */
  readonly clockOffsetMs: Readonly<Record<string, number>>;
}

export interface LogEntry {
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  /** Names the text for the person. */
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;
  /** The text for the log. */
  readonly message: string;
}

export interface RequestOutputs {
  'app.describe': AppDescription;
  'instruments.list': readonly Instrument[];
  'candles.load': CandlePage;
  'connections.reconnect': Record<string, never>;
  'settings.read': Settings;
  'settings.write': Settings;
}

export interface WatchUpdates {
  tickers: TickerColumns;
  book: BookView;
  trades: TradeColumns;
  candles: CandleUpdate;
  health: HealthView;
  /** Newest last; the first batch brings the recent past. */
  log: readonly LogEntry[];
}

export type RequestName = keyof typeof requestInputs;
export type WatchName = keyof typeof watchInputs;
/** As a caller writes it. */
export type RequestInput<Name extends RequestName> = z.input<(typeof requestInputs)[Name]>;
export type WatchInput<Name extends WatchName> = z.input<(typeof watchInputs)[Name]>;
/** As the server gets it after the check. */
export type CheckedRequest<Name extends RequestName> = z.output<(typeof requestInputs)[Name]>;
export type CheckedWatch<Name extends WatchName> = z.output<(typeof watchInputs)[Name]>;

/** What the engine gives the contract server. */
export interface Api {
  request<Name extends RequestName>(name: Name, input: CheckedRequest<Name>): Promise<RequestOutputs[Name]>;
  /**
   * Opens a source. `changed` may be called any time there is something new to take.
   * Throws `HeartlineError` when the input names something that does not exist.
   */
  watch<Name extends WatchName>(
    name: Name,
    input: CheckedWatch<Name>,
    changed: () => void,
  ): WatchSource<WatchUpdates[Name]>;
}

export interface WatchSource<Update> {
  /** What is new since the last `take`; `undefined` when nothing is. State sources give the latest, event sources what piled up. */
  take(): Update | undefined;
  dispose(): void;
}
