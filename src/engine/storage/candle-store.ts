import type { Statement } from 'better-sqlite3';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import { type Interval, openTimeAt } from '#shared/domain/interval.ts';
import { PROVENANCES, type ProvenCandle } from '#shared/domain/market-data.ts';
import type { EventLog } from '../health/event-log.ts';
import { pruneCandles } from './candle-store-prune.ts';
import { CANDLE_MIGRATIONS, type CandleRow, HISTORY_FILE } from './candle-store-schema.ts';
import { type Database, openDatabase } from './database.ts';

export interface SeriesKey {
  readonly instrument: InstrumentId;
  readonly interval: Interval;
}

/** Closed candles on disk, per instrument (which names its venue) and interval. */
export interface CandleStore {
  /**
   * An unbroken run of candles, oldest first, at most `limit`: the one that ends with the newest known, or, with
   * `before`, directly before it (ms epoch, exclusive). Empty where that candle is not known.
   */
  read(key: SeriesKey, limit: number, before?: number): readonly ProvenCandle[];
  /** Kept in memory and written within a second, in one transaction. Open candles are left out. */
  put(key: SeriesKey, candles: readonly ProvenCandle[]): void;
  /** Writes what waits. A disk that refuses is logged once, and what waited is given up: the venue still has it. */
  flush(): void;
  dispose(): void;
}

export interface CandleStoreOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly maxBytes?: number;
  readonly maxPerSeries?: number;
}

const WRITE_EVERY_MS = 1000;
const MAX_BYTES = 200 * 1024 * 1024;
const MAX_PER_SERIES = 20_000;
/** Sizes are looked at after so many rows written. */
const PRUNE_EVERY = 5000;
const MOST_PENDING = 50_000;

/** See `openDatabase` for what it throws and sets aside. Nothing here waits: the database is on this thread. */
export function openCandleStore(options: CandleStoreOptions): CandleStore {
  const { clock, log, maxBytes = MAX_BYTES, maxPerSeries = MAX_PER_SERIES } = options;
  const database = openDatabase({
    dataDir: options.dataDir,
    file: HISTORY_FILE,
    migrations: CANDLE_MIGRATIONS,
    clock,
    log,
  });
  const statements = prepareAll(database);
  const seriesIds = new Map<string, number>();
  let pending = new Map<
    string,
    { readonly key: SeriesKey; readonly byOpenTime: Map<number, ProvenCandle> }
  >();
  let pendingCount = 0;
  let cancelWrite: Undo | undefined;
  let writtenSincePrune = PRUNE_EVERY;
  let hasFailed = false;
  let isDisposed = false;
  /** Series used since the last write: which go first when room is needed. */
  const used = new Set<number>();
  /** Series that grew since room was made last. */
  const written = new Set<number>();

  const textOf = ({ instrument, interval }: SeriesKey) => `${interval} ${instrument}`;

  function idOf(key: SeriesKey, isNew: boolean): number | undefined {
    const text = textOf(key);
    const known = seriesIds.get(text);
    if (known !== undefined) return known;
    if (isNew) statements.addSeries.run(venueOf(key.instrument), key.instrument, key.interval, clock.now());
    const row = statements.series.get(key.instrument, key.interval) as { id: number } | undefined;
    if (row) seriesIds.set(text, row.id);
    return row?.id;
  }

  const writeAll = database.transaction(() => {
    for (const { key, byOpenTime } of pending.values()) {
      const id = idOf(key, true);
      if (id === undefined) continue;
      used.add(id);
      written.add(id);
      for (const { openTime, open, high, low, close, volume, provenance } of byOpenTime.values()) {
        statements.put.run(id, openTime, open, high, low, close, volume, PROVENANCES.indexOf(provenance));
      }
    }
    for (const id of used) statements.use.run(clock.now(), id);
  });

  function flush(): void {
    cancelWrite?.();
    cancelWrite = undefined;
    if (pending.size === 0 && used.size === 0) return;
    try {
      writeAll();
      hasFailed = false;
      writtenSincePrune += pendingCount;
      if (writtenSincePrune > PRUNE_EVERY) {
        writtenSincePrune = 0;
        const pruned = pruneCandles(database, { maxBytes, maxPerSeries }, written);
        written.clear();
        if (pruned.removedSeries > 0) seriesIds.clear();
        if (pruned.removedCandles > 0) {
          log.add('info', 'history.pruned', `${pruned.removedCandles} remembered candles made room`, {
            count: pruned.removedCandles,
          });
        }
      }
    } catch (fault) {
      // A transaction that failed has written nothing, and a series it made is not there.
      seriesIds.clear();
      if (!hasFailed) log.add('error', 'history.unwritable', messageOf(fault), { file: HISTORY_FILE });
      hasFailed = true;
    }
    pending = new Map();
    pendingCount = 0;
    used.clear();
  }

  return {
    read(key, limit, before) {
      // What waits is the newest there is, and a read that lacked it would show a break.
      if (isDisposed) return [];
      if (pending.has(textOf(key))) flush();
      const id = idOf(key, false);
      if (id === undefined) return [];
      used.add(id);
      cancelWrite ??= clock.after(WRITE_EVERY_MS, flush);
      const rows = statements.read.all(id, before ?? Number.MAX_SAFE_INTEGER, limit) as CandleRow[];
      return unbrokenRun(rows, key.interval, before);
    },
    put(key, candles) {
      if (isDisposed) return;
      const text = textOf(key);
      for (const candle of candles) {
        if (!candle.closed || pendingCount >= MOST_PENDING) continue;
        const series = pending.get(text) ?? { key, byOpenTime: new Map() };
        pending.set(text, series);
        if (!series.byOpenTime.has(candle.openTime)) pendingCount += 1;
        series.byOpenTime.set(candle.openTime, candle);
      }
      if (pending.size > 0) cancelWrite ??= clock.after(WRITE_EVERY_MS, flush);
    },
    flush,
    dispose() {
      flush();
      isDisposed = true;
      database.close();
    },
  };
}

function prepareAll(
  database: Database,
): Readonly<Record<'addSeries' | 'series' | 'put' | 'use' | 'read', Statement>> {
  try {
    return {
      addSeries: database.prepare(
        'insert or ignore into series (venue, instrument, interval, used_at) values (?, ?, ?, ?)',
      ),
      series: database.prepare('select id from series where instrument = ? and interval = ?'),
      put: database.prepare(
        'insert or replace into candles (series, open_time, open, high, low, close, volume, provenance) ' +
          'values (?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      use: database.prepare('update series set used_at = ? where id = ?'),
      read: database.prepare(
        'select open_time as openTime, open, high, low, close, volume, provenance from candles ' +
          'where series = ? and open_time < ? order by open_time desc limit ?',
      ),
    };
  } catch (fault) {
    database.close();
    throw new HeartlineError('database.unusable', messageOf(fault), { cause: fault });
  }
}

/** `rows` newest first → the run that ends with the newest, oldest first. */
function unbrokenRun(
  rows: readonly CandleRow[],
  interval: Interval,
  before: number | undefined,
): readonly ProvenCandle[] {
  const run: ProvenCandle[] = [];
  let due = before === undefined ? undefined : openTimeAt(interval, before - 1);
  for (const { provenance, ...candle } of rows) {
    if (due !== undefined && candle.openTime !== due) break;
    run.push({ ...candle, closed: true, provenance: PROVENANCES[provenance] ?? 'history' });
    due = openTimeAt(interval, candle.openTime - 1);
  }
  return run.reverse();
}
