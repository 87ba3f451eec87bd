import type { InstrumentId } from './instrument.ts';
import type { Interval } from './interval.ts';

/** What can be subscribed to, in Heartline's words. One key from the panel to the socket. */
export type StreamKey =
  | { readonly kind: 'ticker'; readonly instrument: InstrumentId }
  | { readonly kind: 'top'; readonly instrument: InstrumentId }
  | { readonly kind: 'trade'; readonly instrument: InstrumentId }
  | { readonly kind: 'book'; readonly instrument: InstrumentId }
  | { readonly kind: 'mark'; readonly instrument: InstrumentId }
  | { readonly kind: 'candle'; readonly instrument: InstrumentId; readonly interval: Interval };

/** `'candle:1m binance:BTC-USDT-PERP'`: unique text of a key, for maps, logs and health rows. */
export function streamKeyText(key: StreamKey): string {
  return key.kind === 'candle' ? `candle:${key.interval} ${key.instrument}` : `${key.kind} ${key.instrument}`;
}
