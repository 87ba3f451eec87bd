import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth, StreamHealth } from '#shared/domain/connection.ts';
import { streamId } from '../../../stores/stream-id.ts';

/** The stream the plots are about: the one selected, else the busiest of what is selected, else the busiest there is. */
export function plotStream(health: HealthView | undefined, subject: string | undefined): string | undefined {
  if (subject?.includes(' ')) return subject;
  const all = health?.connections ?? [];
  const own = all.filter(({ id, venue }) => subject === id || subject === venue);
  return busiest(own) ?? busiest(all);
}

function busiest(connections: readonly ConnectionHealth[]): string | undefined {
  let most: { readonly connection: string; readonly health: StreamHealth } | undefined;
  for (const { id, streams } of connections) {
    for (const health of streams) {
      if (most === undefined || health.perSecond > most.health.perSecond) most = { connection: id, health };
    }
  }
  return most && streamId({ connection: most.connection, stream: most.health.stream });
}

/** One stream's row of a latency heat as plot columns: seconds since the epoch (each column's middle), p50, p99. */
export function latencyColumns(
  heat:
    | {
        readonly from: number;
        readonly to: number;
        readonly columns: number;
        readonly streams: readonly { readonly stream: string; readonly connection: string }[];
        readonly values: Float64Array;
        readonly medians?: Float64Array;
      }
    | undefined,
  id: string | undefined,
): readonly [number[], (number | null)[], (number | null)[]] {
  const row = heat?.streams.findIndex((of) => streamId(of) === id) ?? -1;
  if (heat === undefined || row < 0) return [[], [], []];
  const width = (heat.to - heat.from) / heat.columns;
  const at = Array.from({ length: heat.columns }, (_, column) => column);
  const line = (values: Float64Array | undefined) =>
    at.map((column) => {
      const value = values?.[row * heat.columns + column] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    });
  return [
    at.map((column) => (heat.from + (column + 0.5) * width) / 1_000),
    line(heat.medians),
    line(heat.values),
  ];
}
