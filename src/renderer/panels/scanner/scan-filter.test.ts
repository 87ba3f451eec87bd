import { describe, expect, it } from 'vitest';
import { type InstrumentId, instrumentId, type VenueId, venueId } from '#shared/domain/instrument.ts';
import type { ScannerColumns, ScannerView } from '#shared/domain/scanner.ts';
import { joinScan, type ScanFigures } from '../../stores/scanner.ts';
import { nextScanSort, scanColumnsForWidth, scanColumnsIn, scanSortIn } from './scan-columns.ts';
import { filterIn, filterRows, NO_FILTER, quotesOf, type ScanFacts, sortScan } from './scan-filter.ts';

const venueNames = ['binance', 'upbit'].map(venueId) as [VenueId, VenueId];
const NONE: ScanFacts = { get: () => undefined, found: undefined };

function columns(figures: Readonly<Record<string, number>>): ScannerColumns {
  const of = (value: number) => Float64Array.from(Object.keys(figures), () => value);
  return {
    instruments: Object.keys(figures).map(instrumentId),
    last: of(1),
    change: of(Number.NaN),
    quoteVolume: of(1),
    usdVolume: Float64Array.from(Object.values(figures)),
    move5: of(Number.NaN),
    move15: of(Number.NaN),
    move60: of(Number.NaN),
    fundingRate: of(Number.NaN),
    nextFundingTime: of(Number.NaN),
    premium: of(Number.NaN),
    receivedAt: of(5),
  };
}

function view(
  renewed: readonly VenueId[],
  figures: Readonly<Record<string, number>>,
  present = venueNames,
): ScannerView {
  return {
    asOf: 5,
    venues: present.map((venue) => ({
      venue,
      state: 'read',
      readAt: 5,
      sampledSince: 5,
      triesAgainAt: Number.NaN,
      unread: 0,
    })),
    renewed,
    rows: columns(figures),
  };
}

const names = (rows: readonly ScanFigures[]) => rows.map(({ instrument }) => instrument);
const whole = joinScan(
  undefined,
  view(venueNames, {
    'binance:BTC-USDT-PERP': 900,
    'binance:ETH-USDT-PERP': Number.NaN,
    'binance:BTC-USDC-PERP': 20,
    'upbit:BTC-KRW': 300,
    'upbit:ETH-BTC': 1,
  }),
);

describe('what the scanner holds', () => {
  it('is replaced venue by venue: what one no longer lists goes, what another told stays', () => {
    const after = joinScan(whole, view([venueNames[1]], { 'upbit:XRP-KRW': 7 }));
    expect([...after.rows].map(([venue, rows]) => [venue, names(rows)])).toEqual([
      ['binance', ['binance:BTC-USDT-PERP', 'binance:ETH-USDT-PERP', 'binance:BTC-USDC-PERP']],
      ['upbit', ['upbit:XRP-KRW']],
    ]);
    const without = joinScan(whole, view([], {}, [venueNames[1], venueNames[1]]));
    expect([...without.rows.keys()]).toEqual(['upbit']);
  });
});

describe('the filter', () => {
  const passed = (patch: object, facts = NONE) =>
    names(filterRows(whole.rows, { ...NO_FILTER, ...patch }, facts));

  it('takes venue, quote, kind of market, least volume and text together', () => {
    const found = new Set<InstrumentId>([
      instrumentId('upbit:BTC-KRW'),
      instrumentId('binance:BTC-USDC-PERP'),
    ]);
    expect([
      passed({}).length,
      passed({ venues: ['upbit'] }),
      passed({ quotes: ['USDC', 'KRW'] }),
      passed({ kind: 'spot', quotes: ['BTC'] }),
      passed({ minUsdVolume: 100 }),
      passed({ kind: 'contract' }, { ...NONE, found }),
    ]).toEqual([
      5,
      ['upbit:BTC-KRW', 'upbit:ETH-BTC'],
      ['binance:BTC-USDC-PERP', 'upbit:BTC-KRW'],
      ['upbit:ETH-BTC'],
      ['binance:BTC-USDT-PERP', 'upbit:BTC-KRW'],
      ['binance:BTC-USDC-PERP'],
    ]);
  });

  it('offers the quote coins there are, most frequent first', () => {
    expect(quotesOf(whole.rows, NONE)).toEqual(['USDT', 'USDC', 'KRW', 'BTC']);
  });

  it('reads what a layout kept, and takes nonsense for no filter', () => {
    expect([
      filterIn({ venues: ['upbit', 7], quotes: 'KRW', kind: 'options', minUsdVolume: -1 }),
      filterIn({ kind: 'spot', minUsdVolume: 1e6 }),
      scanSortIn({ sort: 'constructor', descending: 1 }),
      scanSortIn({ sort: 'move5', descending: true }),
      scanColumnsIn({ columns: ['premium', 'nonsense', 'last'] }),
      scanColumnsIn({ columns: 'last' }),
    ]).toEqual([
      { venues: ['upbit'], quotes: [], kind: 'all', minUsdVolume: 0 },
      { venues: [], quotes: [], kind: 'spot', minUsdVolume: 1e6 },
      { by: 'usdVolume', descending: true },
      { by: 'move5', descending: true },
      ['last', 'premium'],
      undefined,
    ]);
  });
});

describe('the order', () => {
  it('has unknown figures last either way', () => {
    const all = filterRows(whole.rows, NO_FILTER, NONE);
    const volumes = (descending: boolean) =>
      sortScan(all, { by: 'usdVolume', descending }).map(({ usdVolume }) => usdVolume);
    expect([volumes(true), volumes(false)]).toEqual([
      [900, 300, 20, 1, Number.NaN],
      [1, 20, 300, 900, Number.NaN],
    ]);
  });

  it('begins with the largest figure and the first name, and turns round', () => {
    const first = nextScanSort({ by: 'usdVolume', descending: true }, 'move5');
    const byName = nextScanSort(first, 'name');
    expect([first, nextScanSort(first, 'move5'), byName]).toEqual([
      { by: 'move5', descending: true },
      { by: 'move5', descending: false },
      { by: 'name', descending: false },
    ]);
  });

  it('shows as many columns as there is room for, the volume and the day’s change always', () => {
    const widths = [900, 420, 200];
    expect(widths.map((width) => scanColumnsForWidth(width).length)).toEqual([8, 4, 2]);
    expect(scanColumnsForWidth(0)).toEqual(['change', 'usdVolume']);
  });
});
