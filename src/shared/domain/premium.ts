import type { InstrumentId } from './instrument.ts';

/** Where the won's official price comes from. */
export interface FxRate {
  /** KRW for one USD; NaN while unknown. */
  readonly krwPerUsd: number;
  /** Wall time the rate was told, ms epoch; NaN while unknown. */
  readonly asOf: number;
  readonly source: 'typed' | 'feed' | 'simulator' | 'none';
}

/** Feeds tell the rate every few minutes; a person types it in once a day. */
const FX_STALE_MS = { feed: 10 * 60_000, simulator: 10 * 60_000, typed: 24 * 60 * 60_000, none: 0 } as const;

/** A rate this old, or none, is no basis for anything. `now`: engine wall time, ms epoch. */
export function isFxStale({ asOf, source }: FxRate, now: number): boolean {
  return !(now - asOf <= FX_STALE_MS[source]);
}

/** `1000PEPE` is a thousand PEPE: perpetuals of cheap coins count in bundles. */
export function coinOf(base: string): { readonly coin: string; readonly coinsPerBase: number } {
  const [, bundle, coin] = /^(10{3,9})([A-Z].*)$/.exec(base) ?? [];
  return bundle === undefined || coin === undefined
    ? { coin: base, coinsPerBase: 1 }
    : { coin, coinsPerBase: Number(bundle) };
}

/** One coin on one KRW venue against one USDT venue. Shares: 0.012 = +1.2 %. NaN: not known. */
export interface PremiumRow {
  readonly coin: string;
  readonly krw: InstrumentId;
  readonly usdt: InstrumentId;
  readonly krwPrice: number;
  readonly usdtPrice: number;
  /** Last prices, official dollar. */
  readonly official: number;
  /** Last prices, the KRW venue's own USDT price. */
  readonly tether: number;
  /** Buying abroad and selling here at the chosen notional through both books, fees included, official dollar. */
  readonly executableIn: number;
  /** Buying here and selling abroad. */
  readonly executableOut: number;
  /** Of the notional asked for, how much both visible books hold, 0…1. */
  readonly filledShare: number;
  /** Wall time of the oldest figure in it. */
  readonly oldestAt: number;
  /** What makes it stale: a leg's instrument, or `fx`; `undefined` while all are fresh. */
  readonly staleLeg?: string;
  /** `official` once a minute over the last hour, oldest first; NaN where it was not known. */
  readonly history: readonly number[];
}

/** Sent once a second. */
export interface PremiumView {
  /** Engine wall time, ms epoch. */
  readonly asOf: number;
  readonly fx: FxRate;
  /** KRW for one USDT on the KRW venue of the rows; NaN while unknown. */
  readonly krwPerUsdt: Readonly<Record<string, number>>;
  readonly notionalKrw: number;
  readonly rows: readonly PremiumRow[];
}
