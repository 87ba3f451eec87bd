import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { connectionKind, type HealthKind, worseOf } from '#shared/domain/health-kind.ts';

/** A venue as one: the worst connection of its markets speaks for all of them. */
export interface VenueHealth {
  readonly kind: HealthKind;
  /** The one that is in the worst state; `undefined` while the venue has none. */
  readonly worst: ConnectionHealth | undefined;
  /** The worst of its accounts, where one is in trouble: its prices may be as good as ever. */
  readonly account: { readonly kind: HealthKind; readonly connection: ConnectionHealth } | undefined;
  readonly connections: readonly ConnectionHealth[];
  /** Longest round trip of its markets' connections, ms; `undefined` while none is measured. */
  readonly roundTripMs: number | undefined;
}

/** Connections on which nothing is wanted say nothing of a venue that has others. */
export function venueHealth(connections: readonly ConnectionHealth[], venue: string): VenueHealth {
  const own = connections.filter((connection) => connection.venue === venue);
  const markets = own.filter(({ id }) => !isAccount(id));
  const { kind, connection: worst } = worstOf(markets);
  const account = worstOf(own.filter(({ id }) => isAccount(id)));
  const trips = markets.flatMap(({ roundTripMs }) => (roundTripMs === undefined ? [] : [roundTripMs]));
  return {
    kind,
    worst,
    account:
      account.connection && account.kind !== 'live'
        ? { kind: account.kind, connection: account.connection }
        : undefined,
    connections: own,
    roundTripMs: trips.length === 0 ? undefined : Math.max(...trips),
  };
}

/** `bybit/account:Main`: a private connection, named by its key's label. */
function isAccount(connection: string): boolean {
  return connection.slice(connection.indexOf('/') + 1).startsWith('account:');
}

function worstOf(connections: readonly ConnectionHealth[]) {
  const used = connections.filter(({ state }) => state.kind !== 'idle');
  let kind: HealthKind = used.length === 0 ? 'idle' : 'live';
  let connection: ConnectionHealth | undefined = used[0];
  for (const one of used) {
    const its = connectionKind(one);
    if (its === kind || worseOf(its, kind) === kind) continue;
    kind = its;
    connection = one;
  }
  return { kind, connection };
}
