import { type Instrument, type InstrumentId, instrumentId, type VenueId } from '#shared/domain/instrument.ts';
import { coinOf } from '#shared/domain/premium.ts';

/** One coin on a KRW venue and on a USDT venue. */
export interface PremiumPairing {
  readonly coin: string;
  readonly krw: InstrumentId;
  readonly usdt: InstrumentId;
  readonly krwCoinsPerBase: number;
  readonly usdtCoinsPerBase: number;
}

/**
 * Every coin of `coins` (all, where empty) on each KRW venue against each USDT venue; abroad the perpetual where there is
 * one, else spot. Halted instruments are left out. In the order of `coins`, then of the venues.
 */
export function pairUp(
  instruments: readonly Instrument[],
  coins: readonly string[],
): readonly PremiumPairing[] {
  const here = new Map<string, Instrument[]>();
  const abroad = new Map<string, Map<VenueId, Instrument>>();
  for (const instrument of instruments) {
    if (instrument.status !== 'trading') continue;
    const { coin } = coinOf(instrument.base);
    if (instrument.quote === 'KRW' && instrument.kind === 'spot') {
      here.set(coin, [...(here.get(coin) ?? []), instrument]);
    } else if (instrument.quote === 'USDT' && instrument.kind !== 'future') {
      const ofCoin = abroad.get(coin) ?? new Map<VenueId, Instrument>();
      const known = ofCoin.get(instrument.venue);
      if (!known || (known.kind === 'spot' && instrument.kind === 'perpetual'))
        ofCoin.set(instrument.venue, instrument);
      abroad.set(coin, ofCoin);
    }
  }
  const wanted = coins.length > 0 ? coins : [...here.keys()];
  return wanted.flatMap((coin) =>
    (here.get(coin) ?? []).flatMap((krw) =>
      [...(abroad.get(coin)?.values() ?? [])].map((usdt) => ({
        coin,
        krw: krw.id,
        usdt: usdt.id,
        krwCoinsPerBase: coinOf(krw.base).coinsPerBase,
        usdtCoinsPerBase: coinOf(usdt.base).coinsPerBase,
      })),
    ),
  );
}

/** Where a KRW venue trades the tether dollar itself. */
export function tetherOf(venue: VenueId): InstrumentId {
  return instrumentId(`${venue}:USDT-KRW`);
}
