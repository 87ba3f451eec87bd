import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Database } from '../storage/database.ts';
import type { StoredLine } from './chain.ts';
import { ANCHOR_FILE } from './journal-anchor.ts';
import { JOURNAL_FILE, JOURNAL_SCHEMA, JOURNAL_VERSION, LINE_COLUMNS } from './journal-schema.ts';

/** The statements of the journal. All of them throw what SQLite throws. */
export interface JournalFile {
  /** All of them or none; forced to the disk, once, when it returns. */
  add(lines: readonly StoredLine[]): void;
  /** Writes something that is no line, forced to the disk as well. */
  probe(at: number): void;
  last(): StoredLine | undefined;
  hashAt(seq: number): string | undefined;
  /** Of one order, oldest first. */
  linesOf(order: string): readonly StoredLine[];
  all(): Iterable<StoredLine>;
  /** Every order there is with where its newest line left it. */
  standings(): readonly { readonly order: string; readonly state: string | null }[];
  /** `sending` lines since, each with where the newest line of its order left it. */
  sentSince(at: number): readonly Pick<StoredLine, 'at' | 'state' | 'body'>[];
  /** The orders sent last. */
  lastSent(count: number): readonly string[];
  /** Brings what the write-ahead file holds into the file proper, as far as nobody reads it. */
  fold(): void;
  /** The files are still the ones in the folder: what is written to one that was deleted would be gone. */
  readonly isInPlace: boolean;
  close(): void;
}

/** Longer than that nobody waits for another program that holds the file: the order is refused instead. */
const BUSY_MS = 100;
/** Pages of the write-ahead file at which SQLite folds it by itself, within a write; `fold` is called in quiet moments before. */
const MOST_PAGES = 8000;

/**
 * Opens or makes the journal. Throws `journal.damaged` where the file itself is no good, `journal.newer` where a later Heartline
 * wrote it, and what SQLite throws where the disk is at fault.
 */
export function openJournalFile(dataDir: string): JournalFile {
  const path = join(dataDir, JOURNAL_FILE);
  let database: Database | undefined;
  try {
    database = new Sqlite(path, { timeout: BUSY_MS });
    prepareFile(database);
    return statementsOf(database, path);
  } catch (fault) {
    database?.close();
    if (!isDamage(fault)) throw fault;
    throw new HeartlineError('journal.damaged', messageOf(fault), { cause: fault });
  }
}

/** Moves a damaged journal and all that belongs to it away, so that nothing of it is lost. Its new name. Throws what the system throws. */
export function setJournalAside(dataDir: string, now: number): string {
  const suffix = `broken-${now}`;
  for (const file of [JOURNAL_FILE, ANCHOR_FILE]) {
    const aside = join(dataDir, `${file}.${suffix}`);
    // SQLite finds the companions of the moved file under these names.
    for (const end of file === JOURNAL_FILE ? ['', '-wal', '-shm'] : ['']) {
      if (existsSync(join(dataDir, file + end))) renameSync(join(dataDir, file + end), aside + end);
    }
  }
  return `${JOURNAL_FILE}.${suffix}`;
}

function prepareFile(database: Database): void {
  database.pragma('journal_mode = WAL');
  // In WAL mode only FULL forces the write-ahead file to the disk at the end of every transaction, which is when `run`
  // returns (SQLite, "PRAGMA synchronous"): no line is thought written that a power cut could take back.
  database.pragma('synchronous = FULL');
  // macOS: fsync alone leaves it in the drive's own memory.
  database.pragma('fullfsync = ON');
  database.pragma(`wal_autocheckpoint = ${MOST_PAGES}`);
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > JOURNAL_VERSION) {
    throw new HeartlineError('journal.newer', `${JOURNAL_FILE} was written by a newer Heartline`);
  }
  if (version === JOURNAL_VERSION) {
    const damage = database.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok') throw new HeartlineError('journal.damaged', String(damage));
    return;
  }
  database.transaction(() => {
    database.exec(JOURNAL_SCHEMA);
    database.pragma(`user_version = ${JOURNAL_VERSION}`);
  })();
}

function statementsOf(database: Database, path: string): JournalFile {
  const add = database.prepare(
    `insert into lines (${LINE_COLUMNS}) values (@seq, @at, @kind, @order, @state, @body, @hash)`,
  );
  const addAll = database.transaction((lines: readonly StoredLine[]) => {
    for (const line of lines) add.run(line);
  });
  const probe = database.prepare('insert or replace into probe (id, at) values (1, ?)');
  const last = database.prepare(`select ${LINE_COLUMNS} from lines order by seq desc limit 1`);
  const hashAt = database.prepare('select hash from lines where seq = ?');
  const linesOf = database.prepare(`select ${LINE_COLUMNS} from lines where "order" = ? order by seq`);
  const all = database.prepare(`select ${LINE_COLUMNS} from lines order by seq`);
  // SQLite takes the other columns of a `max` from the row that has it.
  const standings = database.prepare(
    'select "order", max(seq) as seq, state from lines where "order" is not null group by "order"',
  );
  const sentSince = database.prepare(
    `select at, body, (
       select state from lines as own where own."order" = sent."order" order by own.seq desc limit 1
     ) as state
     from lines as sent where kind = 'sending' and at >= ? order by at`,
  );
  const lastSent = database.prepare(
    `select "order" from lines where kind = 'sending' order by at desc limit ?`,
  );
  const identity = identityOf(path);
  let log: string | undefined;

  return {
    add(lines) {
      // At once the one to write: who holds the file is waited for, as by a statement of its own.
      addAll.immediate(lines);
      log ??= identityOf(`${path}-wal`);
    },
    probe: (at) => void probe.run(at),
    last: () => last.get() as StoredLine | undefined,
    hashAt: (seq) => (hashAt.get(seq) as { hash: string } | undefined)?.hash,
    linesOf: (order) => linesOf.all(order) as StoredLine[],
    all: () => all.iterate() as IterableIterator<StoredLine>,
    standings: () => standings.all() as { order: string; state: string | null }[],
    sentSince: (at) => sentSince.all(at) as StoredLine[],
    lastSent: (count) => (lastSent.all(count) as { order: string }[]).map(({ order }) => order),
    fold: () => void database.pragma('wal_checkpoint(PASSIVE)'),
    get isInPlace() {
      return identityOf(path) === identity && (log === undefined || identityOf(`${path}-wal`) === log);
    },
    close: () => void database.close(),
  };
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** Whether the file itself is to blame, and not the disk it lies on, somebody who holds it, or its age. */
function isDamage(fault: unknown): boolean {
  if (fault instanceof Sqlite.SqliteError) {
    return /^SQLITE_(?:CORRUPT|NOTADB|ERROR|FORMAT|SCHEMA|MISMATCH)/u.test(fault.code);
  }
  return fault instanceof HeartlineError && fault.code === 'journal.damaged';
}
