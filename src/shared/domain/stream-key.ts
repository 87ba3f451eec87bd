import { HeartlineError } from '../base/errors.ts';
import { type InstrumentId, instrumentId } from './instrument.ts';
import { type Interval, interval } from './interval.ts';

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

/** The other way round. Throws `stream.unknown`, `instrument.unknown`, `interval.unknown`. */
export function parseStreamKey(text: string): StreamKey {
  const [, kind = '', of, name = ''] = /^([a-z]+)(?::(\S+))? (\S+)$/u.exec(text) ?? [];
  if (kind === 'candle' && of !== undefined) {
    return { kind, instrument: instrumentId(name), interval: interval(of) };
  }
  if (of === undefined && isPlainKind(kind)) return { kind, instrument: instrumentId(name) };
  throw new HeartlineError('stream.unknown', `not a stream: ${text}`, { details: { stream: text } });
}

function isPlainKind(kind: string): kind is Exclude<StreamKey['kind'], 'candle'> {
  return ['ticker', 'top', 'trade', 'book', 'mark'].includes(kind);
}
