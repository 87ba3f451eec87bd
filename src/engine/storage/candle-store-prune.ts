import type { Database } from './database.ts';

export interface Pruned {
  readonly removedCandles: number;
  readonly removedSeries: number;
}

/** Half of a series goes at a time, so that room lasts. */
const SHARE = 0.5;
/** A series shorter than this goes whole. */
const LEAST = 100;
/** Bytes one candle takes in the file, pages included; measured over 100,000 minutes. */
const BYTES_PER_CANDLE = 65;

/**
 * Keeps the file within bounds: the oldest candles of a series longer than `maxPerSeries` go, and while all together
 * exceed `maxBytes`, the oldest of the series longest unused. The file itself does not shrink; what is free is used again.
 * Of lengths only those of `written` are looked at, and of the others only what has to make room: counting a full file
 * takes a second, and nothing else runs meanwhile.
 */
export function pruneCandles(
  database: Database,
  bounds: { readonly maxBytes: number; readonly maxPerSeries: number },
  /** Ids of the series that grew since the last time. */
  written: Iterable<number>,
): Pruned {
  let removedCandles = 0;
  let removedSeries = 0;
  const cut = database.prepare(
    'delete from candles where series = ? and open_time < ' +
      '(select open_time from candles where series = ? order by open_time desc limit 1 offset ?)',
  );
  const drop = database.prepare('delete from candles where series = ?');
  const forget = database.prepare('delete from series where id = ?');
  const length = database.prepare('select count(*) from candles where series = ?').pluck();
  database.transaction(() => {
    // `offset` n names the (n+1)th newest, and what is older goes.
    for (const id of written) removedCandles += cut.run(id, id, bounds.maxPerSeries - 1).changes;
    let excess = usedBytes(database) - bounds.maxBytes;
    if (excess <= 0) return;
    const all = database.prepare('select id from series order by used_at').pluck().all() as number[];
    for (const id of all) {
      if (excess <= 0) break;
      const kept = Math.floor(Number(length.get(id)) * (1 - SHARE));
      const isWhole = kept < LEAST;
      const removed = isWhole ? drop.run(id).changes : cut.run(id, id, kept - 1).changes;
      if (isWhole) removedSeries += forget.run(id).changes;
      removedCandles += removed;
      excess -= removed * BYTES_PER_CANDLE;
    }
  })();
  return { removedCandles, removedSeries };
}

function usedBytes(database: Database): number {
  const [pages, free, pageBytes] = ['page_count', 'freelist_count', 'page_size'].map((name) =>
    Number(database.pragma(name, { simple: true })),
  );
  return ((pages ?? 0) - (free ?? 0)) * (pageBytes ?? 0);
}
