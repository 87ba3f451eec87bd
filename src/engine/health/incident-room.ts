import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { HealthView, WatchSource } from '#shared/contract/api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Exposure } from '#shared/domain/alarm.ts';
import type { Incident, Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import type { Market } from '../market/market.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Room } from '../room.ts';
import { type AlarmRoom, createAlarmRoom } from './alarm-room.ts';
import type { Circumstances } from './circumstances.ts';
import { openConnectionStore } from './connection-store.ts';
import type { EventLog } from './event-log.ts';
import { exportEvidence } from './evidence-export.ts';
import type { EvidenceInput } from './evidence-report.ts';
import { openIncidentArchive } from './incident-archive.ts';
import { createIncidentWatch } from './incident-watch.ts';
import { networkLink } from './network-link.ts';
import type { PostJson } from './post-webhook.ts';
import type { Probe } from './probes.ts';
import { openTimeline } from './timeline.ts';
import { createTimelinePruning, KEPT_MS } from './timeline-pruning.ts';

export interface IncidentRoomOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  /** Holds `connections.db`. */
  readonly dataDir: string;
  readonly markets: MarketList;
  readonly settings: () => Settings;
  readonly app: EvidenceInput['app'];
  readonly health: () => HealthView;
  /** The latest view; `undefined` before the first. */
  readonly metrics: () => MetricsView | undefined;
  /** One REST call for the venue's time, charged to its budget. Absent: nobody is asked. */
  readonly probe?: Probe;
  /** The venue's server is on this machine. */
  readonly isLoopback?: (venue: VenueId) => boolean;
  readonly link?: () => Circumstances['link'];
  /** The private connections, and what is at stake; absent: nothing anywhere. */
  readonly accounts?: {
    onTransition(listener: (transition: Transition) => void): Undo;
    exposureOf(venue: VenueId): Exposure;
    /** Orders whose answer is not known yet. */
    ordersInFlight(venue: VenueId): number;
    /** To be masked in evidence. */
    secrets(): readonly string[];
  };
  /** The platform's `fetch` when absent. */
  readonly post?: PostJson;
}

type Requests = 'timeline.read' | 'incidents.list' | 'evidence.export' | keyof AlarmRoom['requests'];

/** Remembers what happened to the connections, tells whose fault it was, and raises alarms. */
export interface IncidentRoom extends Room<Requests, 'incidents' | 'alarms'> {
  /** Once a second, after the markets' own. */
  second(): void;
  /** Before the markets are disposed of: what is open is closed as "Heartline was stopped". */
  dispose(): void;
}

const PRUNE_EVERY_MS = 3_600_000;

export function createIncidentRoom(options: IncidentRoomOptions): IncidentRoom {
  const { clock, log, health, metrics } = options;
  const store = openConnectionStore(options);
  const timeline = openTimeline({ store, clock });
  const archive = openIncidentArchive({ store, previousEnd: timeline.previousEnd });
  const pruning = createTimelinePruning(store);
  const isLoopback = options.isLoopback ?? (() => false);
  const watch = createIncidentWatch({
    clock,
    surroundings: {
      health,
      metrics,
      probe: options.probe,
      ordersInFlight: (venue) => options.accounts?.ordersInFlight(venue) ?? 0,
      link: options.link ?? networkLink,
      isLoopback,
      lastBreak: () => timeline.lastBreak,
    },
    onChange(incident, what, measured) {
      archive.put(incident, measured);
      if (what !== 'changed') logIncident(what, incident);
    },
  });
  const alarms = createAlarmRoom({
    clock,
    log,
    store,
    settings: () => options.settings().alarms,
    post: options.post ?? fetch,
    exposureOf: (venue) => options.accounts?.exposureOf(venue) ?? 'none',
  });
  let isDisposing = false;
  let prunedAt = Number.NEGATIVE_INFINITY;
  const pause = () => new Promise<void>((resolve) => clock.after(0, resolve));
  const evidence = { ...options, secrets: options.accounts?.secrets, timeline, archive, pause };

  function logIncident(what: 'begun' | 'ended', incident: Incident): void {
    const { connection, cause, verdict, startedAt, noticedAt, endedAt } = incident;
    const isPlanned = verdict.kind === 'asked';
    log.add(
      isPlanned || what === 'ended' ? 'info' : 'warn',
      `incident.${what}`,
      `${connection}: incident ${what}, ${cause.code}, ${verdict.side} (${verdict.kind}, ${verdict.confidence})`,
      {
        connection,
        incident: incident.id,
        cause: cause.code,
        side: verdict.side,
        kind: verdict.kind,
        confidence: verdict.confidence,
        noticedAfterMs: noticedAt - startedAt,
        ...(endedAt === undefined ? {} : { lastedMs: endedAt - startedAt }),
      },
    );
  }

  function note(transition: Transition): void {
    timeline.note(transition); // first: it notices that the machine slept, which the incident wants to know
    watch.note(transition);
  }

  function attend(market: Market) {
    const at = clock.now();
    for (const { id, venue, state } of market.health()) note({ at, venue, connection: id, state });
    const undo = [market.onTransition(note), market.onFact((fact) => watch.noteFact(market.venue.id, fact))];
    return () => {
      for (const leave of undo) leave();
      if (isDisposing) return;
      for (const { id, venue, state } of market.health()) {
        if (state.kind === 'idle') continue;
        timeline.note({ at: clock.now(), venue, connection: id, state: { kind: 'idle' } });
      }
      watch.leave(market.venue.id);
    };
  }

  const leaveMarkets = options.markets.watchEach(attend);
  const leaveAccounts = options.accounts?.onTransition(note);

  async function read<Answer>(ask: () => Answer): Promise<Awaited<Answer>> {
    try {
      return await ask();
    } catch (fault) {
      throw new HeartlineError('timeline.unreadable', `connections.db cannot be read: ${messageOf(fault)}`, {
        cause: fault,
        details: { reason: messageOf(fault) },
      });
    }
  }

  function watchIncidents(changed: () => void): WatchSource<readonly Incident[]> {
    let isDirty = true;
    const undo = archive.onChange(() => {
      isDirty = true;
      changed();
    });
    return {
      take() {
        if (!isDirty) return undefined;
        isDirty = false;
        return archive.latest;
      },
      dispose: undo,
    };
  }

  return {
    requests: {
      ...alarms.requests,
      'timeline.read'({ from, to }) {
        const until = Math.min(to, clock.now());
        return read(() => timeline.rowsInSteps(Math.max(from, until - KEPT_MS), until, pause));
      },
      'incidents.list': ({ from, to }) => read(() => archive.list(from, to)),
      'evidence.export': (what) => exportEvidence(evidence, what),
    },
    watches: { ...alarms.watches, incidents: (_input, changed) => watchIncidents(changed) },
    second() {
      timeline.second();
      watch.second();
      const view = metrics();
      if (view) alarms.second({ metrics: view, health: health() });
      if (clock.monotonic() - prunedAt >= PRUNE_EVERY_MS) {
        // At the start the clock is not trusted yet: one that is years ahead must not empty the file.
        const newest =
          prunedAt > 0 ? clock.now() : Math.min(clock.now(), timeline.previousEnd ?? clock.now());
        prunedAt = clock.monotonic();
        pruning.ask(newest - KEPT_MS);
      }
      store.flush();
    },
    dispose() {
      isDisposing = true;
      leaveMarkets();
      leaveAccounts?.();
      watch.dispose();
      alarms.dispose();
      timeline.dispose();
      store.dispose();
    },
  };
}
