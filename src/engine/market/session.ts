import type { Clock } from '#shared/base/clock.ts';
import type { ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Decode, DecoderOptions, Endpoints, Venue } from '#venues/venue.ts';
import { type Connection, createConnection } from '../net/connection.ts';
import type { OpenSocket } from '../net/socket.ts';
import {
  type DataSilence,
  judgeConnection,
  judgeStream,
  sameState,
  silenceBounds,
} from './judge-connection.ts';
import { createSessionStreams, type SessionStream } from './session-streams.ts';
import { silentStreams } from './silent-streams.ts';
import { createStreamPulse } from './stream-pulse.ts';
import { createSubscriptions } from './subscriptions.ts';

export interface SessionOptions {
  /** `binance/public`. */
  readonly id: string;
  readonly venue: Venue;
  readonly endpoints: Endpoints;
  readonly route: string;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly decoderOptions: DecoderOptions;
  readonly onEvent: (event: MarketEvent) => void;
  /** The streams of this session have to be taken as interrupted from here on. */
  readonly onInterrupted: (streams: readonly StreamKey[]) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly onTrouble: (
    code: 'subscription.trouble' | 'venue.refusal',
    details: { readonly reason: string } & Readonly<Record<string, string | number>>,
  ) => void;
  /** Counts kept by the feeds (gaps, resyncs), for the health row. */
  readonly countsOf: (stream: StreamKey) => { readonly gaps: number; readonly resyncs: number };
}

/** One venue connection with its decoder, its wanted streams, and a judgement of each stream's health. */
export interface Session {
  want(stream: StreamKey): void;
  drop(stream: StreamKey): void;
  readonly streamCount: number;
  readonly state: ConnectionState;
  health(): ConnectionHealth;
  /** Once a second: moves rates on, judges silence, repairs. */
  second(): void;
  reconnectNow(): void;
  dispose(): void;
}

/** When every stream whose silence means something has been silent this long, the socket itself is given up. */
const DATA_SILENCE_MS = 15_000;
const IDLE_CLOSE_MS = 10_000;
/** No stream here has a rhythm and all are silent for this long: the canary is asked whether anything comes through. */
const CANARY_AFTER_MS = 3000;
/** How many channels a message names; it counts them all. */
const NAMED = 5;

export function createSession(options: SessionOptions): Session {
  const { clock, venue } = options;
  const streams = createSessionStreams();
  let decode: Decode = venue.createDecoder({ ...options.decoderOptions, route: options.route });
  let failedFrames = 0;
  let lastDataAt = 0;
  let openedAt = 0;
  let idleSince: number | undefined = clock.monotonic();
  let state: ConnectionState = { kind: 'idle' };
  let since = clock.now();
  let wasOpen = false;
  /** A stream nobody asked for: see `Venue.canaryOf`. */
  let canary: StreamKey | undefined;
  const bounds = silenceBounds(venue);
  const dataSilence = (): DataSilence => ({ silentMs: clock.monotonic() - lastDataAt, ...bounds });

  const subscriptions = createSubscriptions({
    clock,
    sendsPerSecond: venue.limits.sendsPerSecond,
    channelsPerFrame: venue.limits.channelsPerFrame,
    send(kind, channels, requestId) {
      if (venue.subscribing.kind === 'replace') return;
      connection.send(
        kind === 'subscribe'
          ? venue.subscribing.subscribeFrame(channels, requestId)
          : venue.subscribing.unsubscribeFrame(channels, requestId),
      );
    },
    onConfirmed(channel) {
      const stream = streams.ofChannel(channel);
      if (stream) stream.confirmedAt = clock.monotonic();
    },
    onTrouble(channels, reason) {
      options.onTrouble('subscription.trouble', {
        connection: options.id,
        count: channels.length,
        channels: channels.slice(0, NAMED).join(' '),
        reason,
      });
    },
  });

  const connection: Connection = createConnection({
    clock,
    openSocket: options.openSocket,
    url: () => venue.socketUrl(options.endpoints, options.route),
    onLink(link) {
      if (link.kind === 'open') {
        openedAt = clock.monotonic();
        lastDataAt = openedAt;
        decode = venue.createDecoder({ ...options.decoderOptions, route: options.route });
        subscriptions.opened();
      } else {
        subscriptions.closed();
        for (const stream of streams) {
          stream.confirmedAt = undefined;
          stream.pulse.reset();
        }
        if (wasOpen) options.onInterrupted([...streams].map((stream) => stream.key));
      }
      wasOpen = link.kind === 'open';
      judge();
    },
    onFrame(bytes, receivedAt) {
      for (const decoded of decode(bytes, receivedAt)) {
        switch (decoded.kind) {
          case 'ack':
            subscriptions.acknowledged(decoded.requestId);
            break;
          case 'refusal':
            subscriptions.refused(decoded.requestId, decoded.message);
            options.onTrouble('venue.refusal', {
              connection: options.id,
              code: decoded.code,
              reason: decoded.message,
            });
            break;
          case 'failed':
            failedFrames += 1;
            break;
          case 'ignored':
          case 'notice':
          case 'pong':
            break;
          default: {
            const stream = streams.ofEvent(decoded);
            // Late frames of a stream nobody wants any more are dropped here, once, for everyone behind.
            if (!stream) break;
            noteReturn(stream);
            lastDataAt = clock.monotonic();
            const wasPending = stream.pulse.firstAt === undefined;
            stream.pulse.note(lastDataAt, receivedAt);
            options.onEvent(decoded);
            if (wasPending) judge();
          }
        }
      }
    },
  });

  function judge(): void {
    const next = judgeConnection(connection.link, [...streams], clock.monotonic(), dataSilence());
    if (sameState(state, next)) return;
    const isNewKind = state.kind !== next.kind;
    if (isNewKind) since = clock.now();
    state = next;
    // Which stream is the worst may change every second: that is for the health view, not for the log.
    if (isNewKind || next.kind === 'waiting') options.onState(next);
  }

  /** What comes back after a silence may have lost something meanwhile. A book's chain tells by itself. */
  function noteReturn(stream: SessionStream): void {
    const now = clock.monotonic();
    if (now - lastDataAt > bounds.lateAfterMs) {
      options.onInterrupted([...streams].map(({ key }) => key).filter((key) => key.kind !== 'book'));
    } else if (stream.key.kind !== 'book' && stream.pulse.stateAt(now) === 'stale') {
      options.onInterrupted([stream.key]);
    }
  }

  function repair(): void {
    const now = clock.monotonic();
    if (connection.link.kind !== 'open') return;
    const canaries = [...streams].filter(
      (stream) => stream.pulse.isCanary && stream.confirmedAt !== undefined,
    );
    const silentMs = now - lastDataAt;
    const allSilent =
      (canaries.length > 0 || canary !== undefined) &&
      canaries.every(({ pulse }) => ['stale', 'pending'].includes(pulse.stateAt(now))) &&
      silentMs > DATA_SILENCE_MS &&
      now - openedAt > DATA_SILENCE_MS;
    if (allSilent || (streams.count > 0 && silentMs > venue.limits.staleAfterMs)) {
      connection.drop({
        code: 'socket.silent',
        detail: `no data for ${Math.round(silentMs)} ms although the socket answers`,
      });
      return;
    }
    if (streams.count > 0 && canaries.length === 0 && silentMs > CANARY_AFTER_MS && canary === undefined) {
      const key = venue.canaryOf?.(options.route);
      if (key && streams.ofKey(key) === undefined) {
        canary = key;
        add(key);
      }
    }
    const silent = silentStreams(streams, now);
    for (const stream of silent) subscriptions.renew(stream.channel);
    if (silent.length === 0) return;
    options.onTrouble('subscription.trouble', {
      connection: options.id,
      count: silent.length,
      channels: silent
        .slice(0, NAMED)
        .map(({ channel }) => channel)
        .join(' '),
      reason: 'silent against its own rhythm, asked for again',
    });
  }

  function add(key: StreamKey): void {
    const channel = venue.channelOf(key);
    if (channel === undefined) return;
    // Nothing was due while nothing was wanted.
    if (streams.count === 0) lastDataAt = clock.monotonic();
    streams.add({
      key,
      channel,
      pulse: createStreamPulse(venue.rhythmOf(key)),
      confirmedAt: undefined,
      repairedAt: Number.NEGATIVE_INFINITY,
    });
    subscriptions.want(channel);
  }

  function remove(key: StreamKey): void {
    const stream = streams.remove(key);
    if (stream) subscriptions.drop(stream.channel);
  }

  const isCanary = (key: StreamKey) => canary !== undefined && streamKeyText(canary) === streamKeyText(key);

  return {
    want(key) {
      if (isCanary(key)) canary = undefined; // somebody's own from now on
      if (streams.ofKey(key)) return;
      add(key);
      idleSince = undefined;
      connection.start();
    },
    drop(key) {
      remove(key);
      if (canary && streams.count === 1) {
        remove(canary);
        canary = undefined;
      }
      if (streams.count === 0) idleSince ??= clock.monotonic();
      judge();
    },
    get streamCount() {
      return streams.count;
    },
    get state() {
      return state;
    },
    health() {
      const now = clock.monotonic();
      const isOpen = connection.link.kind === 'open';
      return {
        id: options.id,
        venue: venue.id,
        state,
        since,
        epoch: connection.epoch,
        ...(connection.roundTripMs === undefined ? {} : { roundTripMs: connection.roundTripMs }),
        reconnects: connection.reconnects,
        failedFrames,
        streams: [...streams].map((stream) => ({
          ...judgeStream(stream, isOpen, now, dataSilence()),
          ...options.countsOf(stream.key),
        })),
      };
    },
    second() {
      for (const stream of streams) stream.pulse.second();
      if (idleSince !== undefined && clock.monotonic() - idleSince > IDLE_CLOSE_MS) connection.stop();
      repair();
      judge();
    },
    reconnectNow() {
      connection.reconnectNow();
    },
    dispose() {
      subscriptions.dispose();
      streams.clear();
      connection.stop();
    },
  };
}
