import type { Clock } from '#shared/base/clock.ts';
import type { StreamState } from '#shared/domain/connection.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import { SILENT_METER, type StreamMeter } from '../health/stream-meter.ts';
import type { MarketTempo } from './market-tempo.ts';
import { createStreamPulse, type StreamPulse } from './stream-pulse.ts';

export interface SessionStream {
  readonly key: StreamKey;
  /** Several streams may share one. */
  readonly channel: string;
  readonly pulse: StreamPulse;
  readonly meter: StreamMeter;
  /** Monotonic ms; `undefined` while the venue has not confirmed it on this socket. */
  confirmedAt: number | undefined;
  /** Monotonic ms, and how often since it last spoke. */
  repairedAt: number;
  repairs: number;
  /** The frame it was last counted in: several events of one frame count once. */
  frame: number;
  /** What was last said of it, and since when, wall ms. */
  state: StreamState;
  since: number;
  /** Whether everything else heard of the instrument has slowed down as well. */
  readonly isHushed: (now: number) => boolean;
  /**
   * The venue's time of a frame that is news; NaN where it only tells how things stood, before it is noted in the pulse.
   * Where a frame of ours replaces the one before, every channel begins with its last state again, however old.
   */
  readonly newsAt: (venueTime: number) => number;
  /** Nobody wants it any more. */
  readonly leave: () => void;
}

/** A stream nobody has heard of yet. */
export function createStream(of: {
  readonly key: StreamKey;
  readonly channel: string;
  readonly venue: Pick<Venue, 'rhythmOf'> & Partial<Pick<Venue, 'subscribing'>>;
  readonly tempo: MarketTempo;
  readonly meter?: StreamMeter | undefined;
  readonly clock: Clock;
  /** See `SessionOptions`. */
  readonly staleAfterMs?: () => number;
}): SessionStream {
  const { key, channel, tempo } = of;
  const pulse = createStreamPulse(of.venue.rhythmOf(key), of.staleAfterMs);
  const isReplaced = of.venue.subscribing?.kind === 'replace';
  let newestAt = Number.NEGATIVE_INFINITY;
  return {
    key,
    channel,
    pulse,
    meter: of.meter ?? SILENT_METER,
    confirmedAt: undefined,
    repairedAt: Number.NEGATIVE_INFINITY,
    repairs: 0,
    frame: 0,
    state: 'pending',
    since: of.clock.now(),
    isHushed: (now) => tempo.isHushed(key, pulse, now),
    newsAt(venueTime) {
      if (!isReplaced) return venueTime;
      const isNews = venueTime > newestAt && pulse.firstAt !== undefined;
      newestAt = Math.max(newestAt, venueTime);
      return isNews ? venueTime : Number.NaN;
    },
    leave: tempo.join(key, pulse),
  };
}

/** The wanted streams of one session, found by key, by channel and, on the hot path, by decoded event. */
export interface SessionStreams extends Iterable<SessionStream> {
  readonly count: number;
  add(stream: SessionStream): void;
  remove(key: StreamKey): SessionStream | undefined;
  ofKey(key: StreamKey): SessionStream | undefined;
  ofEvent(event: MarketEvent): SessionStream | undefined;
  ofChannel(channel: string): Iterable<SessionStream>;
  readonly channels: Iterable<string>;
  clear(): void;
}

export function createSessionStreams(): SessionStreams {
  // By event kind, then instrument: no text is built per frame.
  const byKind = new Map<string, Map<InstrumentId, SessionStream>>();
  const byChannel = new Map<string, Set<SessionStream>>();
  const all = new Set<SessionStream>();

  return {
    get count() {
      return all.size;
    },
    add(stream) {
      const kind = kindOfKey(stream.key);
      const sameKind = byKind.get(kind) ?? new Map<InstrumentId, SessionStream>();
      byKind.set(kind, sameKind.set(stream.key.instrument, stream));
      const sharing = byChannel.get(stream.channel) ?? new Set();
      byChannel.set(stream.channel, sharing.add(stream));
      all.add(stream);
    },
    remove(key) {
      const stream = byKind.get(kindOfKey(key))?.get(key.instrument);
      if (!stream) return undefined;
      byKind.get(kindOfKey(key))?.delete(key.instrument);
      const sharing = byChannel.get(stream.channel);
      sharing?.delete(stream);
      if (sharing?.size === 0) byChannel.delete(stream.channel);
      all.delete(stream);
      return stream;
    },
    ofKey: (key) => byKind.get(kindOfKey(key))?.get(key.instrument),
    ofEvent: (event) => byKind.get(kindOf(event))?.get(event.instrument),
    ofChannel: (channel) => byChannel.get(channel) ?? [],
    channels: { [Symbol.iterator]: () => byChannel.keys() },
    clear() {
      byKind.clear();
      byChannel.clear();
      all.clear();
    },
    [Symbol.iterator]: () => all.values(),
  };
}

// Decoded book frames come in two kinds but are one stream; each candle interval is a stream of its own.
function kindOf(event: MarketEvent): string {
  switch (event.kind) {
    case 'book-delta':
    case 'book-snapshot':
      return 'book';
    case 'candle':
      return `candle:${event.interval}`;
    default:
      return event.kind;
  }
}

function kindOfKey(key: StreamKey): string {
  return key.kind === 'candle' ? `candle:${key.interval}` : key.kind;
}
