import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth, StreamHealth, StreamState } from '#shared/domain/connection.ts';
import {
  connectionOwnKind,
  type HealthKind,
  streamKind,
  streamStateOn,
  worseOf,
} from '#shared/domain/health-kind.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

/** One stream as the panels ask for it. */
export interface StreamView {
  readonly connection: ConnectionHealth;
  readonly health: StreamHealth;
  /** With the connection's own state taken into account. */
  readonly state: StreamState;
}

/** Health by what it is about, made once per health update. */
export interface HealthIndex {
  /** Worst of the instrument's streams; `connecting` while there are none. */
  instrumentKind(instrument: InstrumentId): HealthKind;
  /** By stream key text, e.g. `book binance:BTC-USDT-PERP`. */
  stream(keyText: string): StreamView | undefined;
}

/** `'candle:1m binance:BTC-USDT-PERP'` → its kind text and instrument. */
export function splitStreamKey(text: string): { readonly kind: string; readonly instrument: InstrumentId } {
  const space = text.indexOf(' ');
  return { kind: text.slice(0, space), instrument: text.slice(space + 1) as InstrumentId };
}

export function indexHealth(view: HealthView | undefined): HealthIndex {
  const streams = new Map<string, StreamView>();
  const kinds = new Map<InstrumentId, HealthKind>();
  for (const connection of view?.connections ?? []) {
    const own = connectionOwnKind(connection.state);
    for (const health of connection.streams) {
      streams.set(health.stream, {
        connection,
        health,
        state: streamStateOn(connection.state, health.state),
      });
      const { instrument } = splitStreamKey(health.stream);
      // A connection that is degraded, or waits for others, does not condemn a stream of its that is doing fine.
      const isUp = own === 'live' || own === 'degraded' || own === 'subscribing';
      const kind = isUp ? streamKind(health.state) : own;
      kinds.set(instrument, worseOf(kinds.get(instrument) ?? 'live', kind));
    }
  }
  return {
    instrumentKind: (instrument) => kinds.get(instrument) ?? 'connecting',
    stream: (keyText) => streams.get(keyText),
  };
}
