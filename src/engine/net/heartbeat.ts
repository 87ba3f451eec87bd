import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { createRoundTrips } from './round-trips.ts';

export interface HeartbeatRule {
  readonly checkEveryMs: number;
  readonly pingEveryMs: number;
  /** No byte for this long: the peer is gone, whatever TCP believes. */
  readonly silentAfterMs: number;
}

const HEARTBEAT: HeartbeatRule = { checkEveryMs: 2000, pingEveryMs: 5000, silentAfterMs: 6000 };

export interface HeartbeatOptions {
  readonly clock: Clock;
  /** Asked at every beat. */
  readonly rule?: (() => HeartbeatRule) | undefined;
  /** A text frame of the venue's own that asks for a sign of life; see `Venue.ping`. */
  readonly ask?: { readonly frame: string; readonly everyMs: number; readonly always: boolean } | undefined;
  /** Sends the protocol's own ping. */
  readonly ping: () => void;
  readonly send: (text: string) => void;
  readonly onSilent: (silentMs: number) => void;
}

/** Asks an open socket for signs of life, and says when there are none. */
export interface Heartbeat {
  /** The socket is open. */
  start(): void;
  stop(): void;
  /** Any byte came. */
  heard(): void;
  /** The peer answered: the protocol's ping, or the venue's own. */
  answered(kind: 'protocol' | 'text'): void;
  /** Median, ms. */
  readonly roundTripMs: number | undefined;
}

/**
 * A venue's own ping keeps the venue content. The protocol's ping goes along with it, and again where silence lasts:
 * some venues answer their own only with a status every ten seconds, others never answer the protocol's.
 */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { clock, ask } = options;
  const ruleNow = options.rule ?? (() => HEARTBEAT);
  let beatEveryMs = HEARTBEAT.checkEveryMs;
  const roundTrips = createRoundTrips();
  let cancel: Undo = () => undefined;
  let heardAt = 0;
  const never = Number.NEGATIVE_INFINITY;
  const asked = { protocol: never, text: never };
  const isAwaited = { protocol: false, text: false };
  let speaksProtocol = false;

  function keepBeating(): void {
    cancel();
    beatEveryMs = ruleNow().checkEveryMs;
    cancel = clock.every(beatEveryMs, beat);
  }

  function beat(): void {
    const rule = ruleNow();
    if (rule.checkEveryMs !== beatEveryMs) keepBeating();
    const now = clock.monotonic();
    const silentMs = now - heardAt;
    if (silentMs >= rule.silentAfterMs) {
      options.onSilent(silentMs);
      return;
    }
    const isQuiet = silentMs >= rule.checkEveryMs;
    let isAsking = false;
    if (ask) {
      // Checked every two seconds or so: what would be late at the next check is due now.
      const patience = (ask.always ? ask.everyMs : ask.everyMs * 3) - rule.checkEveryMs;
      isAsking = now - asked.text >= patience;
      if (isAsking || (isQuiet && !isAwaited.text)) {
        asked.text = now;
        isAwaited.text = true;
        options.send(ask.frame);
      }
    }
    const isDue = ask
      ? isAsking || silentMs >= 2 * rule.checkEveryMs
      : isQuiet || now - asked.protocol >= rule.pingEveryMs;
    if (isDue && !isAwaited.protocol) {
      asked.protocol = now;
      isAwaited.protocol = true;
      options.ping();
    }
  }

  return {
    start() {
      heardAt = clock.monotonic();
      // The first beat measures a round trip.
      asked.protocol = never;
      asked.text = never;
      isAwaited.protocol = false;
      isAwaited.text = false;
      keepBeating();
    },
    stop() {
      cancel();
      cancel = () => undefined;
    },
    heard() {
      heardAt = clock.monotonic();
    },
    answered(kind) {
      heardAt = clock.monotonic();
      if (!isAwaited[kind]) return;
      isAwaited[kind] = false;
      const roundTripMs = heardAt - asked[kind];
      if (kind === 'protocol') speaksProtocol = true;
      // A text answer that was to come anyway (a status every ten seconds) says nothing about the way there and back.
      if (kind === 'protocol' || (!speaksProtocol && roundTripMs < ruleNow().checkEveryMs))
        roundTrips.add(roundTripMs);
    },
    get roundTripMs() {
      return roundTrips.median();
    },
  };
}
