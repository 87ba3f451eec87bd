import { homedir } from 'node:os';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { CheckedRequest, EvidenceFile, HealthView } from '#shared/contract/api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import type { EventLog } from './event-log.ts';
import { packEvidence } from './evidence-file.ts';
import type { EvidenceInput } from './evidence-report.ts';
import type { IncidentArchive } from './incident-archive.ts';
import type { Timeline } from './timeline.ts';
import { KEPT_MS } from './timeline-pruning.ts';

export interface EvidenceSources {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly timeline: Timeline;
  readonly archive: IncidentArchive;
  readonly app: EvidenceInput['app'];
  readonly settings: () => Settings;
  readonly health: () => HealthView;
  readonly metrics: () => MetricsView | undefined;
  /** Lets others run. */
  readonly pause: () => Promise<void>;
  /** Secrets known beside the settings' own, to be masked wherever they turn up. */
  readonly secrets?: (() => readonly string[]) | undefined;
}

const AROUND_MS = 300_000;
const MAX_TRANSITIONS = 10_000;

/** Gathers what is known of an incident (with five minutes around it) or of a range. Throws `incident.unknown`. */
export async function exportEvidence(
  sources: EvidenceSources,
  what: CheckedRequest<'evidence.export'>,
): Promise<EvidenceFile> {
  const { clock, log, timeline, archive } = sources;
  const now = clock.now();
  const incident = 'incident' in what ? archive.find(what.incident) : undefined;
  if ('incident' in what && incident === undefined) {
    throw new HeartlineError('incident.unknown', `no such incident: ${what.incident}`, {
      details: { incident: what.incident },
    });
  }
  const asked = incident
    ? { from: incident.startedAt - AROUND_MS, to: (incident.endedAt ?? now) + AROUND_MS }
    : 'from' in what
      ? what
      : { from: now, to: now };
  const to = Math.min(asked.to, now);
  const from = Math.max(asked.from, to - KEPT_MS);
  const transitions = timeline.transitions(from, to, MAX_TRANSITIONS + 1);
  const metricsThen = incident && archive.metricsThen(incident.id);
  const metricsNow = sources.metrics();
  const settings = sources.settings();
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  const wanted = settings.language === 'system' ? locale : settings.language;
  return packEvidence(
    {
      exportedAt: now,
      ...(incident === undefined ? {} : { incident }),
      from,
      to,
      language: wanted.startsWith('ko') ? 'ko' : 'en',
      localZone: timeZone,
      app: sources.app,
      machine: { platform: process.platform, architecture: process.arch, node: process.versions.node },
      home: homedir(),
      secrets: sources.secrets?.() ?? [],
      settings,
      incidents: archive.list(from, to),
      timeline: await timeline.rowsInSteps(from, to, sources.pause),
      transitions: transitions.slice(-MAX_TRANSITIONS),
      transitionsAreCut: transitions.length > MAX_TRANSITIONS,
      ...(metricsThen === undefined ? {} : { metricsThen }),
      ...(metricsNow === undefined ? {} : { metricsNow }),
      log: log.entries.filter(({ at }) => at >= from && at <= to),
      logFrom: log.entries[0]?.at,
      clockOffsetMs: sources.health().clockOffsetMs,
    },
    sources.pause,
  );
}
