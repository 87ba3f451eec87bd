import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { isInterval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import { PROVENANCES } from '#shared/domain/market-data.ts';
import { type CandleRow, HISTORY_FILE } from './candle-store-schema.ts';

export interface ArchiveFilter {
  readonly instrument?: string | undefined;
  readonly interval?: string | undefined;
}

/** One series as it is on disk. */
export interface SeriesReport {
  readonly kind: 'series';
  readonly instrument: string;
  readonly interval: string;
  readonly candles: number;
  /** Open times, ms epoch; `null` where there is no candle. */
  readonly from: number | null;
  readonly to: number | null;
  /** Breaks, and how many candles they lack together. Not damage: the venue or the desk may have been away. */
  readonly gaps: number;
  readonly missing: number;
  readonly duplicates: number;
  /** High below low, open or close outside of them, a price that is none, a volume below zero. */
  readonly impossible: number;
  /** Opens where no candle of the interval can. */
  readonly misaligned: number;
}

export interface ArchiveSummary {
  readonly kind: 'summary';
  readonly series: number;
  readonly candles: number;
  readonly missing: number;
  /** Candles that are wrong in some way. */
  readonly damaged: number;
  /** What SQLite says of the file: `ok`, or its first complaint. */
  readonly file: string;
}

export interface ArchivedCandle extends Omit<CandleRow, 'provenance'> {
  readonly instrument: string;
  readonly interval: string;
  readonly provenance: string;
}

/** The remembered candles of a data folder, to be read only. An engine may be at work on them meanwhile. */
export interface CandleArchive {
  check(filter: ArchiveFilter, onSeries: (report: SeriesReport) => void): ArchiveSummary;
  /** Oldest first within a series. */
  candles(filter: ArchiveFilter): Generator<ArchivedCandle>;
  dispose(): void;
}

const ROWS =
  'select open_time as openTime, open, high, low, close, volume, provenance from candles where series = ? order by open_time';

/** Throws `history.missing` where there is no file, `history.unreadable` where it is none of ours. */
export function openCandleArchive(dataDir: string): CandleArchive {
  const path = join(dataDir, HISTORY_FILE);
  if (!existsSync(path)) {
    throw new HeartlineError('history.missing', `there is no ${HISTORY_FILE} in ${dataDir}`);
  }
  const database = openFile(path);
  const rows = database.prepare(ROWS);

  function seriesOf({ instrument, interval }: ArchiveFilter) {
    const all = database
      .prepare('select id, instrument, interval from series order by instrument, interval')
      .all() as { readonly id: number; readonly instrument: string; readonly interval: string }[];
    return all.filter(
      (series) =>
        (instrument === undefined || series.instrument === instrument) &&
        (interval === undefined || series.interval === interval),
    );
  }

  return {
    check(filter, onSeries) {
      let [series, candles, missing, damaged] = [0, 0, 0, 0];
      for (const { id, instrument, interval } of seriesOf(filter)) {
        const report = checkSeries(instrument, interval, rows.iterate(id) as Iterable<CandleRow>);
        onSeries(report);
        series += 1;
        candles += report.candles;
        missing += report.missing;
        damaged += report.duplicates + report.impossible + report.misaligned;
      }
      const file = String(database.pragma('integrity_check(1)', { simple: true }));
      return { kind: 'summary', series, candles, missing, damaged, file };
    },
    *candles(filter) {
      for (const { id, instrument, interval } of seriesOf(filter)) {
        for (const row of rows.iterate(id) as Iterable<CandleRow>) {
          yield { instrument, interval, ...row, provenance: PROVENANCES[row.provenance] ?? 'unknown' };
        }
      }
    },
    dispose: () => database.close(),
  };
}

function openFile(path: string): Sqlite.Database {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path, { readonly: true, fileMustExist: true });
    database.prepare(ROWS);
    return database;
  } catch (fault) {
    database?.close();
    throw new HeartlineError('history.unreadable', `${path} cannot be read: ${messageOf(fault)}`, {
      cause: fault,
    });
  }
}

function checkSeries(instrument: string, interval: string, rows: Iterable<CandleRow>): SeriesReport {
  const report = { candles: 0, gaps: 0, missing: 0, duplicates: 0, impossible: 0, misaligned: 0 };
  let from: number | null = null;
  let to: number | null = null;
  for (const row of rows) {
    report.candles += 1;
    from ??= row.openTime;
    if (!isPossible(row)) report.impossible += 1;
    if (!isInterval(interval) || openTimeAt(interval, row.openTime) !== row.openTime) report.misaligned += 1;
    else if (to === row.openTime) report.duplicates += 1;
    else if (to !== null && nextOpenTime(interval, to) < row.openTime) {
      report.gaps += 1;
      for (let at = nextOpenTime(interval, to); at < row.openTime; at = nextOpenTime(interval, at)) {
        report.missing += 1;
      }
    }
    to = row.openTime;
  }
  return { kind: 'series', instrument, interval, from, to, ...report };
}

function isPossible({ open, high, low, close, volume }: CandleRow): boolean {
  return (
    [open, high, low, close].every((price) => Number.isFinite(price) && price > 0) &&
    low <= Math.min(open, close) &&
    high >= Math.max(open, close) &&
    volume >= 0
  );
}
