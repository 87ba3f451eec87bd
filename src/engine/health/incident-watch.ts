import type { Clock } from '#shared/base/clock.ts';
import type { HealthView } from '#shared/contract/api.ts';
import type { FeedFact, Incident, Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import type { Circumstances } from './circumstances.ts';
import { createConnectionStates } from './connection-states.ts';
import type { MetricsThen } from './incident-archive.ts';
import {
  applyFact,
  applyTransition,
  beginning,
  closedByStop,
  type IncidentDraft,
  incidentOf,
} from './incident-draft.ts';
import { createOffsetWatch } from './offset-watch.ts';
import { createProbes, type Probe } from './probes.ts';
import { isTrouble, isUnwanted, worseOf } from './state-severity.ts';
import type { TimeBreak } from './time-watch.ts';
import { judgeIncident } from './verdict.ts';
import { hasLostSocket } from './verdict-items.ts';

/** What is asked of the rest of the engine, the moment something breaks. */
export interface IncidentSurroundings {
  health(): HealthView;
  /** The view as it stands, where somebody measures. */
  metrics(): MetricsView | undefined;
  /** One REST call for the venue's time, through its budget. */
  readonly probe?: Probe | undefined;
  ordersInFlight(venue: VenueId): number;
  link(): Circumstances['link'];
  isLoopback(venue: VenueId): boolean;
  lastBreak(): TimeBreak | undefined;
}

/** `ended` once; what the feeds repair afterwards is `changed` again. */
export type IncidentChange = 'begun' | 'changed' | 'ended';

export interface IncidentWatch {
  note(transition: Transition): void;
  noteFact(venue: VenueId, fact: FeedFact): void;
  /** The venue goes: what is open there ends now. */
  leave(venue: VenueId): void;
  second(): void;
  /** What is still open is closed as "Heartline was stopped". */
  dispose(): void;
}

/** Live again for so long ends an incident; a break before that is the same incident. */
const LASTING_MS = 10_000;
/** Repairs come in after the end, and venues fall one after the other: so long an ended incident is still written. */
const AFTERMATH_MS = 60_000;
const TOGETHER_MS = 5000;

/** Makes incidents of transitions. `onChange` gets each anew whenever it changed, with what was measured when it is new. */
export function createIncidentWatch(options: {
  readonly clock: Clock;
  readonly surroundings: IncidentSurroundings;
  readonly onChange: (incident: Incident, what: IncidentChange, metrics?: MetricsThen) => void;
}): IncidentWatch {
  const { clock, surroundings } = options;
  const states = createConnectionStates();
  const offsets = createOffsetWatch(clock);
  const probes = createProbes(clock, surroundings.probe);
  const open = new Map<string, IncidentDraft>();
  let ended: { readonly draft: IncidentDraft; readonly monotonic: number }[] = [];
  let count = 0;

  function publish(draft: IncidentDraft, what: IncidentChange, metrics?: MetricsThen): void {
    draft.verdict = judgeIncident(circumstances(draft));
    draft.isDirty = false;
    options.onChange(incidentOf(draft), what, metrics);
  }

  function begin(transition: Transition): void {
    const { venue, connection, state, at } = transition;
    const health = surroundings.health();
    const { planned, cause } = beginning(state);
    const streams = health.connections.find(({ id }) => id === connection)?.streams ?? [];
    const silent = streams.filter((stream) => stream.state === 'late' || stream.state === 'stale');
    const named = silent.length === 1 ? silent[0] : streams.find(({ stream }) => stream === cause.detail);
    // A single silent stream has been silent for longer than its connection.
    const lastGood = [transition.lastDataAt, named?.lastReceivedAt].filter((time) => time !== undefined);
    const isSwap = state.kind === 'rotating'; // the old socket still delivers
    const startedAt = isSwap || lastGood.length === 0 ? at : Math.min(at, ...lastGood);
    const view = surroundings.metrics();
    count += 1;
    const draft: IncidentDraft = {
      id: `${connection.slice(0, 56)}@${at.toString(36)}-${count}`,
      venue,
      connection,
      startedAt,
      noticedAt: at,
      ...(planned === undefined ? {} : { planned }),
      worst: state.kind,
      causes: [cause],
      attempts: 0,
      tradesMissed: 0,
      tradesRecovered: 0,
      candlesRepaired: 0,
      booksResynced: 0,
      ordersInFlight: surroundings.ordersInFlight(venue),
      verdict: { side: 'unclear', kind: 'socket', confidence: 0, evidence: [] },
      others: new Map(),
      transitions: [],
      fell: new Map(),
      noticed: {
        streams: {
          silent: silent.length,
          fine: streams.filter((stream) => stream.state === 'live').length,
          ...(named === undefined ? {} : { named: named.stream }),
        },
        loopDelayMs: health.engine.eventLoopDelayMs,
        tightBudgets: (view?.budgets ?? []).flatMap((budget) =>
          budget.venue === venue && budget.state !== 'normal' ? [budget.scope] : [],
        ),
        link: surroundings.link(),
      },
      isDirty: false,
    };
    applyTransition(draft, transition);
    for (const other of states.venues()) {
      const worst = other === venue ? undefined : states.worst(other);
      if (worst !== undefined) draft.others.set(other, worst);
    }
    open.set(connection, draft);
    if (planned === undefined) {
      meetOthers(draft);
      if (mayAsk(draft, view)) ask(draft);
    }
    publish(draft, 'begun', view && metricsThen(view, venue, connection));
  }

  /** Those that fell at the same time know of each other, whichever was noticed first. */
  function meetOthers(draft: IncidentDraft): void {
    for (const other of [...open.values(), ...ended.map((entry) => entry.draft)]) {
      if (other.venue === draft.venue || other.planned !== undefined) continue;
      const withinMs = Math.min(
        Math.abs(other.noticedAt - draft.noticedAt),
        Math.abs(other.startedAt - draft.startedAt),
      );
      if (withinMs > TOGETHER_MS) continue;
      draft.fell.set(other.venue, { withinMs, draft: other });
      other.fell.set(draft.venue, { withinMs, draft });
      other.isDirty = true;
    }
  }

  /** Whoever was told to be silent is not asked how it is. */
  function mayAsk(draft: IncidentDraft, view: MetricsView | undefined): boolean {
    const isTold = draft.causes.some(({ code }) => code === 'rate-limit' || code === 'ban');
    return !isTold && !view?.budgets.some(({ venue, state }) => venue === draft.venue && state === 'silent');
  }

  function ask(draft: IncidentDraft): void {
    void probes.ask(draft.venue).then((answer) => {
      if (answer === undefined) return;
      draft.probe = answer;
      draft.isDirty = true;
    });
  }

  function circumstances(draft: IncidentDraft): Circumstances {
    const { venue } = draft;
    const fine = [...draft.others].flatMap(([other, worst]) =>
      worst === 'live' || worst === 'rotating' ? [other] : [],
    );
    const gap = surroundings.lastBreak();
    const isNear = gap && draft.noticedAt >= gap.before - 1000 && draft.noticedAt <= gap.after + 30_000;
    const offsetMs = offsets.latest(venue);
    const loopbackFine = fine.find(surroundings.isLoopback);
    return {
      venue,
      causes: draft.causes,
      worst: draft.worst,
      ...(draft.planned === undefined ? {} : { planned: draft.planned }),
      ...draft.noticed,
      siblingsFine: states
        .wanted(venue)
        .filter(({ connection, state }) => connection !== draft.connection && state.kind === 'live')
        .map(({ connection }) => connection),
      othersFine: fine,
      fellTogether: [...draft.fell].map(([other, { withinMs, draft: its }]) => ({
        venue: other,
        withinMs,
        lostSocket: hasLostSocket({ worst: its.worst, streams: its.noticed.streams }),
      })),
      othersWatched: draft.others.size,
      isLoopback: surroundings.isLoopback(venue),
      ...(loopbackFine === undefined ? {} : { loopbackFine }),
      ...(draft.probe === undefined ? {} : { probe: draft.probe }),
      clock: {
        ...(offsetMs === undefined ? {} : { offsetMs }),
        movedMs:
          isNear && gap.kind === 'clock set' ? gap.byMs : offsets.movedSince(venue, draft.noticedAt - 60_000),
      },
      ...(isNear && gap.kind === 'stood still' ? { stoodStillMs: gap.byMs } : {}),
    };
  }

  function end(draft: IncidentDraft, at: number): void {
    draft.endedAt = Math.max(at, draft.noticedAt);
    open.delete(draft.connection);
    ended.push({ draft, monotonic: clock.monotonic() });
    publish(draft, 'ended');
  }

  function noteElsewhere({ venue }: Transition): void {
    const worst = states.worst(venue);
    if (worst === undefined) return;
    for (const draft of open.values()) {
      if (draft.venue === venue) continue;
      const known = draft.others.get(venue);
      const next = known === undefined ? worst : worseOf(known, worst);
      if (next === known) continue;
      draft.others.set(venue, next);
      draft.isDirty = true;
    }
  }

  return {
    note(transition) {
      const { connection, state, at } = transition;
      const before = states.note(transition);
      noteElsewhere(transition);
      const draft = open.get(connection);
      if (!draft) {
        // From live to connecting at once: somebody asked for new sockets.
        const isRenewed = state.kind === 'connecting' && before?.kind === 'live';
        if (isTrouble(state) || state.kind === 'rotating' || isRenewed) begin(transition);
        return;
      }
      applyTransition(draft, transition);
      if (isUnwanted(state)) {
        end(draft, at);
        return;
      }
      if (state.kind === 'live') draft.recovered = { at, monotonic: clock.monotonic() };
      else delete draft.recovered;
      publish(draft, 'changed');
    },
    noteFact(venue, fact) {
      const connections = surroundings.health().connections;
      const connection = connections.find(
        (candidate) =>
          candidate.venue === venue && candidate.streams.some(({ stream }) => stream === fact.stream),
      )?.id;
      if (connection === undefined) return;
      const draft =
        open.get(connection) ?? ended.findLast((entry) => entry.draft.connection === connection)?.draft;
      if (draft && applyFact(draft, fact)) draft.isDirty = true;
    },
    leave(venue) {
      for (const draft of [...open.values()].filter((candidate) => candidate.venue === venue)) {
        end(draft, clock.now());
      }
      states.forget(venue);
    },
    second() {
      const now = clock.monotonic();
      offsets.note(surroundings.health().clockOffsetMs);
      for (const draft of [...open.values()]) {
        const { recovered } = draft;
        if (recovered && now - recovered.monotonic >= LASTING_MS) end(draft, recovered.at);
      }
      for (const draft of [...open.values(), ...ended.map((entry) => entry.draft)]) {
        if (draft.isDirty) publish(draft, 'changed');
      }
      ended = ended.filter((entry) => now - entry.monotonic < AFTERMATH_MS);
    },
    dispose() {
      for (const draft of open.values()) {
        draft.verdict = judgeIncident(circumstances(draft));
        options.onChange(closedByStop(incidentOf(draft), clock.now()), 'ended');
      }
      open.clear();
      probes.dispose();
    },
  };
}

function metricsThen(view: MetricsView, venue: VenueId, connection: string): MetricsThen {
  return {
    asOf: view.asOf,
    streams: view.streams.filter((stream) => stream.connection === connection),
    connections: view.connections.filter(({ id }) => id === connection),
    budgets: view.budgets.filter((budget) => budget.venue === venue),
    engine: view.engine,
  };
}
