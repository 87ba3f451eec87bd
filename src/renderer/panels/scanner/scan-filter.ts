import type { Instrument, InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { ScanFigures } from '../../stores/scanner.ts';
import type { PanelParams } from '../../workspace/panel-params.ts';
import { sortedBy } from '../watchlist/watch-columns.ts';
import type { ScanColumn, ScanSort } from './scan-columns.ts';

/** What of all instruments is wanted. Empty or `undefined`: whatever it is. */
export interface ScanFilter {
  readonly venues: readonly string[];
  readonly quotes: readonly string[];
  readonly kind: 'all' | 'spot' | 'contract';
  /** US dollars within 24 h. */
  readonly minUsdVolume: number;
  readonly text: string;
}

export const NO_FILTER: ScanFilter = { venues: [], quotes: [], kind: 'all', minUsdVolume: 0, text: '' };

/** As a layout kept it; nonsense is no filter. The text is not kept: it is a question of the moment. */
export function filterIn(params: PanelParams): Omit<ScanFilter, 'text'> {
  const { venues, quotes, kind, minUsdVolume } = params;
  return {
    venues: texts(venues),
    quotes: texts(quotes),
    kind: kind === 'spot' || kind === 'contract' ? kind : 'all',
    minUsdVolume:
      typeof minUsdVolume === 'number' && minUsdVolume > 0 && Number.isFinite(minUsdVolume)
        ? minUsdVolume
        : 0,
  };
}

function texts(kept: unknown): readonly string[] {
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, 50) : [];
}

/** What is known of an instrument beside its figures. */
export interface ScanFacts {
  get(instrument: InstrumentId): Pick<Instrument, 'kind' | 'quote'> | undefined;
  /** Instruments that hold the text typed; `undefined`: nothing is typed. */
  readonly found: ReadonlySet<InstrumentId> | undefined;
}

export function filterRows(
  rows: ReadonlyMap<VenueId, readonly ScanFigures[]>,
  filter: ScanFilter,
  facts: ScanFacts,
): readonly ScanFigures[] {
  const { venues, quotes, kind, minUsdVolume } = filter;
  const shown: ScanFigures[] = [];
  for (const [venue, told] of rows) {
    if (venues.length > 0 && !venues.includes(venue)) continue;
    for (const row of told) {
      if (facts.found && !facts.found.has(row.instrument)) continue;
      const parts = facts.get(row.instrument) ?? partsOf(row.instrument);
      if (quotes.length > 0 && !quotes.includes(parts.quote)) continue;
      if (kind !== 'all' && (parts.kind === 'spot') !== (kind === 'spot')) continue;
      // What is not known is not enough.
      if (minUsdVolume > 0 && !(row.usdVolume >= minUsdVolume)) continue;
      shown.push(row);
    }
  }
  return shown;
}

/** Unknown figures last either way; equal ones in the order of the venues. */
export function sortScan(rows: readonly ScanFigures[], { by, descending }: ScanSort): readonly ScanFigures[] {
  return sortedBy(
    rows,
    (row) => (by === 'name' ? instrumentName(row.instrument) : scanValue(row, by)),
    descending,
  );
}

/** `age`: the oldest first, when descending. */
function scanValue(row: ScanFigures, column: ScanColumn): number {
  return column === 'age' ? -row.receivedAt : row[column];
}

/** Quote coins by how many instruments have them, most first. */
export function quotesOf(
  rows: ReadonlyMap<VenueId, readonly ScanFigures[]>,
  facts: ScanFacts,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const told of rows.values()) {
    for (const { instrument } of told) {
      const { quote } = facts.get(instrument) ?? partsOf(instrument);
      counts.set(quote, (counts.get(quote) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([quote]) => quote);
}

function partsOf(instrument: InstrumentId): Pick<Instrument, 'kind' | 'quote'> {
  const [, quote = '', end] = instrumentName(instrument).split('-');
  return { quote, kind: end === undefined ? 'spot' : end === 'PERP' ? 'perpetual' : 'future' };
}
