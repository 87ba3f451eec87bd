import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { connectionKind, type HealthKind, worseOf } from './health-kind.ts';

/** A venue as one: its worst connection speaks for all. */
export interface VenueHealth {
  readonly kind: HealthKind;
  /** The one that is in the worst state; `undefined` while the venue has none. */
  readonly worst: ConnectionHealth | undefined;
  readonly connections: readonly ConnectionHealth[];
  /** Longest round trip of its connections, ms; `undefined` while none is measured. */
  readonly roundTripMs: number | undefined;
}

/** Connections on which nothing is wanted say nothing of a venue that has others. */
export function venueHealth(connections: readonly ConnectionHealth[], venue: string): VenueHealth {
  const own = connections.filter((connection) => connection.venue === venue);
  const used = own.filter(({ state }) => state.kind !== 'idle');
  let kind: HealthKind = used.length === 0 ? 'idle' : 'live';
  let worst: ConnectionHealth | undefined = used[0];
  for (const connection of used) {
    const its = connectionKind(connection);
    if (its === kind || worseOf(its, kind) === kind) continue;
    kind = its;
    worst = connection;
  }
  const trips = own.flatMap(({ roundTripMs }) => (roundTripMs === undefined ? [] : [roundTripMs]));
  return {
    kind,
    worst,
    connections: own,
    roundTripMs: trips.length === 0 ? undefined : Math.max(...trips),
  };
}
