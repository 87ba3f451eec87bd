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
 */
export function pruneCandles(
  database: Database,
  bounds: { readonly maxBytes: number; readonly maxPerSeries: number },
): Pruned {
  let removedCandles = 0;
  let removedSeries = 0;
  const cut = database.prepare(
    'delete from candles where series = ? and open_time < ' +
      '(select open_time from candles where series = ? order by open_time desc limit 1 offset ?)',
  );
  const drop = database.prepare('delete from candles where series = ?');
  const forget = database.prepare('delete from series where id = ?');
  database.transaction(() => {
    const all = database
      .prepare(
        'select id, (select count(*) from candles where series = id) as count from series order by used_at',
      )
      .all() as { readonly id: number; count: number }[];
    for (const series of all) {
      if (series.count <= bounds.maxPerSeries) continue;
      // `offset` n names the (n+1)th newest, and what is older goes.
      removedCandles += cut.run(series.id, series.id, bounds.maxPerSeries - 1).changes;
      series.count = bounds.maxPerSeries;
    }
    let excess = usedBytes(database) - bounds.maxBytes;
    for (const series of all) {
      if (excess <= 0) break;
      const kept = Math.floor(series.count * (1 - SHARE));
      const isWhole = kept < LEAST;
      const removed = isWhole ? drop.run(series.id).changes : cut.run(series.id, series.id, kept - 1).changes;
      if (isWhole) removedSeries += forget.run(series.id).changes;
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
