import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { ScanFigures, Scanned } from '../../stores/scanner.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { matchInstruments } from '../top-bar/match-instruments.ts';
import type { ScanSort } from './scan-columns.ts';
import { filterRows, quotesOf, type ScanFacts, type ScanFilter, sortScan } from './scan-filter.ts';

export interface ScanRows {
  readonly rows: readonly ScanFigures[];
  /** Before the filter. */
  readonly count: number;
  readonly quotes: readonly string[];
}

/**
 * What passes the filter, in order. While `isHeld`, a pointer is over the rows: figures go on changing, places do not, for
 * what is about to be clicked stays where it is.
 */
export function useScanRows(
  scanned: Scanned | undefined,
  filter: ScanFilter,
  sort: ScanSort,
  isHeld: boolean,
): ScanRows {
  const { instruments } = useDesk();
  const known = useStore(instruments.store, (state) => state.known);
  const text = filter.text.trim();
  const found = useMemo(
    () =>
      text === ''
        ? undefined
        : new Set(matchInstruments(known.values(), text, Number.POSITIVE_INFINITY).map(({ id }) => id)),
    [known, text],
  );
  const facts = useMemo<ScanFacts>(() => ({ get: (id) => known.get(id), found }), [known, found]);
  const all = scanned?.rows;
  const sorted = useMemo(
    () => (all ? sortScan(filterRows(all, filter, facts), sort) : []),
    [all, filter, facts, sort],
  );
  const quotes = useMemo(() => (all ? quotesOf(all, facts) : []), [all, facts]);
  const count = useMemo(() => [...(all?.values() ?? [])].reduce((sum, rows) => sum + rows.length, 0), [all]);

  const [kept, setKept] = useState({ filter, sort, found, rows: sorted });
  const isSameQuestion = kept.filter === filter && kept.sort === sort && kept.found === found;
  if (isHeld && isSameQuestion) return { rows: inOrderOf(kept.rows, sorted), count, quotes };
  if (kept.rows !== sorted || !isSameQuestion) setKept({ filter, sort, found, rows: sorted });
  return { rows: sorted, count, quotes };
}

/** The new figures at the old places; what is new comes last. */
function inOrderOf(before: readonly ScanFigures[], now: readonly ScanFigures[]): readonly ScanFigures[] {
  const left = new Map<InstrumentId, ScanFigures>(now.map((row) => [row.instrument, row]));
  const rows: ScanFigures[] = [];
  for (const { instrument } of before) {
    const row = left.get(instrument);
    if (!row) continue;
    rows.push(row);
    left.delete(instrument);
  }
  return [...rows, ...left.values()];
}
