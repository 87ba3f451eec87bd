import { expect, it } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { PremiumRow } from '#shared/domain/premium.ts';
import { nextSorting, type Sorting, sortRows } from './sort-rows.ts';

const rows = [
  ['BTC', 0.01],
  ['ADA', Number.NaN],
  ['XRP', -0.02],
  ['ETH', 0.03],
].map(
  ([coin, official]): PremiumRow => ({
    coin: String(coin),
    krw: instrumentId(`upbit:${coin}-KRW`),
    usdt: instrumentId(`binance:${coin}-USDT-PERP`),
    krwPrice: 1,
    usdtPrice: 1,
    official: Number(official),
    tether: 0,
    executableIn: 0,
    executableOut: 0,
    filledShare: 1,
    oldestAt: 0,
    history: [],
  }),
);
const order = (sorting: Sorting) =>
  sortRows(rows, sorting)
    .map(({ coin }) => coin)
    .join(' ');

it('sorts either way with the unknown last, and leaves equal rows where they were', () => {
  expect([
    order(undefined),
    order({ by: 'official', descending: true }),
    order({ by: 'official', descending: false }),
    order({ by: 'coin', descending: false }),
    order({ by: 'tether', descending: true }),
  ]).toEqual(['BTC ADA XRP ETH', 'ETH BTC XRP ADA', 'XRP BTC ETH ADA', 'ADA BTC ETH XRP', 'BTC ADA XRP ETH']);
});

it('turns a column round, then lets go of it; figures begin with the largest', () => {
  const first = nextSorting(undefined, 'official');
  const second = nextSorting(first, 'official');
  expect([first, second, nextSorting(second, 'official'), nextSorting(second, 'coin')]).toEqual([
    { by: 'official', descending: true },
    { by: 'official', descending: false },
    undefined,
    { by: 'coin', descending: false },
  ]);
});
