import { type Instrument, instrumentName } from '#shared/domain/instrument.ts';
import { hangulToKeys } from '../../ui/hangul-keys.ts';

const SHORTEST_VENUE = 3;

/** Instruments whose name holds what was typed (dashes and case aside), best first, at most `limit`. */
export function matchInstruments(
  instruments: Iterable<Instrument>,
  typed: string,
  limit: number,
): readonly Instrument[] {
  const query = plain(hangulToKeys(typed));
  const ranked: { readonly instrument: Instrument; readonly rank: number }[] = [];
  for (const instrument of instruments) {
    const rank = rankOf(instrument, query);
    if (rank !== undefined) ranked.push({ instrument, rank });
  }
  // The sort is stable: within a rank the engine's order (most traded first) stands.
  ranked.sort((one, other) => one.rank - other.rank);
  return ranked.slice(0, limit).map(({ instrument }) => instrument);
}

function rankOf(instrument: Instrument, query: string): number | undefined {
  if (query === '') return 0;
  const base = plain(instrument.base);
  if (base === query) return 0;
  if (base.startsWith(query)) return 1;
  const name = plain(instrumentName(instrument.id));
  if (name.startsWith(query)) return 2;
  if (name.includes(query)) return 3;
  // One letter of a venue's name would find all it lists.
  return query.length >= SHORTEST_VENUE && plain(instrument.id).includes(query) ? 4 : undefined;
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}
