import type { Database } from '../storage/database.ts';
import type { ConnectionStore } from './connection-store.ts';

export const KEPT_MS = 30 * 86_400_000;
/** Whatever flaps without end: beyond this many changes the oldest go, and with them the time they told of. */
const MAX_TRANSITIONS = 200_000;
/** Deleted in one transaction: a large backlog must not hold the event loop. */
const CHUNK = 2000;

/** Lets go of what is older than 30 days, a piece per flush. */
export interface TimelinePruning {
  /** At the start and once an hour: what ended before `cut`, wall ms epoch, may go. */
  ask(cut: number): void;
}

export function createTimelinePruning(
  store: ConnectionStore,
  maxTransitions: number = MAX_TRANSITIONS,
): TimelinePruning {
  let cut: number | undefined;
  let isThrough = false;
  store.join({
    get isDirty() {
      return cut !== undefined;
    },
    save(database) {
      isThrough = cut === undefined || prune(database, cut, maxTransitions) < CHUNK;
    },
    saved() {
      if (isThrough) cut = undefined;
    },
  });
  return {
    ask(at) {
      cut = at;
    },
  };
}

/** How many rows went, at most about `CHUNK`. */
function prune(database: Database, cut: number, maxTransitions: number): number {
  let left = CHUNK;
  const remove = (where: string, parameters: Record<string, number>) => {
    if (left <= 0) return;
    const { changes } = database
      .prepare(`delete from transitions where id in (select id from transitions where ${where} limit @left)`)
      .run({ ...parameters, left });
    left -= changes;
  };

  const runs = database
    .prepare('select id, lastAt from runs where startedAt < ? order by id')
    .all(cut) as readonly { readonly id: number; readonly lastAt: number }[];
  const newest = database.prepare('select max(id) from runs').pluck().get();
  const connections = database.prepare('select id from connections').pluck().all() as number[];
  for (const { id: run, lastAt } of runs) {
    const isOver = lastAt < cut && run !== newest;
    for (const connection of connections) {
      // Of a run that goes on, the state it was in at the cut is still needed to know how it goes on.
      const standing = isOver
        ? Number.MAX_SAFE_INTEGER
        : database
            .prepare('select max(at) from transitions where connection = ? and run = ? and at <= ?')
            .pluck()
            .get(connection, run, cut);
      if (typeof standing !== 'number') continue;
      remove('connection = @connection and run = @run and at < @standing', { connection, run, standing });
    }
    if (isOver && left > 0) database.prepare('delete from runs where id = ?').run(run);
  }

  const count = Number(database.prepare('select count(*) from transitions').pluck().get());
  const oldest = Number(database.prepare('select min(id) from transitions').pluck().get());
  if (count > maxTransitions) remove('id < @end', { end: oldest + (count - maxTransitions) });

  database.prepare('delete from incidents where coalesce(endedAt, noticedAt) < ?').run(cut);
  return CHUNK - left;
}
