import type { PremiumRow } from '#shared/domain/premium.ts';

const SORTABLE = [
  'coin',
  'krw',
  'usdt',
  'krwPrice',
  'usdtPrice',
  'official',
  'tether',
  'executableIn',
  'executableOut',
  'filledShare',
  'oldestAt',
] as const;
export type SortKey = (typeof SORTABLE)[number];

/** `undefined`: in the engine's order. */
export type Sorting = { readonly by: SortKey; readonly descending: boolean } | undefined;

const TEXTS: ReadonlySet<SortKey> = new Set(['coin', 'krw', 'usdt']);

/** Figures begin with the largest, names with A; then the other way round; then as before. */
export function nextSorting(now: Sorting, by: SortKey): Sorting {
  const first = !TEXTS.has(by);
  if (now?.by !== by) return { by, descending: first };
  return now.descending === first ? { by, descending: !first } : undefined;
}

/** What is not known comes last either way. Equal rows keep their order. */
export function sortRows(rows: readonly PremiumRow[], sorting: Sorting): readonly PremiumRow[] {
  if (sorting === undefined) return rows;
  const { by, descending } = sorting;
  return rows.toSorted((one, other) => {
    const a = one[by];
    const b = other[by];
    if (typeof a === 'string' || typeof b === 'string') {
      return String(a).localeCompare(String(b), 'en') * (descending ? -1 : 1);
    }
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return (a - b) * (descending ? -1 : 1);
  });
}
