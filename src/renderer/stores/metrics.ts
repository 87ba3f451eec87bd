import type { StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import { ENGINE_SILENT_AFTER_MS, type Freshness } from '#shared/domain/freshness.ts';
import type { ConnectionMetrics, MetricsView, StreamMetrics } from '#shared/domain/metrics.ts';
import { createMetricsHistory, type MetricsHistory } from './metrics-history.ts';
import type { Pulse } from './pulse.ts';
import { streamId } from './stream-id.ts';
import { openWatch, type Watched } from './watched.ts';

/** The engine's figures by what they are about. */
export interface MetricsIndex {
  readonly asOf: number;
  readonly view: MetricsView;
  /** By `<connection> <stream key>`. */
  readonly streams: ReadonlyMap<string, StreamMetrics>;
  readonly connections: ReadonlyMap<string, ConnectionMetrics>;
}

export interface Metrics {
  readonly store: StoreApi<Watched<MetricsIndex>>;
  /** What this window has seen since it began to look. */
  readonly history: MetricsHistory;
  retry(): void;
  readonly dispose: Undo;
}

export function createMetrics(client: ContractClient): Metrics {
  const history = createMetricsHistory();
  const watching = openWatch<'metrics', MetricsIndex>(client, 'metrics', {}, (_, view) => {
    history.add(view);
    return {
      asOf: view.asOf,
      view,
      streams: new Map(view.streams.map((stream) => [streamId(stream), stream])),
      connections: new Map(view.connections.map((connection) => [connection.id, connection])),
    };
  });
  return { store: watching.store, history, retry: watching.retry, dispose: watching.dispose };
}

/** Figures come once a second; two missed and a half make them stale, as does an engine that does not answer. */
export function metricsFreshness(
  asOf: number | undefined,
  { now, answering }: Pick<Pulse, 'now' | 'answering'>,
): Freshness {
  if (asOf === undefined) return 'unknown';
  return !answering || now - asOf > ENGINE_SILENT_AFTER_MS ? 'stale' : 'fresh';
}
