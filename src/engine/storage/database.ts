import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { EventLog } from '../health/event-log.ts';

export type Database = Sqlite.Database;

export interface DatabaseOptions {
  readonly dataDir: string;
  /** `history.db`. */
  readonly file: string;
  /** Each brings the schema one version further; the file remembers how many ran (`user_version`). Never edit an old one. */
  readonly migrations: readonly string[];
  readonly clock: Clock;
  readonly log: EventLog;
}

/**
 * Opens (or makes) one SQLite file in the data folder, in WAL mode. A damaged file, or one of a newer Heartline, is set
 * aside under another name, a new one takes its place, and the log says so. Throws `database.unusable` when even a new one
 * cannot be made, and when the file is sound but the disk is not (full, read-only): then it is left alone.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const path = join(options.dataDir, options.file);
  try {
    return open(path, options.migrations);
  } catch (fault) {
    if (!isDamage(fault)) throw unusable(options.file, 'opened', fault);
    const aside = setAside(path, options.clock.now());
    options.log.add('error', 'database.broken', `${options.file}: ${messageOf(fault)}`, {
      file: options.file,
      ...(aside === undefined ? {} : { aside }),
      reason: messageOf(fault),
    });
    try {
      return open(path, options.migrations);
    } catch (again) {
      throw unusable(options.file, 'made', again);
    }
  }
}

function open(path: string, migrations: readonly string[]): Database {
  const database = new Sqlite(path);
  try {
    database.pragma('journal_mode = WAL');
    // A crash of the machine may cost the last moments, never the file; what must survive opens with FULL itself.
    database.pragma('synchronous = NORMAL');
    const damage = database.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok') throw new HeartlineError('database.broken', String(damage));
    migrate(database, migrations);
    return database;
  } catch (fault) {
    database.close();
    throw fault;
  }
}

function migrate(database: Database, migrations: readonly string[]): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new HeartlineError(
      'database.newer',
      `its schema is of version ${version}, this Heartline knows ${migrations.length}`,
    );
  }
  database.transaction(() => {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${migrations.length}`);
  })();
}

/** Whether the file itself is to blame, and not the disk it lies on or somebody who holds it. */
function isDamage(fault: unknown): boolean {
  if (!(fault instanceof Sqlite.SqliteError)) return true;
  return !/^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|NOMEM|PERM|AUTH)/u.test(fault.code);
}

function unusable(file: string, what: string, cause: unknown): HeartlineError {
  return new HeartlineError('database.unusable', `${file} cannot be ${what}: ${messageOf(cause)}`, {
    cause,
    details: { file },
  });
}

/** Moves the file and its companions away; the new name, or `undefined` when there was none. */
function setAside(path: string, now: number): string | undefined {
  for (const companion of [`${path}-wal`, `${path}-shm`]) rmSync(companion, { force: true });
  if (!existsSync(path)) return undefined;
  const aside = `${path}.broken-${now}`;
  renameSync(path, aside);
  return aside;
}
