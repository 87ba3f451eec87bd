import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { JournalLine } from '#shared/domain/journal.ts';
import { checkChain, exportLine, readLine, type StoredLine } from '../trading/chain.ts';
import { ANCHOR_FILE, readAnchor } from '../trading/journal-anchor.ts';
import { JOURNAL_FILE, LINE_COLUMNS } from '../trading/journal-schema.ts';

/** The order journal of a data folder, to be read only. An engine may be writing it meanwhile. */
export interface JournalArchive {
  /**
   * Every line against the chain and the noted end. `file`: what SQLite says of the file, `ok` or its first complaint. `end`: how the
   * note of the last line was found.
   */
  verify(): {
    readonly lines: number;
    readonly brokenAt?: number;
    readonly file: string;
    readonly end: 'noted' | 'missing' | 'damaged';
  };
  /** All lines, oldest first, each as the journal exports it: NDJSON with its line end. */
  exported(): Iterable<string>;
  /** All lines as they lie there. */
  stored(): Iterable<StoredLine>;
  /** Of one order, oldest first; empty where there are none. */
  linesOf(order: string): readonly JournalLine[];
  dispose(): void;
}

/** Throws `journal.missing` where there never was a journal, `journal.unreadable` where the file cannot be read. */
export function openJournalArchive(dataDir: string): JournalArchive {
  const path = join(dataDir, JOURNAL_FILE);
  const anchor = join(dataDir, ANCHOR_FILE);
  if (!existsSync(path)) {
    const noted = readAnchor(anchor);
    const lost = typeof noted === 'string' ? 0 : noted.seq;
    throw new HeartlineError(
      lost === 0 ? 'journal.missing' : 'journal.unreadable',
      lost === 0
        ? `there is no ${JOURNAL_FILE} in ${dataDir}: no order was ever placed from there`
        : `${path} is gone: it had ${lost} lines`,
    );
  }
  const database = openFile(path);
  const all = () =>
    database
      .prepare(`select ${LINE_COLUMNS} from lines order by seq`)
      .iterate() as IterableIterator<StoredLine>;

  return {
    verify() {
      // Before the lines: the journal may grow meanwhile, and what is noted is there by then.
      const noted = readAnchor(anchor);
      const checked = checkChain(all(), typeof noted === 'string' ? undefined : noted);
      const isNew = noted === 'missing' && checked.lines === 0;
      return {
        ...(isNew ? { lines: 0 } : checked),
        file: complaintOf(database),
        end: typeof noted === 'string' ? noted : 'noted',
      };
    },
    *exported() {
      for (const line of all()) yield exportLine(line);
    },
    stored: all,
    linesOf: (order) =>
      (
        database
          .prepare(`select ${LINE_COLUMNS} from lines where "order" = ? order by seq`)
          .all(order) as StoredLine[]
      ).map(readLine),
    dispose: () => void database.close(),
  };
}

function openFile(path: string): Sqlite.Database {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path, { readonly: true, fileMustExist: true });
    database.prepare(`select ${LINE_COLUMNS} from lines`);
    return database;
  } catch (fault) {
    database?.close();
    throw new HeartlineError('journal.unreadable', `${path} cannot be read: ${messageOf(fault)}`, {
      cause: fault,
    });
  }
}

function complaintOf(database: Sqlite.Database): string {
  try {
    return String(database.pragma('integrity_check(1)', { simple: true }));
  } catch (fault) {
    return messageOf(fault);
  }
}
