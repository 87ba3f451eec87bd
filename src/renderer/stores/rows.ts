import type { RowsUpdate } from '#shared/contract/account-views.ts';

export type Rows<Row> = ReadonlyMap<string, Row>;

/** What is held with what came: a restart replaces all, so that nothing of before a reconnect stays behind. */
export function joinRows<Row>(
  held: Rows<Row> | undefined,
  { restart, rows, removed }: RowsUpdate<Row>,
  keyOf: (row: Row) => string,
): Rows<Row> {
  const joined = new Map(restart ? [] : held);
  for (const key of removed) joined.delete(key);
  for (const row of rows) joined.set(keyOf(row), row);
  return joined;
}
