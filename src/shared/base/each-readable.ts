import { Misshapen } from './wire.ts';

/**
 * Reads the rows of a long list one by one: a row that is misshapen is counted and takes no other with it; `undefined`
 * is a row that is none of ours. Throws `Misshapen` when there were rows of ours and none could be read: then the
 * shape is another, not the row.
 */
export function eachReadable<Row>(
  rows: readonly unknown[],
  read: (row: unknown) => readonly Row[] | undefined,
): { readonly rows: readonly Row[]; readonly unread: number } {
  const readable: Row[] = [];
  let unread = 0;
  let first: Misshapen | undefined;
  for (const row of rows) {
    try {
      const told = read(row);
      if (told) readable.push(...told);
    } catch (fault) {
      if (!(fault instanceof Misshapen)) throw fault;
      first ??= fault;
      unread += 1;
    }
  }
  if (first && readable.length === 0) throw first;
  return { rows: readable, unread };
}
