import type { VenueId } from './instrument.ts';

/** Why a connection is not up. `detail` is for the log; the code names the text for the person. */
export interface Cause {
  readonly code:
    | 'socket.refused'
    | 'socket.reset'
    | 'socket.closed'
    | 'socket.handshake'
    | 'socket.silent'
    | 'socket.dns'
    | 'venue.error'
    | 'rate-limit'
    | 'ban'
    | 'user'
    | 'unknown';
  readonly detail: string;
}

/** The states of one connection (ARCHITECTURE: connection states). */
export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'subscribing' }
  | { readonly kind: 'live' }
  | { readonly kind: 'degraded'; readonly cause: Cause }
  | { readonly kind: 'stale'; readonly cause: Cause }
  | {
      readonly kind: 'waiting';
      /** 1 for the first retry. */
      readonly attempt: number;
      /** Wall time, ms epoch. */
      readonly retryAt: number;
      readonly cause: Cause;
      /** The quick attempts are used up: retrying goes on at the cap. */
      readonly exhausted: boolean;
    }
  | { readonly kind: 'paused'; readonly cause: Cause };

export type StreamState = 'pending' | 'live' | 'late' | 'stale';

/** One stream's health. Ages count data frames; pongs and acks never count. */
export interface StreamHealth {
  /** `streamKeyText` of the stream. */
  readonly stream: string;
  readonly state: StreamState;
  /** Wall time of the last data frame, `undefined` before the first. */
  readonly lastReceivedAt?: number;
  /** Data frames per second over the last ten seconds. */
  readonly perSecond: number;
  readonly gaps: number;
  readonly resyncs: number;
}

export interface ConnectionHealth {
  /** `binance/public`. */
  readonly id: string;
  readonly venue: VenueId;
  readonly state: ConnectionState;
  /** Wall time the state was entered. */
  readonly since: number;
  readonly epoch: number;
  /** Median round trip of the last pings, ms. */
  readonly roundTripMs?: number;
  readonly reconnects: number;
  readonly failedFrames: number;
  readonly streams: readonly StreamHealth[];
}
