import type { ReactNode } from 'react';
import { compareDecimals } from '../../../ui/compare-decimals.ts';

/** What rows are put in order by. `undefined` values come last either way. */
export type SortBy<Row> =
  | { readonly kind: 'text'; readonly of: (row: Row) => string | undefined }
  /** Decimal texts, compared digit by digit. */
  | { readonly kind: 'decimal'; readonly of: (row: Row) => string | undefined }
  | { readonly kind: 'time'; readonly of: (row: Row) => number | undefined };

export interface Column<Row> {
  readonly id: string;
  /** Grid track: `minmax(90px, 1fr)`. */
  readonly track: string;
  readonly align?: 'start';
  /** Absent: not sorted by. */
  readonly by?: SortBy<Row>;
  readonly cell: (row: Row) => ReactNode;
}

/** `undefined`: as the table gives them. */
export type Sorting = { readonly by: string; readonly descending: boolean } | undefined;

/** Figures and times begin with the largest, names with A; then the other way round; then as before. */
export function nextSorting<Row>(now: Sorting, column: Column<Row>): Sorting {
  const first = column.by?.kind !== 'text';
  if (now?.by !== column.id) return { by: column.id, descending: first };
  return now.descending === first ? { by: column.id, descending: !first } : undefined;
}

/** Equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting,
): readonly Row[] {
  const by = columns.find(({ id }) => id === sorting?.by)?.by;
  if (sorting === undefined || by === undefined) return rows;
  const turn = sorting.descending ? -1 : 1;
  const ordered = (compare: (one: Row, other: Row) => number) => rows.toSorted(compare);
  switch (by.kind) {
    case 'text':
      return ordered((one, other) =>
        last(by.of(one), by.of(other), (a, b) => a.localeCompare(b, 'en') * turn),
      );
    case 'decimal':
      return ordered((one, other) => last(by.of(one), by.of(other), (a, b) => compareDecimals(a, b) * turn));
    case 'time':
      return ordered((one, other) => last(by.of(one), by.of(other), (a, b) => (a - b) * turn));
  }
}

function last<Value>(
  one: Value | undefined,
  other: Value | undefined,
  compare: (one: Value, other: Value) => number,
): number {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return compare(one, other);
}
