import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import type { EventLog } from './event-log.ts';

/** Somebody with something to keep. Whatever is not saved yet stays with its owner, who bounds it. */
export interface Saver {
  readonly isDirty: boolean;
  /** Inside the one transaction of this flush. */
  save(database: Database): void;
  /** The transaction is committed. */
  saved(): void;
}

/** `connections.db`: what happened to the connections. Writes are gathered into one transaction a second; a disk that fails costs nothing but what could not be kept. */
export interface ConnectionStore {
  /** `undefined` where the file cannot be had at all. */
  readonly database: Database | undefined;
  /** Failed flushes since the start. */
  readonly failures: number;
  /** Savers are asked in the order they joined. */
  join(saver: Saver): Undo;
  /** Saves what is waiting; whether everything is on disk now. Never throws. */
  flush(): boolean;
  dispose(): void;
}

/** Never edit an old one: see `openDatabase`. Times are wall times, ms epoch. */
const MIGRATIONS = [
  `create table runs (
     id integer primary key,
     startedAt integer not null,
     -- The last heartbeat: a killed process was seen alive until here and no longer.
     lastAt integer not null,
     -- 'stopped' by us, 'stood still' (asleep, frozen), 'clock set'; null: running, or killed.
     ending text
   ) strict;
   create table connections (
     id integer primary key,
     venue text not null,
     name text not null unique
   ) strict;
   create table transitions (
     id integer primary key,
     run integer not null,
     connection integer not null,
     at integer not null,
     lastDataAt integer,
     state text not null
   ) strict;
   create index transitionsByTime on transitions (connection, run, at);
   create table incidents (
     id text primary key,
     startedAt integer not null,
     noticedAt integer not null,
     endedAt integer,
     incident text not null,
     metrics text
   ) strict;
   create index incidentsByTime on incidents (noticedAt);
   create table alarms (
     id text primary key,
     alarm text not null
   ) strict;`,
];

export function openConnectionStore(options: {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: EventLog;
}): ConnectionStore {
  const { log } = options;
  let database: Database | undefined;
  const savers = new Set<Saver>();
  let failures = 0;
  let isFailing = false;

  try {
    database = openDatabase({ ...options, file: 'connections.db', migrations: MIGRATIONS });
    // By default a locked file would be waited for, and the whole engine with it.
    database.pragma('busy_timeout = 0');
  } catch (fault) {
    report(fault);
  }

  function report(fault: unknown): void {
    failures += 1;
    if (isFailing) return;
    isFailing = true;
    log.add('error', 'timeline.unwritable', `connections.db cannot be written: ${messageOf(fault)}`, {
      file: 'connections.db',
      reason: messageOf(fault),
    });
  }

  function flush(): boolean {
    const dirty = [...savers].filter((saver) => saver.isDirty);
    if (dirty.length === 0) return true;
    if (!database?.open) {
      failures += 1;
      return false;
    }
    const target = database;
    try {
      target.transaction(() => {
        for (const saver of dirty) saver.save(target);
      })();
    } catch (fault) {
      report(fault);
      return false;
    }
    for (const saver of dirty) saver.saved();
    if (isFailing) {
      isFailing = false;
      log.add('info', 'timeline.writable', `connections.db can be written again after ${failures} failures`, {
        file: 'connections.db',
        failures,
      });
    }
    return true;
  }

  return {
    get database() {
      return database;
    },
    get failures() {
      return failures;
    },
    join(saver) {
      savers.add(saver);
      return () => savers.delete(saver);
    },
    flush,
    dispose() {
      flush();
      database?.close();
    },
  };
}
