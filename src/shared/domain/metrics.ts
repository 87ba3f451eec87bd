import type { ErrorClass } from './error-class.ts';
import type { VenueId } from './instrument.ts';

/** Milliseconds; NaN where nothing was measured in the window (the last minute). */
export interface LatencyFigures {
  readonly p50: number;
  readonly p99: number;
  readonly count: number;
}

/** One stream over the last minute, unless a name says otherwise. */
export interface StreamMetrics {
  /** `streamKeyText` of the stream. */
  readonly stream: string;
  /** `binance/public`. */
  readonly connection: string;
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  /** Venue time to arrival, corrected by the measured clock offset. */
  readonly venueToReceive: LatencyFigures;
  /** Arrival to the batch that left for a window. */
  readonly receiveToPublish: LatencyFigures;
  /** Since the last data frame; NaN before the first. */
  readonly silenceMs: number;
  /** Since the engine started. */
  readonly gaps: number;
  readonly resyncs: number;
  /** 0 dead … 1 healthy. */
  readonly score: number;
}

/** Counts since the engine started. */
export interface ConnectionMetrics {
  readonly id: string;
  readonly venue: VenueId;
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  readonly roundTripMs: number;
  readonly reconnects: number;
  /** Failed attempts since it last delivered. */
  readonly attempts: number;
  /** Share of the time since it was first wanted in which it delivered, 0…1. */
  readonly uptime: number;
  readonly errors: Readonly<Partial<Record<ErrorClass, number>>>;
  readonly failedFrames: number;
  readonly score: number;
}

/** How much of one budget is used. What `used` counts is the venue's own unit (weight, requests, frames). */
export interface BudgetGauge {
  readonly venue: VenueId;
  /** The scope's id, `weight`, `ip`, `candle`, `socket`, … */
  readonly scope: string;
  readonly used: number;
  readonly capacity: number;
  readonly windowMs: number;
  /** Part of `capacity` only cancels and reconciliation may use. */
  readonly reserve: number;
  /** 1: the whole budget; 0.7 after trouble, 0.49 after more. */
  readonly factor: number;
  readonly state: 'normal' | 'reduced' | 'silent';
  /** Wall time the reduction or the silence ends, ms epoch. */
  readonly until?: number;
}

/** Sent once a second. */
export interface MetricsView {
  /** Engine wall time, ms epoch. */
  readonly asOf: number;
  readonly streams: readonly StreamMetrics[];
  readonly connections: readonly ConnectionMetrics[];
  readonly budgets: readonly BudgetGauge[];
  /** REST calls that failed, by venue and class, since the engine started. */
  readonly restErrors: Readonly<Record<string, Readonly<Partial<Record<ErrorClass, number>>>>>;
  readonly engine: {
    /** Of the whole process. */
    readonly memoryMb: number;
    /** What the engine itself holds: its heap and buffers, without the runtime and without a simulator beside it. */
    readonly ownMemoryMb: number;
    readonly eventLoopDelayMs: number;
  };
  /** A batch's leaving to the frame it was painted in, as the windows report it. */
  readonly publishToPaint: LatencyFigures;
}

export const HEAT_MEASURES = ['latency', 'silence', 'rate'] as const;
export type HeatMeasure = (typeof HEAT_MEASURES)[number];

/** Streams × time. Row after row: `values[row * columns + column]`; NaN: not known there. */
export interface HeatView {
  readonly measure: HeatMeasure;
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly streams: readonly { readonly stream: string; readonly connection: string }[];
  /** latency: p99 ms · silence: longest ms · rate: frames per second. */
  readonly values: Float64Array;
  /** For `latency`, the p50 beside each p99. */
  readonly medians?: Float64Array;
}
