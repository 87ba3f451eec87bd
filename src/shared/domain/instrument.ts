import type { Brand } from '../base/brand.ts';
import { HeartlineError } from '../base/errors.ts';

/** `binance`, `bybit`, `upbit`, `bithumb`, or `ccxt:<id>` for an exchange reached through ccxt. */
export type VenueId = Brand<string, 'VenueId'>;

/** Venue-neutral name of what is traded: `binance:BTC-USDT-PERP`. */
export type InstrumentId = Brand<string, 'InstrumentId'>;

export function venueId(text: string): VenueId {
  if (!/^(?:ccxt:)?[a-z][a-z0-9-]*$/.test(text)) {
    throw new HeartlineError('venue.unknown', `not a venue id: ${text}`, {
      details: { venue: text },
    });
  }
  return text as VenueId;
}

/** Parses `venue:BASE-QUOTE[-PERP|-YYMMDD]`. Throws `instrument.unknown`. */
export function instrumentId(text: string): InstrumentId {
  // Base names may be non-Latin (Binance lists such perpetuals), so only separators and control characters are barred.
  if (!/^(?:ccxt:)?[a-z][a-z0-9-]*:[^\s:\p{Cc}-]+-[^\s:\p{Cc}-]+(?:-[^\s:\p{Cc}-]+)?$/u.test(text)) {
    throw new HeartlineError('instrument.unknown', `not an instrument id: ${text}`, {
      details: { instrument: text },
    });
  }
  return text as InstrumentId;
}

export function venueOf(instrument: InstrumentId): VenueId {
  return instrument.slice(0, instrument.lastIndexOf(':')) as VenueId;
}

/** What is left of the id without its venue: `BTC-USDT-PERP`. */
export function instrumentName(instrument: InstrumentId): string {
  return instrument.slice(instrument.lastIndexOf(':') + 1);
}

/** From this price on (decimal text, in quote) prices move in steps of `tick`. */
export interface TickBand {
  readonly from: string;
  readonly tick: string;
}

/** Decimal texts are the venue's own; scales are digits after the point. */
export interface Instrument {
  readonly id: InstrumentId;
  readonly venue: VenueId;
  readonly kind: 'perpetual' | 'future' | 'spot';
  readonly base: string;
  readonly quote: string;
  /** `warned`: traded, but flagged by the venue as risky or about to end. `halted`: listed and not traded. */
  readonly status: 'trading' | 'warned' | 'halted';
  /** Smallest price step, e.g. `'0.1'` (trimmed). */
  readonly tickSize: string;
  /**
   * Where the step depends on the price (KRW markets), every band, lowest first; `tickSize` is then the smallest of them.
   */
  readonly tickBands?: readonly TickBand[];
  /** What the venue calls the base in Korean and English, where it says. */
  readonly names?: { readonly ko?: string; readonly en?: string };
  /** Digits after the point of `tickSize`: how prices of this instrument are shown. */
  readonly priceScale: number;
  readonly quantityStep: string;
  readonly quantityScale: number;
  readonly minQuantity: string;
  /** Largest quantity of one order, where the venue tells it; and of one that takes whatever price it finds (market). */
  readonly maxQuantity?: string;
  readonly maxMarketQuantity?: string;
  /** Smallest order value in quote, or `undefined` where the venue has none. */
  readonly minNotional?: string;
}
