import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { DecoderOptions, Endpoints, Venue } from '#venues/venue.ts';
import { type Connection, createConnection, type LinkState, type SocketCounts } from '../net/connection.ts';
import type { ConnectionGate } from '../net/connection-gate.ts';
import { createSendBudget } from '../net/send-budget.ts';
import type { SendPace } from '../net/send-pace.ts';
import type { OpenSocket } from '../net/socket.ts';
import type { Tuning } from '../tuning.ts';
import { createAddedSubscriptions } from './added-subscriptions.ts';
import { createReplacedSubscriptions } from './replaced-subscriptions.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Counted over all links of one session. */
export interface LinkCounts extends SocketCounts {
  /** Frames that brought data, numbered. */
  frames: number;
  /** Frames nobody could read, or that made our own code throw. */
  failed: number;
}

export interface SessionLinkOptions {
  readonly venue: Venue;
  readonly endpoints: Endpoints;
  readonly route: string;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly decoderOptions: DecoderOptions;
  readonly gate: ConnectionGate;
  readonly tuning?: Tuning | undefined;
  /** How fast frames may leave; absent: as fast as the venue allows. */
  readonly pace?: Pick<SendPace, 'factor' | 'join'>;
  readonly counts: LinkCounts;
  readonly onLink: (link: SessionLink, state: LinkState) => void;
  /** `frame` is the frame's number, `bytes` its length. */
  readonly onEvent: (
    link: SessionLink,
    event: MarketEvent,
    frame: number,
    bytes: number,
    receivedAt: number,
  ) => void;
  readonly onNotice: (link: SessionLink, reason: string) => unknown;
  readonly onConfirmed: (link: SessionLink, channel: string) => void;
  readonly onTrouble: (channels: readonly string[], reason: string) => void;
  readonly onRefusal: (code: string, message: string) => void;
  /** Our own code gave way over a frame. */
  readonly onThrown: (reason: string) => void;
  /** Frames were lost; told once a second at most. */
  readonly onLost: () => void;
}

/** One connection with what belongs to its sockets alone: a decoder, and what the venue was asked for there. */
export interface SessionLink {
  readonly connection: Connection;
  readonly subscriptions: Subscriptions;
  readonly isOpen: boolean;
  /** Monotonic ms the socket opened. */
  readonly openedAt: number;
  /** Frames lost on this socket since the last that brought data. */
  readonly failedInARow: number;
  dispose(): void;
}

const TELL_EVERY_MS = 1000;

export function createSessionLink(options: SessionLinkOptions): SessionLink {
  const { venue, clock, counts } = options;
  const { subscribing, limits } = venue;
  const decoderOptions = { ...options.decoderOptions, route: options.route };
  let decode = venue.createDecoder(decoderOptions);
  let openedAt = clock.monotonic();
  let failedInARow = 0;
  let lossToldAt = Number.NEGATIVE_INFINITY;
  const budget = createSendBudget(clock, limits, () => options.pace?.factor ?? 1);
  const leavePace = options.pace?.join(() => budget.used());

  const shared = {
    clock,
    budget,
    onConfirmed: (channel: string) => options.onConfirmed(link, channel),
    onTrouble: options.onTrouble,
  };
  const subscriptions =
    subscribing.kind === 'replace'
      ? createReplacedSubscriptions({
          ...shared,
          send: (channels, requestId) => connection.send(subscribing.replaceFrame(channels, requestId)),
        })
      : createAddedSubscriptions({
          ...shared,
          channelsPerFrame: limits.channelsPerFrame,
          refusesWhole: subscribing.refusesWhole,
          send(kind, channels, requestId) {
            const frame = kind === 'subscribe' ? subscribing.subscribeFrame : subscribing.unsubscribeFrame;
            connection.send(frame(channels, requestId));
          },
        });

  const connection = createConnection({
    clock,
    openSocket: options.openSocket,
    gate: options.gate,
    counts,
    backoff: options.tuning?.backoff,
    heartbeat: options.tuning?.heartbeat,
    isCompressed: () => options.tuning?.isCompressed(venue.id) === true,
    ask: venue.ping,
    onAsked: () => budget.spend(),
    url: () => venue.socketUrl(options.endpoints, options.route),
    onLink(state) {
      if (state.kind === 'open') {
        openedAt = clock.monotonic();
        failedInARow = 0;
        decode = venue.createDecoder(decoderOptions);
        subscriptions.opened();
      } else subscriptions.closed();
      options.onLink(link, state);
    },
    onFrame(bytes, receivedAt) {
      try {
        take(bytes, receivedAt);
      } catch (fault) {
        // A codec promises not to throw and so do the feeds: whoever breaks it costs one frame, and is counted.
        lose();
        options.onThrown(messageOf(fault));
      }
    },
  });

  function take(bytes: Uint8Array, receivedAt: number): void {
    counts.frames += 1;
    const frame = counts.frames;
    for (const decoded of decode(bytes, receivedAt)) {
      switch (decoded.kind) {
        case 'ack':
          subscriptions.acknowledged(decoded.requestId);
          break;
        case 'refusal':
          if (subscriptions.refused(decoded.requestId, decoded.message, decoded.code === 'topic.repeated')) {
            options.onRefusal(decoded.code, decoded.message);
          }
          break;
        case 'failed':
          lose();
          break;
        case 'pong':
          connection.pong();
          break;
        case 'notice':
          options.onNotice(link, decoded.reason);
          break;
        case 'ignored':
          break;
        default:
          failedInARow = 0;
          options.onEvent(link, decoded, frame, bytes.length, receivedAt);
      }
    }
  }

  function lose(): void {
    counts.failed += 1;
    failedInARow += 1;
    if (clock.monotonic() - lossToldAt < TELL_EVERY_MS) return;
    lossToldAt = clock.monotonic();
    options.onLost();
  }

  const link: SessionLink = {
    connection,
    subscriptions,
    get isOpen() {
      return connection.link.kind === 'open';
    },
    get openedAt() {
      return openedAt;
    },
    get failedInARow() {
      return failedInARow;
    },
    dispose() {
      leavePace?.();
      subscriptions.dispose();
      connection.stop();
    },
  };
  return link;
}
