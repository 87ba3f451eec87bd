import type { ConnectionState } from '#shared/domain/connection.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Database } from '../storage/database.ts';
import type { Run } from './timeline-spans.ts';

export type RunEnding = 'stopped' | 'stood still' | 'clock set';

export interface KeptRun extends Run {
  readonly ending?: RunEnding;
}

/** A transition in the run it was seen in; `at` never goes back within a run. */
export interface KeptTransition extends Transition {
  readonly run: number;
}

/** The statements of the timeline. All of them throw what SQLite throws. */
export interface TimelineFile {
  lastRun(): KeptRun | undefined;
  saveRun(run: KeptRun): void;
  saveTransition(transition: KeptTransition): void;
  /** In the order of their first appearance. */
  connections(): readonly { readonly venue: VenueId; readonly connection: string }[];
  runs(from: number, to: number): readonly Run[];
  /** One connection in one run: what it was in at `from`. */
  standing(connection: string, run: number, from: number): KeptTransition | undefined;
  /** Its changes in (from, to], in order: at most `limit` of them, without the first `skip`. */
  changes(
    connection: string,
    run: number,
    range: { readonly from: number; readonly to: number; readonly skip: number; readonly limit: number },
  ): readonly KeptTransition[];
  /** The newest `limit` changes of all in [from, to], oldest first. */
  transitions(from: number, to: number, limit: number): readonly KeptTransition[];
}

interface Row {
  readonly run: number;
  readonly venue: VenueId;
  readonly name: string;
  readonly at: number;
  readonly lastDataAt: number | null;
  readonly state: string;
}

export function createTimelineFile(database: Database): TimelineFile {
  const columns = 'run, venue, name, at, lastDataAt, state';
  const joined = 'transitions join connections on connections.id = transitions.connection';
  const one = '(select id from connections where name = @connection)';
  const statements = {
    lastRun: database.prepare(
      'select id, startedAt as "from", lastAt as "to" from runs order by id desc limit 1',
    ),
    saveRun: database.prepare(
      `insert into runs (id, startedAt, lastAt, ending) values (@id, @from, @to, @ending)
       on conflict (id) do update set lastAt = excluded.lastAt, ending = excluded.ending`,
    ),
    meet: database.prepare('insert or ignore into connections (venue, name) values (@venue, @connection)'),
    saveTransition: database.prepare(
      `insert into transitions (run, connection, at, lastDataAt, state)
       values (@run, ${one}, @at, @lastDataAt, @state)`,
    ),
    connections: database.prepare('select venue, name as connection from connections order by id'),
    runs: database.prepare(
      'select id, startedAt as "from", lastAt as "to" from runs where startedAt < @to and lastAt > @from order by id',
    ),
    standing: database.prepare(
      `select ${columns} from ${joined} where connection = ${one} and run = @run and at <= @from
       order by at desc, transitions.id desc limit 1`,
    ),
    changes: database.prepare(
      `select ${columns} from ${joined} where connection = ${one} and run = @run and at > @from and at <= @to
       order by at, transitions.id limit @limit offset @skip`,
    ),
    transitions: database.prepare(
      `select ${columns} from ${joined} where at between @from and @to order by transitions.id desc limit @limit`,
    ),
  };

  return {
    lastRun: () => statements.lastRun.get() as KeptRun | undefined,
    saveRun: ({ id, from, to, ending }) =>
      void statements.saveRun.run({ id, from, to: Math.max(from, to), ending: ending ?? null }),
    saveTransition({ run, venue, connection, at, lastDataAt, state }) {
      statements.meet.run({ venue, connection });
      statements.saveTransition.run({
        run,
        connection,
        at,
        lastDataAt: lastDataAt ?? null,
        state: JSON.stringify(state),
      });
    },
    connections: () => statements.connections.all() as { venue: VenueId; connection: string }[],
    runs: (from, to) => statements.runs.all({ from, to }) as Run[],
    standing(connection, run, from) {
      const row = statements.standing.get({ connection, run, from }) as Row | undefined;
      return row && transitionOf(row);
    },
    changes: (connection, run, range) =>
      (statements.changes.all({ connection, run, ...range }) as Row[]).map(transitionOf),
    transitions: (from, to, limit) =>
      (statements.transitions.all({ from, to, limit }) as Row[]).map(transitionOf).reverse(),
  };
}

function transitionOf({ run, venue, name, at, lastDataAt, state }: Row): KeptTransition {
  return {
    run,
    venue,
    connection: name,
    at,
    state: JSON.parse(state) as ConnectionState,
    ...(lastDataAt === null ? {} : { lastDataAt }),
  };
}
