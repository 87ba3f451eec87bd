import type { ContractClient } from '#shared/contract/client.ts';
import { type InstrumentId, type VenueId, venueOf } from '#shared/domain/instrument.ts';
import type { ScannedVenue, ScannerColumns, ScannerView } from '#shared/domain/scanner.ts';
import { openWatch, type Watching } from './watched.ts';

/** One row of the scanner. NaN: not known. See `ScannerColumns`. */
export type ScanFigures = { readonly [Column in Exclude<keyof ScannerColumns, 'instruments'>]: number } & {
  readonly instrument: InstrumentId;
};

export interface Scanned {
  readonly venues: readonly ScannedVenue[];
  /** By venue, in the venue's order. */
  readonly rows: ReadonlyMap<VenueId, readonly ScanFigures[]>;
}

/** Every instrument of every venue, while it is open. */
export function openScanner(client: ContractClient): Watching<Scanned> {
  return openWatch(client, 'scanner', {}, joinScan);
}

/** Venues that were read anew take the place of what is held of them; one the engine no longer names is gone. */
export function joinScan(held: Scanned | undefined, update: ScannerView): Scanned {
  const present = new Set(update.venues.map(({ venue }) => venue));
  const rows = new Map<VenueId, readonly ScanFigures[]>();
  const renewed = new Set(update.renewed);
  for (const [venue, known] of held?.rows ?? []) {
    if (present.has(venue) && !renewed.has(venue)) rows.set(venue, known);
  }
  const told = new Map<VenueId, ScanFigures[]>();
  for (const [at, instrument] of update.rows.instruments.entries()) {
    const venue = venueOf(instrument);
    const figures = told.get(venue) ?? [];
    figures.push(figuresAt(update.rows, at, instrument));
    told.set(venue, figures);
  }
  for (const venue of renewed) if (present.has(venue)) rows.set(venue, told.get(venue) ?? []);
  return { venues: update.venues, rows };
}

function figuresAt(columns: ScannerColumns, at: number, instrument: InstrumentId): ScanFigures {
  const of = (column: Float64Array) => column[at] ?? Number.NaN;
  return {
    instrument,
    last: of(columns.last),
    change: of(columns.change),
    quoteVolume: of(columns.quoteVolume),
    usdVolume: of(columns.usdVolume),
    move5: of(columns.move5),
    move15: of(columns.move15),
    move60: of(columns.move60),
    fundingRate: of(columns.fundingRate),
    nextFundingTime: of(columns.nextFundingTime),
    premium: of(columns.premium),
    receivedAt: of(columns.receivedAt),
  };
}
