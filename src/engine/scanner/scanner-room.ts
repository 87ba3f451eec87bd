import type { Clock } from '#shared/base/clock.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { SCAN_STALE_AFTER_MS, type ScannerColumns, type ScannerView } from '#shared/domain/scanner.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Fx } from '../premium/fx.ts';
import type { Room } from '../room.ts';
import { type CrossRates, crossRates } from './cross-rates.ts';
import { createRowFigures } from './row-figures.ts';
import { createVenueScan, type ScanRow, type VenueScan } from './scan-venue.ts';

const MINUTE_MS = 60_000;

export interface ScannerRoom extends Room<never, 'scanner' | 'rowFigures'> {
  /** Once a second. */
  second(): void;
  dispose(): void;
}

/** All instruments of all venues, by their figures. Nothing is read while nobody looks. */
export function createScannerRoom(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly fx: Pick<Fx, 'rate' | 'isStale'>;
}): ScannerRoom {
  const { clock, markets, fx } = options;
  const scans = new Map<VenueId, VenueScan>();
  const watchers = new Set<(venue: VenueId) => void>();
  const tell = (venue: VenueId) => {
    for (const watcher of watchers) watcher(venue);
  };
  const rates = () => {
    const now = clock.now();
    return fx.isStale(now) ? Number.NaN : fx.rate().krwPerUsd;
  };
  const figures = createRowFigures({
    clock,
    markets,
    krwPerUsd: rates,
    scanned: () => believable(clock.now()),
  });

  const stopWatching = markets.watchEach((market) => {
    const { id } = market.venue;
    const scan = createVenueScan({ market, clock, onChange: () => tell(id) });
    scans.set(id, scan);
    tell(id);
    return () => {
      scan.dispose();
      scans.delete(id);
      tell(id);
    };
  });

  function* believable(now: number): Iterable<ScanRow> {
    for (const { rows } of scans.values()) {
      for (const row of rows.values()) if (now - row.receivedAt <= SCAN_STALE_AFTER_MS) yield row;
    }
  }

  function watch(_: object, changed: () => void): WatchSource<ScannerView> {
    const dirty = new Set<VenueId>(scans.keys());
    const watcher = (venue: VenueId) => {
      dirty.add(venue);
      changed();
    };
    watchers.add(watcher);
    for (const scan of scans.values()) scan.second();
    return {
      take() {
        if (dirty.size === 0) return undefined;
        const renewed = [...dirty];
        dirty.clear();
        const now = clock.now();
        const cross = crossRates(believable(now), rates());
        const rows = renewed.flatMap((venue) => {
          const scan = scans.get(venue);
          return scan ? [...scan.rows.values()].map((row) => ({ row, scan })) : [];
        });
        return {
          asOf: now,
          venues: [...scans.values()].map((scan) => scan.status()),
          renewed,
          rows: columnsOf(rows, cross),
        };
      },
      dispose() {
        watchers.delete(watcher);
      },
    };
  }

  return {
    requests: {},
    watches: { scanner: watch, rowFigures: figures.watch },
    second() {
      figures.second();
      if (watchers.size === 0) return;
      for (const scan of scans.values()) scan.second();
    },
    dispose() {
      stopWatching();
      figures.dispose();
    },
  };
}

function columnsOf(
  rows: readonly { readonly row: ScanRow; readonly scan: VenueScan }[],
  cross: CrossRates,
): ScannerColumns {
  const column = (pick: (row: ScanRow, scan: VenueScan) => number) =>
    Float64Array.from(rows, ({ row, scan }) => pick(row, scan));
  return {
    instruments: rows.map(({ row }) => row.instrument.id),
    last: column(({ last }) => last),
    change: column(({ last, open }) => last / open - 1),
    quoteVolume: column(({ quoteVolume }) => quoteVolume),
    usdVolume: column((row) => cross.usdVolume(row)),
    move5: column((row, scan) => scan.move(row, 5 * MINUTE_MS)),
    move15: column((row, scan) => scan.move(row, 15 * MINUTE_MS)),
    move60: column((row, scan) => scan.move(row, 60 * MINUTE_MS)),
    fundingRate: column(({ fundingRate }) => fundingRate),
    nextFundingTime: column(({ nextFundingTime }) => nextFundingTime),
    premium: column((row) => cross.premium(row)),
    receivedAt: column(({ receivedAt }) => receivedAt),
  };
}
