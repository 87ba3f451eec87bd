import type { TickBand } from '#shared/domain/instrument.ts';

/**
 * Price steps of won markets since 2025-07-31, lowest band first (the venue's page on KRW price units; the bands between
 * 0.00001 and 1 won follow the pattern of their neighbours).
 */
const KRW: readonly TickBand[] = [
  { from: '0', tick: '0.00000001' },
  { from: '0.00001', tick: '0.0000001' },
  { from: '0.0001', tick: '0.000001' },
  { from: '0.001', tick: '0.00001' },
  { from: '0.01', tick: '0.0001' },
  { from: '0.1', tick: '0.001' },
  { from: '1', tick: '0.01' },
  { from: '10', tick: '0.1' },
  { from: '100', tick: '1' },
  { from: '5000', tick: '5' },
  { from: '10000', tick: '10' },
  { from: '50000', tick: '50' },
  { from: '100000', tick: '100' },
  { from: '500000', tick: '500' },
  { from: '1000000', tick: '1000' },
];

/** Of USDT markets: 0.01 from 10 on, a digit more for each decade below. */
const USDT: readonly TickBand[] = [
  { from: '0', tick: '0.00000001' },
  { from: '0.0001', tick: '0.0000001' },
  { from: '0.001', tick: '0.000001' },
  { from: '0.01', tick: '0.00001' },
  { from: '0.1', tick: '0.0001' },
  { from: '1', tick: '0.001' },
  { from: '10', tick: '0.01' },
];

export interface MarketTerms {
  /** Lowest first. */
  readonly bands: readonly TickBand[];
  /** Smallest order in the market's money. */
  readonly minNotional: string;
}

/** What holds for all instruments of one market, by the money it trades in. */
export const TERMS: ReadonlyMap<string, MarketTerms> = new Map([
  ['KRW', { bands: KRW, minNotional: '5000' }],
  ['BTC', { bands: [{ from: '0', tick: '0.00000001' }], minNotional: '0.00005' }],
  ['USDT', { bands: USDT, minNotional: '0.5' }],
]);
