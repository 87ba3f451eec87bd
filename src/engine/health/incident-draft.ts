import type { Cause, ConnectionState, ConnectionStateKind } from '#shared/domain/connection.ts';
import type { FeedFact, Incident, Transition, Verdict } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Circumstances } from './circumstances.ts';
import { causeOf, isTrouble, severityOf, worseOf } from './state-severity.ts';

/** An incident that is still being written, with what its verdict will be made of. */
export interface IncidentDraft {
  readonly id: string;
  readonly venue: VenueId;
  readonly connection: string;
  readonly startedAt: number;
  readonly noticedAt: number;
  endedAt?: number;
  planned?: NonNullable<Circumstances['planned']>;
  worst: ConnectionStateKind;
  readonly causes: Cause[];
  attempts: number;
  tradesMissed: number;
  tradesRecovered: number;
  candlesRepaired: number;
  booksResynced: number;
  readonly ordersInFlight: number;
  verdict: Verdict;
  /** Worst state per other venue while it lasts. */
  readonly others: Map<VenueId, ConnectionStateKind>;
  readonly transitions: Incident['transitions'][number][];
  /** Live again; it counts when it lasts. */
  recovered?: { readonly at: number; readonly monotonic: number };
  /** Other venues that fell at the same time, and how far apart. */
  readonly fell: Map<VenueId, { readonly withinMs: number; readonly draft: IncidentDraft }>;
  /** As it was when it was noticed. */
  readonly noticed: Pick<Circumstances, 'streams' | 'loopDelayMs' | 'tightBudgets' | 'link'>;
  probe?: NonNullable<Circumstances['probe']>;
  /** Something changed that nobody was told of yet. */
  isDirty: boolean;
}

const MAX_TRANSITIONS = 200;
const MAX_CAUSES = 20;

/** Takes the connection's next state into the draft; an end is decided elsewhere. */
export function applyTransition(draft: IncidentDraft, { at, state }: Transition): void {
  const cause = causeOf(state);
  draft.transitions.push({ at, kind: state.kind, ...(cause === undefined ? {} : { cause }) });
  // Whatever flaps for hours is told by how it began and how it goes on now.
  if (draft.transitions.length > MAX_TRANSITIONS) draft.transitions.splice(MAX_TRANSITIONS / 2, 1);
  draft.worst = worseOf(draft.worst, state.kind);
  if (state.kind === 'connecting') draft.attempts += 1;
  const isNewCause =
    cause !== undefined &&
    draft.causes.length < MAX_CAUSES &&
    !draft.causes.some(({ code, detail }) => code === cause.code && detail === cause.detail);
  if (isNewCause) draft.causes.push(cause);
  if (isTrouble(state) && cause?.code !== 'user' && draft.planned !== undefined) {
    // The planned change went wrong: what went wrong is the cause, not the plan.
    delete draft.planned;
    draft.causes.shift();
    if (draft.causes.length === 0) draft.causes.push(cause ?? { code: 'unknown', detail: '' });
  }
}

export function applyFact(draft: IncidentDraft, fact: FeedFact): boolean {
  switch (fact.kind) {
    case 'book-resynced':
      draft.booksResynced += 1;
      return true;
    case 'candles-repaired':
      draft.candlesRepaired += fact.count;
      return true;
    case 'trades-recovered':
      draft.tradesMissed += fact.missed;
      draft.tradesRecovered += fact.recovered;
      return true;
    case 'book-gap':
    case 'stream-renewed':
    case 'frame-failed':
      return false;
  }
}

/** What a state that begins an incident was planned for, if it was; and the cause it is put down to. */
export function beginning(state: ConnectionState): {
  planned?: NonNullable<Circumstances['planned']>;
  cause: Cause;
} {
  const cause = causeOf(state);
  if (state.kind === 'rotating') {
    return {
      planned: state.reason,
      cause: {
        code: state.reason === 'notice' ? 'maintenance' : 'user',
        detail: `rotation: ${state.reason}`,
      },
    };
  }
  if (cause !== undefined) return cause.code === 'user' ? { planned: 'user', cause } : { cause };
  return { planned: 'user', cause: { code: 'user', detail: 'connected anew' } };
}

export function incidentOf(draft: IncidentDraft): Incident {
  return {
    id: draft.id,
    venue: draft.venue,
    connection: draft.connection,
    worst: draft.worst,
    cause: draft.causes[0] ?? { code: 'unknown', detail: '' },
    startedAt: draft.startedAt,
    noticedAt: draft.noticedAt,
    ...(draft.endedAt === undefined ? {} : { endedAt: draft.endedAt }),
    attempts: draft.attempts,
    tradesMissed: draft.tradesMissed,
    tradesRecovered: draft.tradesRecovered,
    candlesRepaired: draft.candlesRepaired,
    booksResynced: draft.booksResynced,
    ordersInFlight: draft.ordersInFlight,
    verdict: draft.verdict,
    others: [...draft.others]
      .map(([venue, worst]) => ({ venue, worst }))
      .toSorted((a, b) => severityOf(b.worst) - severityOf(a.worst)),
    transitions: [...draft.transitions],
  };
}

/** An incident nobody saw the end of: Heartline ended first. */
export function closedByStop(incident: Incident, at: number): Incident {
  const endedAt = Math.max(incident.noticedAt, at);
  return {
    ...incident,
    endedAt,
    verdict: {
      ...incident.verdict,
      evidence: [...incident.verdict.evidence, { code: 'engine.stopped', details: { at: endedAt } }],
    },
    transitions: [...incident.transitions, { at: endedAt, kind: 'idle' }],
  };
}
