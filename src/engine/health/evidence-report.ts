import type { AppDescription, LogEntry } from '#shared/contract/api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Incident, TimelineRow, Transition } from '#shared/domain/incident.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import { redacted, secretsIn, shareableSettings } from './evidence-redaction.ts';
import { createReportTimes } from './evidence-times.ts';
import type { MetricsThen } from './incident-archive.ts';

/** All a report is made of. The same input makes the same file, byte for byte. */
export interface EvidenceInput {
  /** Wall time, ms epoch. */
  readonly exportedAt: number;
  /** The incident it is about; absent: the range. */
  readonly incident?: Incident;
  readonly from: number;
  readonly to: number;
  readonly language: 'en' | 'ko';
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly localZone: string;
  readonly app: Pick<AppDescription, 'version' | 'mode' | 'environment' | 'shell'>;
  readonly machine: { readonly platform: string; readonly architecture: string; readonly node: string };
  /** The person's home folder, to be masked. */
  readonly home: string;
  /** Secrets known beside those in the settings. */
  readonly secrets: readonly string[];
  readonly settings: Settings;
  readonly incidents: readonly Incident[];
  readonly timeline: readonly TimelineRow[];
  readonly transitions: readonly Transition[];
  /** There were more transitions than `transitions` holds. */
  readonly transitionsAreCut: boolean;
  /** As measured when the incident was noticed. */
  readonly metricsThen?: MetricsThen;
  /** As measured while exporting. */
  readonly metricsNow?: MetricsView;
  readonly log: readonly LogEntry[];
  /** The log in memory reaches back to here. */
  readonly logFrom: number | undefined;
  readonly clockOffsetMs: Readonly<Record<string, number>>;
}

/** What `report.json` holds: the input without anything private, and the main times in words. */
export interface EvidenceReport extends Omit<EvidenceInput, 'home' | 'secrets' | 'log'> {
  readonly format: 'heartline-evidence/1';
  readonly about: 'incident' | 'range';
  readonly times: readonly {
    readonly what: string;
    readonly at: number;
    readonly kst: string;
    readonly local: string;
    readonly utc: string;
  }[];
}

/** Pure. */
export function reportOf(input: EvidenceInput): {
  readonly report: EvidenceReport;
  readonly log: readonly LogEntry[];
} {
  const { home, secrets, log, ...rest } = input;
  const known = { home, secrets: [...secrets.filter((text) => text !== ''), ...secretsIn(input.settings)] };
  const times = createReportTimes(input.localZone);
  const named: [string, number | undefined][] = [
    ['exportedAt', input.exportedAt],
    ['from', input.from],
    ['to', input.to],
    ...input.incidents.flatMap(({ id, startedAt, noticedAt, endedAt }): [string, number | undefined][] => [
      [`${id} startedAt`, startedAt],
      [`${id} noticedAt`, noticedAt],
      [`${id} endedAt`, endedAt],
    ]),
  ];
  const report: EvidenceReport = {
    format: 'heartline-evidence/1',
    about: input.incident === undefined ? 'range' : 'incident',
    ...rest,
    settings: shareableSettings(input.settings),
    times: named.flatMap(([what, at]) => (at === undefined ? [] : [{ what, at, ...times.inZones(at) }])),
  };
  return { report: redacted(report, known), log: redacted(log, known) };
}
