import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import type { ConnectionStore } from './connection-store.ts';
import { closedByStop } from './incident-draft.ts';

/** What was measured on the connection when the incident was noticed. */
export type MetricsThen = Pick<MetricsView, 'asOf' | 'streams' | 'connections' | 'budgets' | 'engine'>;

/** Incidents, on disk and the latest in memory. */
export interface IncidentArchive {
  /** Newest first, at most 200. */
  readonly latest: readonly Incident[];
  /** New, or changed since; `metrics` once, when it is new. */
  put(incident: Incident, metrics?: MetricsThen): void;
  /** Incidents that touch [from, to], newest first, at most 500. Throws what SQLite throws. */
  list(from: number, to: number): readonly Incident[];
  find(id: string): Incident | undefined;
  metricsThen(id: string): MetricsThen | undefined;
  onChange(listener: () => void): Undo;
}

const LATEST = 200;
const LISTED = 500;
/** Held while the disk fails. */
const MAX_UNSAVED = 1000;

interface Row {
  readonly incident: string;
  readonly metrics: string | null;
}

/** `previousEnd`: when the run before this one was last seen alive; what was open then ended, for all we know, with it. */
export function openIncidentArchive(options: {
  readonly store: ConnectionStore;
  readonly previousEnd: number | undefined;
}): IncidentArchive {
  const { store } = options;
  const { database } = store;
  const changes = createEmitter<void>();
  const unsaved = new Map<string, { incident: Incident; metrics?: MetricsThen | undefined }>();
  let latest: readonly Incident[] = [];

  const statements = database && {
    save: database.prepare(
      `insert into incidents (id, startedAt, noticedAt, endedAt, incident, metrics)
       values (@id, @startedAt, @noticedAt, @endedAt, @incident, @metrics)
       on conflict (id) do update set startedAt = excluded.startedAt, endedAt = excluded.endedAt,
         incident = excluded.incident, metrics = coalesce(excluded.metrics, metrics)`,
    ),
    latest: database.prepare(
      'select incident, metrics from incidents order by noticedAt desc, id desc limit ?',
    ),
    open: database.prepare('select incident, metrics from incidents where endedAt is null'),
    list: database.prepare(
      `select incident, metrics from incidents
       where startedAt <= @to and (endedAt is null or endedAt >= @from)
       order by noticedAt desc, id desc limit @limit`,
    ),
    find: database.prepare('select incident, metrics from incidents where id = ?'),
  };

  function put(incident: Incident, metrics?: MetricsThen): void {
    unsaved.set(incident.id, { incident, metrics: metrics ?? unsaved.get(incident.id)?.metrics });
    const [oldest] = unsaved.keys();
    if (unsaved.size > MAX_UNSAVED && oldest !== undefined) unsaved.delete(oldest);
    const index = latest.findIndex(({ id }) => id === incident.id);
    latest = index < 0 ? [incident, ...latest].slice(0, LATEST) : latest.with(index, incident);
    changes.emit();
  }

  store.join({
    get isDirty() {
      return unsaved.size > 0;
    },
    save() {
      for (const { incident, metrics } of unsaved.values()) {
        const { id, startedAt, noticedAt, endedAt = null } = incident;
        statements?.save.run({
          id,
          startedAt,
          noticedAt,
          endedAt,
          incident: JSON.stringify(incident),
          metrics: metrics === undefined ? null : JSON.stringify(metrics),
        });
      }
    },
    saved: () => unsaved.clear(),
  });

  if (statements) {
    latest = (statements.latest.all(LATEST) as Row[]).map(incidentIn);
    for (const incident of (statements.open.all() as Row[]).map(incidentIn)) {
      put(closedByStop(incident, options.previousEnd ?? incident.noticedAt));
    }
  }

  function find(id: string): Incident | undefined {
    const held = unsaved.get(id)?.incident ?? latest.find((incident) => incident.id === id);
    if (held) return held;
    const row = statements?.find.get(id) as Row | undefined;
    return row && incidentIn(row);
  }

  return {
    get latest() {
      return latest;
    },
    put,
    list(from, to) {
      const byId = new Map<string, Incident>();
      const kept = (statements?.list.all({ from, to, limit: LISTED }) as Row[] | undefined) ?? [];
      const waiting = [...unsaved.values()].map(({ incident }) => incident);
      for (const incident of [...kept.map(incidentIn), ...waiting]) byId.set(incident.id, incident);
      return [...byId.values()]
        .filter(({ startedAt, endedAt }) => startedAt <= to && (endedAt === undefined || endedAt >= from))
        .toSorted((a, b) => b.noticedAt - a.noticedAt || (a.id < b.id ? 1 : -1))
        .slice(0, LISTED);
    },
    find,
    metricsThen(id) {
      const held = unsaved.get(id)?.metrics;
      if (held) return held;
      const row = statements?.find.get(id) as Row | undefined;
      return row?.metrics ? (JSON.parse(row.metrics) as MetricsThen) : undefined;
    },
    onChange: (listener) => changes.on(listener),
  };
}

function incidentIn({ incident }: Row): Incident {
  return JSON.parse(incident) as Incident;
}
