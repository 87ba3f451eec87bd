import type { Clock } from '#shared/base/clock.ts';
import type { Cause, ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import type { FeedFact } from '#shared/domain/incident.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { DecoderOptions, Endpoints, Venue } from '#venues/venue.ts';
import type { StreamMeter } from '../health/stream-meter.ts';
import type { ConnectionGate } from '../net/connection-gate.ts';
import type { SendPace } from '../net/send-pace.ts';
import type { OpenSocket } from '../net/socket.ts';
import type { Tuning } from '../tuning.ts';
import type { FrameCircuit } from './frame-circuit.ts';
import type { MarketTempo } from './market-tempo.ts';

export interface SessionOptions {
  /** `binance/public`. */
  readonly id: string;
  readonly venue: Venue;
  readonly endpoints: Endpoints;
  readonly route: string;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly decoderOptions: DecoderOptions;
  /** What all sessions of a venue share; a session alone has its own. */
  readonly gate?: ConnectionGate;
  readonly pace?: Pick<SendPace, 'factor' | 'join'>;
  readonly tempo?: MarketTempo;
  readonly circuit?: Pick<FrameCircuit, 'isClosed' | 'failed' | 'passed'>;
  /** Absent: the defaults. */
  readonly tuning?: Tuning | undefined;
  /** Longest silence of data that is believed; absent: the venue's own. */
  readonly staleAfterMs?: () => number;
  readonly meterOf?: (stream: StreamKey, connection: string) => StreamMeter;
  readonly onEvent: (event: MarketEvent) => void;
  /** Venue clock minus ours, ms; `undefined` while not measured. */
  readonly clockOffset?: () => number | undefined;
  /** Data comes from the future, or all of it late: the clocks should be compared anew. */
  readonly onClockDoubt?: () => void;
  /** The streams of this session have to be taken as interrupted from here on. */
  readonly onInterrupted: (streams: readonly StreamKey[]) => void;
  /** `lastDataAt`: wall time of the last data frame, if any ever came. */
  readonly onState: (state: ConnectionState, lastDataAt: number | undefined) => void;
  readonly onFact?: (fact: FeedFact) => void;
  readonly onTrouble: (
    code: 'subscription.trouble' | 'venue.refusal',
    details: { readonly reason: string } & Readonly<Record<string, string | number>>,
  ) => void;
  /** Counts kept by the feeds (gaps, resyncs), for the health row. */
  readonly countsOf: (stream: StreamKey) => { readonly gaps: number; readonly resyncs: number };
}

/** One venue connection with its decoder, its wanted streams, and a judgement of each stream's health. */
export interface Session {
  readonly id: string;
  /** The venue must have a channel for it. */
  want(stream: StreamKey): void;
  drop(stream: StreamKey): void;
  /** Asks the venue for it anew: what came does not follow what came before. */
  renew(stream: StreamKey): void;
  readonly streamCount: number;
  /** Names of what is asked of the venue here. */
  readonly channels: Iterable<string>;
  readonly state: ConnectionState;
  health(): ConnectionHealth;
  /** Once a second: moves rates on, judges silence, repairs, renews what is old. */
  second(): void;
  /** What works is replaced by a socket that is proven first; anything else is given up at once. */
  reconnectNow(): void;
  pause(): void;
  resume(): void;
  /** See `Market.wake`. */
  wake(cause: 'resume' | 'link'): void;
  /** Gives the socket up for exactly this long. */
  trip(cause: Cause, forMs: number): void;
  dispose(): void;
}
