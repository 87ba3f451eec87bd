import type { RowsUpdate } from '#shared/contract/account-views.ts';
import type { WatchSource } from '#shared/contract/api.ts';

/**
 * What of a table changed since the last take: first all of it, then rows that are other objects than before, and keys
 * that are gone. `more` goes along with each update, and makes one by itself when its text changed.
 */
export function createRowsSource<Row, More extends object>(options: {
  readonly rows: () => ReadonlyMap<string, Row>;
  readonly more: () => More;
  readonly onDispose: () => void;
}): WatchSource<RowsUpdate<Row> & More> {
  let sent: ReadonlyMap<string, Row> | undefined;
  let sentMore = '';
  return {
    take() {
      const now = options.rows();
      const more = options.more();
      const text = JSON.stringify(more);
      const rows = [...now].flatMap(([key, row]) => (sent?.get(key) === row ? [] : [row]));
      const removed = sent ? [...sent.keys()].filter((key) => !now.has(key)) : [];
      const restart = sent === undefined;
      if (!restart && rows.length === 0 && removed.length === 0 && text === sentMore) return undefined;
      sent = now;
      sentMore = text;
      return { restart, rows, removed, ...more };
    },
    dispose: options.onDispose,
  };
}
