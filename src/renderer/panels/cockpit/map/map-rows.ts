import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth, StreamHealth } from '#shared/domain/connection.ts';
import {
  connectionKind,
  type HealthKind,
  streamKind,
  streamStateOn,
  worseOf,
} from '#shared/domain/health-kind.ts';
import type { Incident, Verdict } from '#shared/domain/incident.ts';
import type { MetricsIndex } from '../../../stores/metrics.ts';
import { streamId } from '../../../stores/stream-id.ts';

/** One line of the map. Figures are NaN where nothing is known; ages are as of the health they came with. */
export interface MapRow {
  /** `binance`, `binance/public`, or `binance/public book binance:BTC-USDT-PERP`. */
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly venue: string;
  readonly connection: ConnectionHealth | undefined;
  readonly stream: StreamHealth | undefined;
  readonly kind: HealthKind;
  /** Wall time the state was entered, ms epoch. */
  readonly since: number;
  /** Since the last data frame, ms. */
  readonly silenceMs: number;
  /** Venue to arrival, offset-corrected, ms. */
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  readonly gaps: number;
  readonly resyncs: number;
  /** 0 dead … 1 healthy. */
  readonly score: number;
  /** Whose fault the trouble is that goes on now. */
  readonly side: Verdict['side'] | undefined;
  readonly isOpen: boolean | undefined;
}

export interface MapSources {
  /** Every venue there is, also those without a connection now. */
  readonly venues: readonly string[];
  readonly health: HealthView | undefined;
  readonly metrics: MetricsIndex | undefined;
  readonly incidents: readonly Incident[] | undefined;
  /** Ids of rows that are folded otherwise than at first: then venues are unfolded and connections are not. */
  readonly turned: ReadonlySet<string>;
  /** False once the engine is silent: then no state of it is known. */
  readonly answering: boolean;
}

/** Venues → connections → streams, as one list. A row is as bad as the worst below it. */
export function mapRows(sources: MapSources): readonly MapRow[] {
  const connections = sources.health?.connections ?? [];
  const venues = [...new Set([...sources.venues, ...connections.map(({ venue }) => venue)])];
  return venues.flatMap((venue) =>
    venueRows(
      venue,
      connections.filter((connection) => connection.venue === venue),
      sources,
    ),
  );
}

function venueRows(
  venue: string,
  connections: readonly ConnectionHealth[],
  sources: MapSources,
): readonly MapRow[] {
  const below = connections.map((connection) => connectionRows(connection, sources));
  const heads = below.flatMap(([head]) => (head === undefined ? [] : [head]));
  const isOpen = !sources.turned.has(venue);
  const worst = heads.reduce<MapRow | undefined>(
    (one, other) =>
      one === undefined || (one.kind !== other.kind && worseOf(one.kind, other.kind) === other.kind)
        ? other
        : one,
    undefined,
  );
  const head: MapRow = {
    id: venue,
    level: 1,
    venue,
    connection: undefined,
    stream: undefined,
    kind: worst?.kind ?? (sources.answering ? 'idle' : 'stale'),
    since: worst?.since ?? Number.NaN,
    ...sumOf(heads),
    isOpen: heads.length === 0 ? undefined : isOpen,
  };
  return isOpen ? [head, ...below.flat()] : [head];
}

function connectionRows(connection: ConnectionHealth, sources: MapSources): readonly MapRow[] {
  const { health, metrics, incidents, turned, answering } = sources;
  const streams = connection.streams.map((stream) =>
    streamRow(connection, stream, health?.asOf ?? Number.NaN, metrics, answering),
  );
  const figures = metrics?.connections.get(connection.id);
  const isOpen = turned.has(connection.id);
  const trouble = incidents?.find(
    (incident) => incident.connection === connection.id && incident.endedAt === undefined,
  );
  const sum = sumOf(streams);
  const head: MapRow = {
    id: connection.id,
    level: 2,
    venue: connection.venue,
    connection,
    stream: undefined,
    kind: answering ? connectionKind(connection) : 'stale',
    since: connection.since,
    ...sum,
    perSecond: figures?.perSecond ?? sum.perSecond,
    score: figures?.score ?? Number.NaN,
    side: trouble?.verdict.side,
    isOpen: streams.length === 0 ? undefined : isOpen,
  };
  return isOpen ? [head, ...streams] : [head];
}

function streamRow(
  connection: ConnectionHealth,
  stream: StreamHealth,
  asOf: number,
  metrics: MetricsIndex | undefined,
  answering: boolean,
): MapRow {
  const id = streamId({ connection: connection.id, stream: stream.stream });
  const figures = metrics?.streams.get(id);
  return {
    id,
    level: 3,
    venue: connection.venue,
    connection,
    stream,
    kind: answering ? streamKind(streamStateOn(connection.state, stream.state)) : 'stale',
    since: stream.since,
    silenceMs: stream.lastReceivedAt === undefined ? Number.NaN : Math.max(0, asOf - stream.lastReceivedAt),
    p50: figures?.venueToReceive.p50 ?? Number.NaN,
    p99: figures?.venueToReceive.p99 ?? Number.NaN,
    perSecond: figures?.perSecond ?? stream.perSecond,
    gaps: stream.gaps,
    resyncs: stream.resyncs,
    score: figures?.score ?? Number.NaN,
    side: undefined,
    isOpen: undefined,
  };
}

type Sum = Pick<MapRow, 'silenceMs' | 'p50' | 'p99' | 'perSecond' | 'gaps' | 'resyncs' | 'score' | 'side'>;

/** What the rows below say together: the freshest data, the worst latency and score, counts added up. */
function sumOf(rows: readonly MapRow[]): Sum {
  const known = (pick: (row: MapRow) => number) => rows.map(pick).filter((value) => !Number.isNaN(value));
  const least = (values: readonly number[]) => (values.length === 0 ? Number.NaN : Math.min(...values));
  const most = (values: readonly number[]) => (values.length === 0 ? Number.NaN : Math.max(...values));
  const sum = (pick: (row: MapRow) => number) => known(pick).reduce((total, value) => total + value, 0);
  return {
    silenceMs: least(known((row) => row.silenceMs)),
    p50: most(known((row) => row.p50)),
    p99: most(known((row) => row.p99)),
    perSecond: sum((row) => row.perSecond),
    gaps: sum((row) => row.gaps),
    resyncs: sum((row) => row.resyncs),
    score: least(known((row) => row.score)),
    side: rows.find(({ side }) => side !== undefined)?.side,
  };
}

/** How many streams there are, and how many of them are live now. */
export function countLive(
  health: HealthView | undefined,
  answering: boolean,
): { readonly live: number; readonly total: number } {
  const states = (health?.connections ?? []).flatMap(({ state, streams }) =>
    streams.map((stream) => streamStateOn(state, stream.state)),
  );
  return { live: answering ? states.filter((state) => state === 'live').length : 0, total: states.length };
}

/** What `id` is part of, nearest first: itself, its connection, its venue. */
function lineOf(id: string): readonly string[] {
  const [connection = id] = id.split(' ');
  const [venue = id] = connection.split('/');
  return [id, connection, venue];
}

/** Where a subject stands among the rows: its own, or that of what it is folded into; 0 where it is nowhere. */
export function rowOf(rows: readonly MapRow[], subject: string | undefined): number {
  const line = subject === undefined ? [] : lineOf(subject);
  for (const id of line) {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) return at;
  }
  return 0;
}

/** The turned rows with everything unfolded that `subject` is part of; the same set where it already is. */
export function unfolded(turned: ReadonlySet<string>, subject: string): ReadonlySet<string> {
  const [, connection = '', venue = ''] = lineOf(subject);
  const isStream = subject !== connection;
  if ((!isStream || turned.has(connection)) && (subject === venue || !turned.has(venue))) return turned;
  const next = new Set(turned);
  if (isStream) next.add(connection);
  if (subject !== venue) next.delete(venue);
  return next;
}

/** The row a key leads to, by the rules of a tree; `undefined` where it does nothing. */
export function rowAfter(rows: readonly MapRow[], at: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'PageDown':
      return Math.min(rows.length - 1, at + 10);
    case 'PageUp':
      return Math.max(0, at - 10);
    case 'ArrowLeft': {
      const level = rows[at]?.level ?? 1;
      const parent = rows.findLastIndex((row, index) => index < at && row.level < level);
      return parent < 0 ? undefined : parent;
    }
    case 'ArrowRight': {
      const next = rows[at + 1];
      return next !== undefined && next.level > (rows[at]?.level ?? 3) ? at + 1 : undefined;
    }
    default:
      return undefined;
  }
}
