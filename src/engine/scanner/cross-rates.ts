import type { Instrument } from '#shared/domain/instrument.ts';
import { coinOf } from '#shared/domain/premium.ts';

/** What a rate is made from. */
export interface Quoted {
  readonly instrument: Pick<Instrument, 'id' | 'base' | 'quote' | 'kind'>;
  readonly last: number;
  readonly quoteVolume: number;
}

/** Coins that stand for a dollar. What they are worth against it is not told here, only that volumes can be compared. */
const DOLLARS: ReadonlySet<string> = new Set([
  'USD',
  'USDT',
  'USDC',
  'FDUSD',
  'USD1',
  'BUSD',
  'TUSD',
  'RLUSD',
  'USDE',
  'DAI',
]);
/**
 * What is further apart is not the same coin: two venues may list different ones under one name. The premium itself has
 * never been half the price.
 */
const MOST_PREMIUM = 0.5;

interface Leg {
  /** Of one coin. */
  readonly price: number;
  readonly volume: number;
}

/** Prices of the same coin in won and in dollars, the most traded market of each. */
export interface CrossRates {
  /** See `ScannerColumns.premium`. NaN without the other side or the rate. */
  premium(row: Quoted): number;
  /** See `ScannerColumns.usdVolume`. */
  usdVolume(row: Quoted): number;
}

/** `rows`: those to be believed. `krwPerUsd`: NaN where there is no rate, or an old one. */
export function crossRates(rows: Iterable<Quoted>, krwPerUsd: number): CrossRates {
  const won = new Map<string, Leg>();
  const dollar = new Map<string, Leg>();
  for (const { instrument, last, quoteVolume } of rows) {
    const side = sideOf(instrument);
    if (!side || !(last > 0) || instrument.kind === 'future') continue;
    const { coin, coinsPerBase } = coinOf(instrument.base);
    const legs = side === 'won' ? won : dollar;
    const known = legs.get(coin);
    if (known && !(quoteVolume > known.volume)) continue;
    legs.set(coin, { price: last / coinsPerBase, volume: quoteVolume || 0 });
  }

  return {
    premium({ instrument, last }) {
      const side = sideOf(instrument);
      if (!side || instrument.kind === 'future') return Number.NaN;
      const { coin, coinsPerBase } = coinOf(instrument.base);
      const other = (side === 'won' ? dollar : won).get(coin);
      if (!other) return Number.NaN;
      const own = last / coinsPerBase;
      const premium =
        side === 'won' ? own / (other.price * krwPerUsd) - 1 : other.price / (own * krwPerUsd) - 1;
      return Math.abs(premium) <= MOST_PREMIUM ? premium : Number.NaN;
    },
    usdVolume({ instrument, quoteVolume }) {
      const { quote } = instrument;
      if (DOLLARS.has(quote)) return quoteVolume;
      if (quote === 'KRW') return quoteVolume / krwPerUsd;
      return quoteVolume * (dollar.get(quote)?.price ?? Number.NaN);
    },
  };
}

function sideOf({ quote }: Quoted['instrument']): 'won' | 'dollar' | undefined {
  if (quote === 'KRW') return 'won';
  return DOLLARS.has(quote) ? 'dollar' : undefined;
}
