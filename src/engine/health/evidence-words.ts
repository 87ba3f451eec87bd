import type { ConnectionStateKind } from '#shared/domain/connection.ts';
import type { Verdict } from '#shared/domain/incident.ts';
import type { VerdictEvidence } from './verdict-evidence.ts';

/** The report's own small table: it is read where no Heartline is. `{name}` stands for a detail. */
export interface EvidenceWords {
  readonly heading: Readonly<
    Record<
      | 'title'
      | 'incident'
      | 'incidents'
      | 'verdict'
      | 'others'
      | 'timeline'
      | 'transitions'
      | 'metrics'
      | 'metricsNow'
      | 'log'
      | 'settings'
      | 'about',
      string
    >
  >;
  readonly label: Readonly<
    Record<
      | 'kst'
      | 'local'
      | 'utc'
      | 'what'
      | 'exported'
      | 'rangeFrom'
      | 'rangeTo'
      | 'version'
      | 'environment'
      | 'machine'
      | 'clockOffset'
      | 'connection'
      | 'worst'
      | 'cause'
      | 'started'
      | 'noticed'
      | 'ended'
      | 'lasts'
      | 'attempts'
      | 'tradesMissed'
      | 'tradesRecovered'
      | 'candlesRepaired'
      | 'booksResynced'
      | 'ordersInFlight'
      | 'confidence'
      | 'against'
      | 'state'
      | 'uptime'
      | 'spans'
      | 'level'
      | 'message'
      | 'rate'
      | 'p50'
      | 'p99'
      | 'silence'
      | 'score'
      | 'stream'
      | 'none'
      | 'cut'
      | 'logFrom'
      | 'hashes',
      string
    >
  >;
  readonly state: Readonly<Record<ConnectionStateKind, string>>;
  readonly side: Readonly<Record<Verdict['side'], string>>;
  readonly kind: Readonly<Record<Verdict['kind'], string>>;
  readonly evidence: Readonly<Record<VerdictEvidence, string>>;
}
