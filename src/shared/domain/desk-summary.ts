import type { Position } from './account.ts';
import type { ConnectionHealth } from './connection.ts';
import { ENGINE_SILENT_AFTER_MS } from './freshness.ts';
import { connectionKind, type HealthKind, worseOf } from './health-kind.ts';
import { type OpenPnl, openPnl, type SummarisedAccount } from './open-pnl.ts';

/** What is known of the desk at this moment, by whoever shows it. */
export interface DeskFacts {
  /** Engine wall time now, ms epoch: its last word, carried on by the clock of whoever shows it. */
  readonly now: number;
  /** How long the engine has said nothing, ms; `Infinity` while the channel is closed. */
  readonly engineSilentMs: number;
  /** `undefined`: the engine has said nothing yet. */
  readonly connections: readonly ConnectionHealth[] | undefined;
  /** In the order they are told. */
  readonly venues: readonly { readonly id: string; readonly name: string }[];
  readonly accounts: readonly SummarisedAccount[];
  readonly positions: Iterable<Position>;
  /** Alarms and alerts nobody has seen yet; `touchingMoney`: those with an order or a position at stake. */
  readonly alarms: { readonly active: number; readonly touchingMoney: number };
  readonly trading: { readonly halted: boolean; readonly armed: readonly string[]; readonly unknown: number };
}

export interface VenueSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: HealthKind;
  /** Wall time since when it is so, ms epoch; NaN while nothing is known. */
  readonly since: number;
}

/** The desk in a few words, for every place that has no room for more: tray, badge, title, notifications. */
export interface DeskSummary {
  /** `silent`: it was heard and is heard no more; nothing below is then shown as if it were now. */
  readonly engine: 'answering' | 'silent' | 'unheard';
  readonly engineSilentMs: number;
  readonly now: number;
  /** Of all that is in use: markets and accounts. `stale` while the engine is silent, `connecting` before its first word. */
  readonly worst: HealthKind;
  readonly venues: readonly VenueSummary[];
  /** How many venues are in which state, worst first. */
  readonly counts: readonly { readonly kind: HealthKind; readonly venues: number }[];
  readonly pnl: readonly OpenPnl[];
  readonly alarms: DeskFacts['alarms'];
  readonly trading: DeskFacts['trading'];
}

/** Pure: the same facts, the same words, in the shell and in the page. */
export function summariseDesk(facts: DeskFacts): DeskSummary {
  const { now, engineSilentMs, connections, alarms, trading } = facts;
  const engine =
    connections === undefined ? 'unheard' : engineSilentMs > ENGINE_SILENT_AFTER_MS ? 'silent' : 'answering';
  const venues = facts.venues.map(({ id, name }): VenueSummary => {
    const own = (connections ?? []).filter(({ venue }) => venue === id);
    if (engine === 'unheard') return { id, name, kind: 'connecting', since: Number.NaN };
    if (engine === 'silent') return { id, name, kind: 'stale', since: now - engineSilentMs };
    return { id, name, ...worstOf(own) };
  });
  return {
    engine,
    engineSilentMs,
    now,
    worst: worstKind(engine, venues),
    venues,
    counts: countKinds(venues),
    pnl: openPnl(facts),
    alarms,
    trading,
  };
}

/** Connections on which nothing is wanted say nothing of a venue that has others. */
function worstOf(connections: readonly ConnectionHealth[]): Pick<VenueSummary, 'kind' | 'since'> {
  let worst: Pick<VenueSummary, 'kind' | 'since'> | undefined;
  for (const connection of connections) {
    if (connection.state.kind === 'idle') continue;
    const kind = connectionKind(connection);
    if (worst !== undefined && (worst.kind === kind || worseOf(worst.kind, kind) === worst.kind)) continue;
    worst = { kind, since: sinceOf(connection, kind) };
  }
  return worst ?? { kind: 'idle', since: Number.NaN };
}

/** A live connection may be late or stale for one of its streams: then it is so since that one is. */
function sinceOf({ state, since, streams }: ConnectionHealth, kind: HealthKind): number {
  if ((kind !== 'late' && kind !== 'stale') || state.kind === kind) return since;
  return Math.min(...streams.filter((stream) => stream.state === kind).map((stream) => stream.since));
}

function worstKind(engine: DeskSummary['engine'], venues: readonly VenueSummary[]): HealthKind {
  if (engine === 'silent') return 'stale';
  if (engine === 'unheard') return 'connecting';
  const used = venues.filter(({ kind }) => kind !== 'idle');
  return used.reduce<HealthKind>(
    (worst, { kind }) => worseOf(worst, kind),
    used.length > 0 ? 'live' : 'idle',
  );
}

function countKinds(venues: readonly VenueSummary[]): DeskSummary['counts'] {
  const counts = new Map<HealthKind, number>();
  for (const { kind } of venues) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, venues: count }))
    .sort((one, other) => (worseOf(one.kind, other.kind) === one.kind ? -1 : 1));
}
