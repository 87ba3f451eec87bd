import type { PanelParams } from '../../workspace/panel-params.ts';

/** What can stand beside the name. */
export const WATCH_COLUMNS = [
  'spark',
  'last',
  'change',
  'high',
  'low',
  'volume',
  'mark',
  'funding',
  'premium',
  'spread',
  'age',
] as const;
export type WatchColumn = (typeof WATCH_COLUMNS)[number];

/** What rows can be sorted by. */
export type WatchKey = 'name' | Exclude<WatchColumn, 'spark'>;

/** `undefined`: the person's own order. */
export type WatchSort = { readonly by: WatchKey; readonly descending: boolean } | undefined;

/** Least widths, CSS px. */
export const COLUMN_WIDTHS: Readonly<Record<WatchColumn, number>> = {
  spark: 52,
  last: 78,
  change: 58,
  high: 78,
  low: 78,
  volume: 58,
  mark: 78,
  funding: 66,
  premium: 62,
  spread: 58,
  age: 54,
};
export const NAME_WIDTH = 92;

const NARROW: readonly WatchColumn[] = ['last', 'change'];
const WIDE: readonly WatchColumn[] = ['spark', 'last', 'change'];
const WIDER: readonly WatchColumn[] = ['spark', 'last', 'change', 'volume'];
const WIDE_FROM = 290;
const WIDER_FROM = 380;

/** Of a panel whose columns nobody chose. */
export function columnsForWidth(width: number): readonly WatchColumn[] {
  if (width >= WIDER_FROM) return WIDER;
  return width >= WIDE_FROM ? WIDE : NARROW;
}

/** As a layout kept them, in our order; `undefined`: nobody chose. */
export function columnsIn(params: PanelParams): readonly WatchColumn[] | undefined {
  const kept = params['columns'];
  if (!Array.isArray(kept)) return undefined;
  return WATCH_COLUMNS.filter((column) => kept.includes(column));
}

export function toggled(columns: readonly WatchColumn[], column: WatchColumn): readonly WatchColumn[] {
  return WATCH_COLUMNS.filter((one) => columns.includes(one) !== (one === column));
}

export function sortIn(params: PanelParams): WatchSort {
  const { sort, descending } = params;
  if (!isKey(sort)) return undefined;
  return { by: sort, descending: descending === true };
}

/** As it is kept with the layout. */
export function sortParams(sort: WatchSort): PanelParams {
  return { sort: sort?.by, descending: sort?.descending };
}

function isKey(text: unknown): text is WatchKey {
  return text === 'name' || (text !== 'spark' && WATCH_COLUMNS.some((column) => column === text));
}

/** Figures begin with the largest, names with A; then the other way round; then the person's own order again. */
export function nextSort(now: WatchSort, by: WatchKey): WatchSort {
  const first = by !== 'name';
  if (now?.by !== by) return { by, descending: first };
  return now.descending === first ? { by, descending: !first } : undefined;
}

/** Rows by what `read` says; unknown last either way, equal ones as they were. */
export function sortedBy<Row>(
  rows: readonly Row[],
  read: (row: Row) => number | string,
  descending: boolean,
): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: read(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (typeof a === 'string' || typeof b === 'string') return compareText(String(a), String(b)) * sign;
      if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
      return (a - b) * sign;
    })
    .map(({ row }) => row);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
