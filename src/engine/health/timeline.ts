import type { Clock } from '#shared/base/clock.ts';
import type { TimelineRow, Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { ConnectionStore } from './connection-store.ts';
import { createTimeWatch, type TimeBreak } from './time-watch.ts';
import { createTimelineFile, type KeptRun, type KeptTransition, type RunEnding } from './timeline-file.ts';
import { believedStretches, coarsen, spansOf, uptimeOf } from './timeline-spans.ts';

/** Every state of every connection, on disk, with the times in which nobody watched left out. */
export interface Timeline {
  note(transition: Transition): void;
  /** Once a second: notices sleep and clock steps, and beats. */
  second(): void;
  /**
   * One row per connection that was watched in [from, to), ms epoch. Spans touch while it was watched; where they do
   * not, it was not. A row has at most about 2000 spans: shorter ones are joined and show the worst, the uptime is exact.
   */
  rows(from: number, to: number): readonly TimelineRow[];
  /** The same with `pause` in between: a month of flapping takes longer than the event loop may wait. */
  rowsInSteps(from: number, to: number, pause: () => Promise<void>): Promise<readonly TimelineRow[]>;
  /** Changes in [from, to], oldest first: the newest `limit` of them. */
  transitions(from: number, to: number, limit: number): readonly Transition[];
  /** When the run before this one was last seen alive, ms epoch. */
  readonly previousEnd: number | undefined;
  /** The latest sleep, freeze or clock step of this run of the program. */
  readonly lastBreak: TimeBreak | undefined;
  /** Changes that could not be kept since the start, because the disk did not take them for too long. */
  readonly lost: number;
  dispose(): void;
}

/** After a kill the last span ends at the last beat. */
const BEAT_MS = 5000;
/** Held while the disk fails; beyond, the oldest are let go. */
const MAX_UNSAVED = 10_000;
/** A row is cut into so many stretches at most, each at most two spans. */
const RESOLUTION = 1000;
/** Changes read at a go. */
const PAGE = 1000;
const MAX_DETAIL = 300;

type Steps<Result> = Generator<undefined, Result, undefined>;

export function openTimeline(options: {
  readonly store: ConnectionStore;
  readonly clock: Clock;
  readonly beatMs?: number;
}): Timeline {
  const { store, clock } = options;
  const beatMs = options.beatMs ?? BEAT_MS;
  const file = store.database ? createTimelineFile(store.database) : undefined;
  const previous = file?.lastRun();
  const watch = createTimeWatch(clock);
  const standing = new Map<string, Transition>();
  let run: KeptRun = { id: (previous?.id ?? 0) + 1, from: clock.now(), to: clock.now() };
  let endedRuns: KeptRun[] = [];
  let unsaved: KeptTransition[] = [];
  let lost = 0;
  let lastBreak: TimeBreak | undefined;
  let latestAt = run.from;
  let beatAt = Number.NEGATIVE_INFINITY;

  /** The current run is watched until now; a break ends it and begins another. */
  function live(): void {
    const gap = watch.check();
    if (gap === undefined) {
      run = { ...run, to: Math.max(run.to, clock.now()) };
      return;
    }
    lastBreak = gap;
    end(gap.kind, Math.max(run.to, gap.before));
    run = { id: run.id + 1, from: clock.now(), to: clock.now() };
    latestAt = run.from;
    for (const transition of standing.values()) add({ ...transition, at: run.from });
    beatAt = Number.NEGATIVE_INFINITY;
  }

  function end(ending: RunEnding, at: number): void {
    endedRuns.push({ ...run, to: at, ending });
  }

  function add(transition: Transition): void {
    // Within a run time does not go back, or spans would overlap.
    latestAt = Math.min(Math.max(transition.at, latestAt), Math.max(run.to, latestAt));
    unsaved.push({ ...transition, run: run.id, at: latestAt });
    if (unsaved.length > MAX_UNSAVED) lost += unsaved.splice(0, unsaved.length - MAX_UNSAVED).length;
  }

  const leave = store.join({
    get isDirty() {
      return unsaved.length > 0 || endedRuns.length > 0 || clock.monotonic() - beatAt >= beatMs;
    },
    save() {
      if (!file) return;
      for (const ended of endedRuns) file.saveRun(ended);
      // In one transaction with all that happened until this beat: what the file says of a time, it says completely.
      if (!endedRuns.some(({ id }) => id === run.id)) file.saveRun(run);
      for (const transition of unsaved) file.saveTransition(transition);
    },
    saved() {
      endedRuns = [];
      unsaved = [];
      beatAt = clock.monotonic();
    },
  });

  /** What the disk holds and what it does not hold yet, read a page at a time. */
  function* changes(connection: string, runId: number, from: number, to: number): Steps<KeptTransition[]> {
    const standing = file?.standing(connection, runId, from);
    const found: KeptTransition[] = standing ? [standing] : [];
    for (let skip = 0; file; skip += PAGE) {
      const page = file.changes(connection, runId, { from, to, skip, limit: PAGE });
      found.push(...page);
      if (page.length < PAGE) break;
      yield;
    }
    // At once after the last page: what is saved in between would be in both, or in none.
    for (const transition of unsaved) {
      if (transition.connection === connection && transition.run === runId && transition.at <= to) {
        found.push(transition);
      }
    }
    return found;
  }

  function runsIn(from: number, to: number): readonly KeptRun[] {
    const byId = new Map<number, KeptRun>();
    for (const one of [...(file?.runs(from, to) ?? []), ...endedRuns, run]) byId.set(one.id, one);
    return [...byId.values()];
  }

  function* rowsIn(from: number, to: number): Steps<readonly TimelineRow[]> {
    live();
    store.flush();
    const runs = runsIn(from, to);
    const believed = believedStretches(runs);
    const connections = new Map<string, VenueId>();
    for (const { venue, connection } of [...(file?.connections() ?? []), ...unsaved]) {
      connections.set(connection, venue);
    }
    const rows: TimelineRow[] = [];
    for (const [connection, venue] of connections) {
      const spans: TimelineRow['spans'][number][] = [];
      for (const one of runs) {
        const of = yield* changes(connection, one.id, from, to);
        for (const { from: since, to: until } of believed.get(one.id) ?? []) {
          const within = { from: Math.max(since, from), to: Math.min(until, to) };
          for (const span of spansOf(of, one, within)) spans.push(span);
        }
      }
      yield;
      if (spans.length === 0) continue;
      spans.sort((a, b) => a.from - b.from);
      const extentMs = (spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0);
      rows.push({ venue, connection, uptime: uptimeOf(spans), spans: coarsen(spans, extentMs / RESOLUTION) });
    }
    return rows;
  }

  return {
    previousEnd: previous?.to,
    get lastBreak() {
      return lastBreak;
    },
    get lost() {
      return lost;
    },
    note(transition) {
      live();
      const brief = shortened(transition);
      standing.set(brief.connection, brief);
      add(brief);
    },
    second: live,
    rows(from, to) {
      const steps = rowsIn(from, to);
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
      }
    },
    async rowsInSteps(from, to, pause) {
      const steps = rowsIn(from, to);
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
        await pause();
      }
    },
    transitions(from, to, limit) {
      live();
      store.flush();
      const waiting = unsaved.filter(({ at }) => at >= from && at <= to);
      const all = [...(file?.transitions(from, to, limit) ?? []), ...waiting];
      return all.slice(-limit).map(({ run: _run, ...transition }) => transition);
    },
    dispose() {
      live();
      end('stopped', run.to);
      store.flush();
      leave();
    },
  };
}

function shortened(transition: Transition): Transition {
  const { state } = transition;
  if (!('cause' in state) || state.cause.detail.length <= MAX_DETAIL) return transition;
  const cause = { ...state.cause, detail: `${state.cause.detail.slice(0, MAX_DETAIL)}…` };
  return { ...transition, state: { ...state, cause } };
}
