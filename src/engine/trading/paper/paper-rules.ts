import type { VenueId } from '#shared/domain/instrument.ts';

/** How a paper account is charged in one kind of market. Fees: shares of the notional, decimal text. */
export interface PaperRules {
  readonly kind: 'spot' | 'derivatives';
  readonly makerFee: string;
  readonly takerFee: string;
  /** Spot: whether a fee is in quote on both sides, or in what was received. Derivatives: always in quote. */
  readonly feeIn: 'quote' | 'received';
}

/** Of every position, cross margin: notional at entry over this is held. */
export const PAPER_LEVERAGE = '10';
/** Share of the notional at mark that has to be left of an account's money; below it everything is closed at mark. */
export const PAPER_MAINTENANCE = '0.005';
/** How far from the best price a triggered market order goes at most, as the large venues do. */
export const PAPER_MARKET_REACH = '0.05';

/** Basic tier of each venue without any discount, as its fee page and sheet say. */
const FEES: Readonly<Record<string, Partial<Record<PaperRules['kind'], PaperRules>>>> = {
  binance: {
    derivatives: { kind: 'derivatives', makerFee: '0.0002', takerFee: '0.0005', feeIn: 'quote' },
  },
  bybit: {
    derivatives: { kind: 'derivatives', makerFee: '0.0002', takerFee: '0.00055', feeIn: 'quote' },
    spot: { kind: 'spot', makerFee: '0.001', takerFee: '0.001', feeIn: 'received' },
  },
  upbit: { spot: { kind: 'spot', makerFee: '0.0005', takerFee: '0.0005', feeIn: 'quote' } },
  bithumb: { spot: { kind: 'spot', makerFee: '0.0025', takerFee: '0.0025', feeIn: 'quote' } },
};
/** Where nothing is known: more than most take. */
const OTHERWISE = '0.001';

export function paperRules(venue: VenueId, kind: PaperRules['kind']): PaperRules {
  return FEES[venue]?.[kind] ?? { kind, makerFee: OTHERWISE, takerFee: OTHERWISE, feeIn: 'quote' };
}

/** What a paper account begins with: one hundred thousand dollars, or one hundred million won. */
export function paperStart(venue: VenueId): { readonly currency: string; readonly quantity: string } {
  return venue === 'upbit' || venue === 'bithumb'
    ? { currency: 'KRW', quantity: '100000000' }
    : { currency: 'USDT', quantity: '100000' };
}
