import { expect, it } from 'vitest';
import type { VenueId } from '#shared/domain/instrument.ts';
import { rejectionKind } from './rejection-kind.ts';

it('tells what a venue refused an order for, and of what it does not know that it does not', () => {
  const told = (
    [
      ['binance', '-2019'],
      ['binance', '-5022'],
      ['bybit', '110007'],
      ['bybit', 'EC_PostOnlyWillTakeLiquidity'],
      ['upbit', 'insufficient_funds_bid'],
      ['upbit', 'under_min_total_ask'],
      ['bithumb', 'cross_trading'],
      ['binance', '-9999'],
      ['ccxt:kraken', '-2019'],
    ] as const
  ).map(([venue, code]) => rejectionKind(venue as VenueId, code));
  expect(told).toEqual([
    'funds',
    'post-only',
    'funds',
    'post-only',
    'funds',
    'least',
    'self',
    'other',
    'other',
  ]);
});
