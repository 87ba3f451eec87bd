import { z } from 'zod';
import type { AlarmsView } from '../domain/alarm.ts';
import type { CapabilitySheet } from '../domain/capability.ts';
import type { ConnectionHealth } from '../domain/connection.ts';
import { DRILL_SCENARIOS, type DrillView } from '../domain/drill.ts';
import type { Incident, TimelineRow } from '../domain/incident.ts';
import type { Instrument, VenueId } from '../domain/instrument.ts';
import { HEAT_MEASURES, type HeatView, type MetricsView } from '../domain/metrics.ts';
import type { FxRate, PremiumView } from '../domain/premium.ts';
import type { RecordingFile, RecordingView } from '../domain/recording.ts';
import {
  type AccountRequestOutputs,
  type AccountWatchUpdates,
  accountRequestInputs,
  accountWatchInputs,
} from './account-api.ts';
import {
  type AlertRequestOutputs,
  type AlertWatchUpdates,
  alertRequestInputs,
  alertWatchInputs,
} from './alert-api.ts';
import type { BookView, CandlePage, CandleUpdate, TickerColumns, TradeColumns } from './columns.ts';
import {
  type DrawingRequestOutputs,
  type DrawingWatchUpdates,
  drawingRequestInputs,
  drawingWatchInputs,
} from './drawings-api.ts';
import { instrument, interval, streamText, venue, wallTime } from './fields.ts';
import { type LayoutRequestOutputs, layoutRequestInputs } from './layout-api.ts';
import {
  type OrderRequestOutputs,
  type OrderWatchUpdates,
  orderRequestInputs,
  orderWatchInputs,
} from './order-api.ts';
import { type ScannerWatchUpdates, scannerWatchInputs } from './scanner-api.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { type SettingsRequestOutputs, settingsRequestInputs } from './settings-api.ts';

/**
 * The whole process boundary in one file: what a window may ask (requests), what it may
 * watch (watches), and the shapes that come back. Inputs are schema-checked by the server;
 * outputs are ours and readonly. Hot updates are columns (typed arrays), everything else JSON.
 */

const nothing = z.strictObject({});
const range = { from: wallTime, to: wallTime } as const;

export const requestInputs = {
  ...accountRequestInputs,
  ...orderRequestInputs,
  ...alertRequestInputs,
  ...drawingRequestInputs,
  ...layoutRequestInputs,
  ...settingsRequestInputs,
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
  /** Closes the venue's sockets and keeps them closed, or lets them open again. Remembered. */
  'connections.pause': z.strictObject({ venue, paused: z.boolean() }),
  /** Every connection's states over a range of at most 30 days. */
  'timeline.read': z.strictObject(range),
  /** Incidents that touch the range, newest first, at most 500. */
  'incidents.list': z.strictObject(range),
  'heat.read': z.strictObject({
    ...range,
    measure: z.enum(HEAT_MEASURES),
    columns: z.number().int().min(1).max(500),
  }),
  /** One zip about an incident, or about a range. */
  'evidence.export': z.union([z.strictObject({ incident: z.string().max(80) }), z.strictObject(range)]),
  'alarms.acknowledge': z.strictObject({ id: z.string().max(120) }),
  'alarms.snooze': z.strictObject({
    id: z.string().max(120),
    forMs: z.number().int().min(0).max(86_400_000),
  }),
  /** Sends a test by every way that is switched on. */
  'alarms.test': nothing,
  /** Runs scenarios on a market and an engine of their own; what is on the desk is not touched. */
  'drill.start': z.strictObject({
    scenarios: z.array(z.enum(DRILL_SCENARIOS)).max(DRILL_SCENARIOS.length),
    /** Empty: every venue the simulator speaks. */
    venues: z.array(venue).max(20),
  }),
  'drill.cancel': nothing,
  /** Time from a batch's arrival in the window to the frame that showed it, ms. */
  'paint.report': z.strictObject({ samplesMs: z.array(z.number().min(0).max(60_000)).max(500) }),
  /** Ids of exchanges that can be added through ccxt. */
  'venues.offered': nothing,
  'venues.add': z.strictObject({ venue }),
  'venues.remove': z.strictObject({ venue }),
  /** KRW for one US dollar as typed in; `null` takes it back. */
  'fx.write': z.strictObject({ krwPerUsd: z.number().min(1).max(100_000).nullable() }),
  /** Raw frames of the connections that carry these streams, to compressed files in the data folder. */
  'recording.start': z.strictObject({ streams: z.array(streamText).min(1).max(200) }),
  'recording.stop': nothing,
  'recording.list': nothing,
  'settings.read': nothing,
  'settings.write': settingsSchema.partial(),
} as const;

export const watchInputs = {
  ...accountWatchInputs,
  ...orderWatchInputs,
  ...alertWatchInputs,
  ...scannerWatchInputs,
  ...drawingWatchInputs,
  tickers: z.strictObject({ instruments: z.array(instrument).max(1000) }),
  book: z.strictObject({ instrument, depth: z.number().int().min(1).max(100) }),
  trades: z.strictObject({ instrument }),
  candles: z.strictObject({ instrument, interval }),
  health: nothing,
  log: nothing,
  metrics: nothing,
  /** The latest incidents, newest first; again whenever one changes. */
  incidents: nothing,
  alarms: nothing,
  drill: nothing,
  premium: z.strictObject({
    coins: z.array(z.string().max(20)).max(100),
    notionalKrw: z.number().min(10_000).max(1e12),
  }),
  recording: nothing,
} as const;

export interface AppDescription {
  readonly version: string;
  /** `demo`: the embedded simulator is the source of every number. `live`: a real venue is. `replay`: a recording. */
  readonly mode: 'demo' | 'live' | 'replay';
  /** `mainnet`, `demo`, `simulator`, the base URL that was asked for, or the name of the recording. */
  readonly environment: string;
  readonly shell: 'desktop' | 'headless';
  /** Of a recording: when it was made (wall ms of the first and the last frame), and how fast it plays. */
  readonly replay?: { readonly from: number; readonly to: number; readonly speed: number };
  readonly venues: readonly {
    readonly id: VenueId;
    readonly name: string;
    readonly intervals: readonly string[];
    readonly sheet: CapabilitySheet;
    /** Reached through ccxt: can be removed again. */
    readonly isAdded: boolean;
  }[];
  /** Engine wall time, ms epoch. */
  readonly startedAt: number;
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

export interface RequestOutputs
  extends AccountRequestOutputs,
    AlertRequestOutputs,
    OrderRequestOutputs,
    LayoutRequestOutputs,
    SettingsRequestOutputs,
    DrawingRequestOutputs {
  'app.describe': AppDescription;
  'instruments.list': readonly Instrument[];
  'candles.load': CandlePage;
  'connections.reconnect': Record<string, never>;
  'connections.pause': Record<string, never>;
  'timeline.read': readonly TimelineRow[];
  'incidents.list': readonly Incident[];
  'heat.read': HeatView;
  'evidence.export': EvidenceFile;
  'alarms.acknowledge': Record<string, never>;
  'alarms.snooze': Record<string, never>;
  'alarms.test': Record<string, never>;
  'drill.start': Record<string, never>;
  'drill.cancel': Record<string, never>;
  'paint.report': Record<string, never>;
  'venues.offered': readonly string[];
  'venues.add': Record<string, never>;
  'venues.remove': Record<string, never>;
  'fx.write': FxRate;
  'recording.start': Record<string, never>;
  'recording.stop': Record<string, never>;
  'recording.list': readonly RecordingFile[];
  'settings.read': Settings;
  'settings.write': Settings;
}

/** A zip with JSON and readable HTML. */
export interface EvidenceFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Of `bytes`, lower-case hex. */
  readonly sha256: string;
}

export interface WatchUpdates
  extends AccountWatchUpdates,
    AlertWatchUpdates,
    OrderWatchUpdates,
    ScannerWatchUpdates,
    DrawingWatchUpdates {
  tickers: TickerColumns;
  book: BookView;
  trades: TradeColumns;
  candles: CandleUpdate;
  health: HealthView;
  /** Newest last; the first batch brings the recent past. */
  log: readonly LogEntry[];
  metrics: MetricsView;
  incidents: readonly Incident[];
  alarms: AlarmsView;
  drill: DrillView;
  premium: PremiumView;
  recording: RecordingView;
}

export type RequestName = keyof typeof requestInputs;
export type WatchName = keyof typeof watchInputs;
/** As a caller writes it. */
export type RequestInput<Name extends RequestName> = z.input<(typeof requestInputs)[Name]>;
export type WatchInput<Name extends WatchName> = z.input<(typeof watchInputs)[Name]>;
/** As the server gets it after the check. */
export type CheckedRequest<Name extends RequestName> = z.output<(typeof requestInputs)[Name]>;
export type CheckedWatch<Name extends WatchName> = z.output<(typeof watchInputs)[Name]>;

/** One function per request: rooms of the engine bring their own, and together they are whole. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    input: CheckedRequest<Name>,
  ) => Promise<RequestOutputs[Name]> | RequestOutputs[Name];
};

/** One function per watch, likewise. See `Api.watch`. */
export type WatchOpeners = {
  readonly [Name in WatchName]: (
    input: CheckedWatch<Name>,
    changed: () => void,
  ) => WatchSource<WatchUpdates[Name]>;
};

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
