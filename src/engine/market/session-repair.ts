import type { Clock } from '#shared/base/clock.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import type { SilenceWatch } from './data-silence.ts';
import { ownState } from './judge-connection.ts';
import type { MarketTempo } from './market-tempo.ts';
import type { SessionLink } from './session-link.ts';
import type { SessionStream, SessionStreams } from './session-streams.ts';
import { silentStreams } from './silent-streams.ts';

type TroubleDetails = { readonly reason: string } & Readonly<Record<string, string | number>>;

export interface SessionRepairOptions {
  readonly id: string;
  readonly venue: Venue;
  readonly route: string;
  readonly clock: Clock;
  readonly streams: SessionStreams;
  readonly silence: SilenceWatch;
  readonly tempo: MarketTempo;
  /** See `SessionOptions`. */
  readonly staleAfterMs?: () => number;
  readonly active: () => SessionLink;
  readonly add: (key: StreamKey) => void;
  readonly remove: (key: StreamKey) => void;
  readonly onTrouble: (details: TroubleDetails) => void;
  readonly onRenewed: (stream: SessionStream) => void;
}

/** What is done about silence on a socket that answers: listen for the canary, ask for the stream again, give the socket up. */
export interface SessionRepair {
  second(): void;
  /** Somebody wants this stream: if it was the canary, it is theirs from now on. */
  claim(key: StreamKey): void;
  /** Somebody let go: the canary goes with the last of them. */
  release(): void;
  tell(channels: readonly string[], reason: string): void;
}

/** When every stream whose silence means something has been silent this long, the socket itself is given up. */
const DATA_SILENCE_MS = 15_000;
/** No stream here has a rhythm and all are silent for this long: the canary is asked whether anything comes through. */
const CANARY_AFTER_MS = 3000;
/** So many frames in a row that nobody could read, and nothing else: it is not silence, it is gibberish. */
const GIBBERISH = 5;
/** How many channels a message names; it counts them all. */
const NAMED = 5;

export function createSessionRepair(options: SessionRepairOptions): SessionRepair {
  const { clock, venue, streams, silence, tempo } = options;
  /** A stream nobody asked for: see `Venue.canaryOf`. */
  let canary: StreamKey | undefined;

  function tell(channels: readonly string[], reason: string): void {
    options.onTrouble({
      connection: options.id,
      count: channels.length,
      channels: channels.slice(0, NAMED).join(' '),
      reason,
    });
  }

  /**
   * A book that starts with a whole one has something to say at once, and so has what moves with a market that moves.
   * Where a frame replaces the one before, each channel it names begins with how things stand (sheets of Upbit and
   * Bithumb, section 2.1); candles of a minute without trades are the exception.
   */
  function beginsAtOnce({ key, pulse }: SessionStream): boolean {
    if (venue.subscribing.kind === 'replace' && key.kind !== 'candle') return true;
    if (key.kind === 'book' && venue.book.snapshot === 'stream') return true;
    return (key.kind === 'book' || key.kind === 'top') && tempo.isMoving(key, pulse, clock.monotonic());
  }

  function second(): void {
    const link = options.active();
    const now = clock.monotonic();
    if (!link.isOpen || streams.count === 0) return;
    const { silentMs } = silence.at(now);
    const telling = [...streams].filter(
      (stream) => stream.pulse.isCanary && stream.confirmedAt !== undefined,
    );
    const allSilent =
      (telling.length > 0 || canary !== undefined) &&
      telling.every((stream) => ['stale', 'pending'].includes(ownState(stream, now))) &&
      silentMs > DATA_SILENCE_MS &&
      now - link.openedAt > DATA_SILENCE_MS;
    if (allSilent || silentMs > (options.staleAfterMs?.() ?? venue.limits.staleAfterMs)) {
      const isGibberish = link.failedInARow >= GIBBERISH;
      link.connection.drop({
        code: isGibberish ? 'protocol' : 'socket.silent',
        detail: isGibberish
          ? `nothing but frames nobody can read for ${Math.round(silentMs)} ms`
          : `no data for ${Math.round(silentMs)} ms although the socket answers`,
      });
      return;
    }
    if (telling.length === 0 && silentMs > CANARY_AFTER_MS && canary === undefined) {
      const key = venue.canaryOf?.(options.route);
      if (key && streams.ofKey(key) === undefined) {
        canary = key;
        options.add(key);
      }
    }
    const silent = silentStreams({ streams, now, beginsAtOnce });
    if (silent.length === 0) return;
    const channels = [...new Set(silent.map(({ channel }) => channel))];
    for (const channel of channels) link.subscriptions.renew(channel);
    for (const stream of silent) options.onRenewed(stream);
    tell(channels, 'silent against its own rhythm, asked for again');
  }

  return {
    second,
    claim(key) {
      if (canary !== undefined && streamKeyText(canary) === streamKeyText(key)) canary = undefined;
    },
    release() {
      if (canary === undefined || streams.count !== 1) return;
      options.remove(canary);
      canary = undefined;
    },
    tell,
  };
}
