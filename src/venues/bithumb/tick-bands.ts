import type { TickBand } from '#shared/domain/instrument.ts';

/** Price steps of won markets, lowest band first. */
const KRW: readonly TickBand[] = [
  { from: '0', tick: '0.0001' },
  { from: '1', tick: '0.001' },
  { from: '10', tick: '0.01' },
  { from: '100', tick: '1' },
  { from: '5000', tick: '5' },
  { from: '10000', tick: '10' },
  { from: '50000', tick: '50' },
  { from: '100000', tick: '100' },
  { from: '500000', tick: '500' },
  { from: '1000000', tick: '1000' },
];

export interface MarketTerms {
  /** Lowest first. */
  readonly bands: readonly TickBand[];
  /** Smallest order in the market's money, where it is known. */
  readonly minNotional?: string;
}

/** What holds for all instruments of one market, by the money it trades in. */
export const TERMS: ReadonlyMap<string, MarketTerms> = new Map<string, MarketTerms>([
  ['KRW', { bands: KRW, minNotional: '5000' }],
  ['BTC', { bands: [{ from: '0', tick: '0.00000001' }] }],
]);
