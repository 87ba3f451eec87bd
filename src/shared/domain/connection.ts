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
    /** Data flows, but long after the venue sent it. */
    | 'socket.slow'
    /** The peer spoke what is not WebSocket, or frames nobody can read. */
    | 'protocol'
    | 'timeout'
    | 'auth'
    | 'rate-limit'
    | 'ban'
    /** Refused because of where we are (403 and 451 without a limit's marks). */
    | 'geo'
    | 'maintenance'
    | 'clock'
    | 'venue.error'
    /** The circuit breaker keeps quiet after too many failures. */
    | 'circuit'
    /** The machine slept; what was open before is not believed. */
    | 'resume'
    | 'user'
    /** What is shown was recorded, and there is no more of it. */
    | 'recording.end'
    | 'unknown';
  readonly detail: string;
}

/** The states of one connection (ARCHITECTURE: connection states). */
export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'authenticating' }
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
  /** A new socket is being proven while the old one still delivers. */
  | { readonly kind: 'rotating'; readonly reason: 'age' | 'notice' | 'user' }
  /** By the person, or by the venue's order (maintenance, ban); `until` wall time, ms epoch, where known. */
  | { readonly kind: 'paused'; readonly cause: Cause; readonly until?: number }
  /** Needs a person: retrying alone cannot help. */
  | { readonly kind: 'failed'; readonly cause: Cause };

export type ConnectionStateKind = ConnectionState['kind'];

export type StreamState = 'pending' | 'live' | 'late' | 'stale';

/** One stream's health. Ages count data frames; pongs and acks never count. */
export interface StreamHealth {
  /** `streamKeyText` of the stream. */
  readonly stream: string;
  readonly state: StreamState;
  /** Wall time the state was entered. */
  readonly since: number;
  /** Wall time of the last data frame, `undefined` before the first. */
  readonly lastReceivedAt?: number;
  /** Data frames per second over the last ten seconds. */
  readonly perSecond: number;
  readonly gaps: number;
  readonly resyncs: number;
  /** `rest`: asked for every few seconds, as the socket is silent or not wanted. Absent: from the socket. */
  readonly source?: 'rest';
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
