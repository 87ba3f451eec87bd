import type { Coin } from '../coins.ts';

/** How accounts are run at one venue. */
export interface DeskRules {
  /** By the category's name in the façade's `markets`. */
  readonly categories: Readonly<Record<string, CategoryRules>>;
  /** What accounts are opened with, mostly: `USDT`, `KRW`. Positions are settled in it. */
  readonly cash: string;
  /** How long its keys and secrets are. */
  readonly keyLength: number;
  readonly secretLength: number;
  /** Keys end this long after they were made; absent: never. */
  readonly keyLifeMs?: number;
}

/** Decimal texts; rates are shares: `'0.0005'` is 0.05 %. */
export interface CategoryRules {
  readonly kind: 'spot' | 'derivatives';
  readonly makerFee: string;
  readonly takerFee: string;
  /** Spot: whether a fee is in quote on both sides, or in what was received. Derivatives: always in quote. */
  readonly feeIn: 'quote' | 'received';
  /** Default: what the coin says. Reduce-only orders are exempt. */
  readonly minNotional?: string;
  /** Open orders of an account in one instrument, and those that wait for a trigger. Default: any number. */
  readonly maxOpen?: number;
  readonly maxConditional?: number;
  /** What triggers are compared with where a draft does not say. */
  readonly triggerBy: 'mark' | 'last';
  /** How far from the best price a market order goes at most: `'0.05'`. Default: as far as there is a book. */
  readonly marketBound?: string;
  /** How far from the mark price a limit may be on the wrong side: `'0.9'`. Default: any distance. */
  readonly priceBound?: string;
  /** What happens when an order meets one of the same account. */
  readonly selfTrade: 'allowed' | 'maker-expires';
  /** Derivatives. */
  readonly maxLeverage?: number;
  readonly defaultLeverage?: number;
  /** Of the notional. */
  readonly maintenanceRate?: string;
  /** Name its funding rate is drawn by (see `fundingRateAt`); `undefined`: it has none. */
  fundingName?(coin: Coin): string | undefined;
}
