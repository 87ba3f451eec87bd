import type { Cause, ConnectionState, ConnectionStateKind } from '#shared/domain/connection.ts';
import type { TimelineRow } from '#shared/domain/incident.ts';
import { causeOf, isDelivering, isUnwanted, worseOf } from './state-severity.ts';

/** A stretch of wall time, ms epoch; `to` exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** One watch over the connections without a break: its stretch of wall time, and its place in the order of watches. */
export interface Run extends Stretch {
  readonly id: number;
}

export interface StateChange {
  readonly at: number;
  readonly state: ConnectionState;
}

type Span = TimelineRow['spans'][number];

/**
 * What each run is believed about, oldest run first. Where the system clock was set back two runs tell of the same
 * hours: the later one is believed, since it knows the clock that was corrected.
 */
export function believedStretches(runs: readonly Run[]): ReadonlyMap<number, readonly Stretch[]> {
  const believed = new Map<number, readonly Stretch[]>();
  let taken: Stretch[] = [];
  for (const run of runs.toSorted((a, b) => b.id - a.id)) {
    believed.set(run.id, without(run, taken));
    taken = union([...taken, { from: run.from, to: run.to }]);
  }
  return believed;
}

function without(whole: Stretch, holes: readonly Stretch[]): Stretch[] {
  const rest: Stretch[] = [];
  let { from } = whole;
  for (const hole of holes) {
    if (hole.to <= from) continue;
    if (hole.from >= whole.to) break;
    if (hole.from > from) rest.push({ from, to: hole.from });
    from = Math.max(from, hole.to);
  }
  if (from < whole.to) rest.push({ from, to: whole.to });
  return rest;
}

/** Sorted and joined. */
function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && stretch.from <= last.to) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    } else joined.push(stretch);
  }
  return joined;
}

/**
 * The states of one connection in one run, cut to `within`. `changes` in order; time before the first was not watched,
 * the last lasts to the end of the run. Touching spans of the same state and cause are one.
 */
export function spansOf(changes: readonly StateChange[], run: Stretch, within: Stretch): Span[] {
  const spans: Span[] = [];
  for (const [index, change] of changes.entries()) {
    const until = changes[index + 1]?.at ?? run.to;
    const from = Math.max(change.at, run.from, within.from);
    const to = Math.min(until, run.to, within.to);
    if (from >= to) continue;
    const cause = causeOf(change.state);
    append(spans, { from, to, kind: change.state.kind, ...(cause === undefined ? {} : { cause }) });
  }
  return spans;
}

function append(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  const isSame = last?.to === span.from && last.kind === span.kind && last.cause?.code === span.cause?.code;
  if (last && isSame) spans[spans.length - 1] = { ...last, to: span.to };
  else spans.push(span);
}

/**
 * Share of the time in which data was wanted that it was delivered in (live, degraded, rotating), 0…1. Time in which
 * nothing was wanted (idle, paused by the person) is no part of it; NaN where no other time was watched.
 */
export function uptimeOf(spans: readonly Span[]): number {
  let wanted = 0;
  let delivered = 0;
  for (const span of spans) {
    if (isUnwanted(stateLike(span))) continue;
    wanted += span.to - span.from;
    if (isDelivering(span.kind)) delivered += span.to - span.from;
  }
  return wanted === 0 ? Number.NaN : delivered / wanted;
}

function stateLike({ kind, cause }: { kind: ConnectionStateKind; cause?: Cause }): ConnectionState {
  // Only the kind and a pause's cause decide whether anything was wanted.
  return kind === 'paused' && cause ? { kind, cause } : kind === 'idle' ? { kind } : { kind: 'live' };
}

/**
 * Fewer spans for a picture: neighbours are joined while they are shorter together than `shortestMs`, and show the worst
 * of them. What is covered stays exactly the same.
 */
export function coarsen(spans: readonly Span[], shortestMs: number): readonly Span[] {
  const coarse: Span[] = [];
  for (const span of spans) {
    const last = coarse.at(-1);
    if (!last || last.to !== span.from || span.to - last.from >= shortestMs) {
      coarse.push(span);
      continue;
    }
    const worst = worseOf(last.kind, span.kind) === last.kind ? last : span;
    coarse[coarse.length - 1] = { ...worst, from: last.from, to: span.to };
  }
  return coarse;
}
