import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { JudgedStream } from './judge-connection.ts';

export interface SessionStream extends JudgedStream {
  readonly channel: string;
  /** Monotonic ms; `undefined` while the venue has not confirmed it on this socket. */
  confirmedAt: number | undefined;
  repairedAt: number;
}

/** The wanted streams of one session, found by key, by channel and, on the hot path, by decoded event. */
export interface SessionStreams extends Iterable<SessionStream> {
  readonly count: number;
  add(stream: SessionStream): void;
  remove(key: StreamKey): SessionStream | undefined;
  ofKey(key: StreamKey): SessionStream | undefined;
  ofEvent(event: MarketEvent): SessionStream | undefined;
  ofChannel(channel: string): SessionStream | undefined;
  clear(): void;
}

export function createSessionStreams(): SessionStreams {
  // By event kind, then instrument: no text is built per frame.
  const byKind = new Map<string, Map<InstrumentId, SessionStream>>();
  const byChannel = new Map<string, SessionStream>();

  return {
    get count() {
      return byChannel.size;
    },
    add(stream) {
      const kind = kindOfKey(stream.key);
      const sameKind = byKind.get(kind) ?? new Map<InstrumentId, SessionStream>();
      byKind.set(kind, sameKind.set(stream.key.instrument, stream));
      byChannel.set(stream.channel, stream);
    },
    remove(key) {
      const stream = byKind.get(kindOfKey(key))?.get(key.instrument);
      if (!stream) return undefined;
      byKind.get(kindOfKey(key))?.delete(key.instrument);
      byChannel.delete(stream.channel);
      return stream;
    },
    ofKey: (key) => byKind.get(kindOfKey(key))?.get(key.instrument),
    ofEvent: (event) => byKind.get(kindOf(event))?.get(event.instrument),
    ofChannel: (channel) => byChannel.get(channel),
    clear() {
      byKind.clear();
      byChannel.clear();
    },
    [Symbol.iterator]: () => byChannel.values(),
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
