import type { ConnectionState, ConnectionStateKind } from '#shared/domain/connection.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { isUnwanted, worseOf } from './state-severity.ts';

/** The state each connection is in, as the transitions told. */
export interface ConnectionStates {
  /** What it was in before, `undefined` for a connection not met yet. */
  note(transition: Transition): ConnectionState | undefined;
  forget(venue: VenueId): void;
  stateOf(connection: string): ConnectionState | undefined;
  /** The connections of a venue that are wanted. */
  wanted(venue: VenueId): readonly { readonly connection: string; readonly state: ConnectionState }[];
  venues(): readonly VenueId[];
  /** Of the connections that are wanted; `undefined` where none is. */
  worst(venue: VenueId): ConnectionStateKind | undefined;
}

export function createConnectionStates(): ConnectionStates {
  const known = new Map<string, { readonly venue: VenueId; readonly state: ConnectionState }>();
  const wanted = (venue: VenueId) =>
    [...known].flatMap(([connection, { venue: its, state }]) =>
      its === venue && !isUnwanted(state) ? [{ connection, state }] : [],
    );
  return {
    note({ venue, connection, state }) {
      const before = known.get(connection)?.state;
      known.set(connection, { venue, state });
      return before;
    },
    forget(venue) {
      for (const [connection, entry] of known) if (entry.venue === venue) known.delete(connection);
    },
    stateOf: (connection) => known.get(connection)?.state,
    wanted,
    venues: () => [...new Set([...known.values()].map(({ venue }) => venue))],
    worst: (venue) =>
      wanted(venue)
        .map(({ state }) => state.kind)
        .reduce<ConnectionStateKind | undefined>(
          (worst, kind) => (worst === undefined ? kind : worseOf(worst, kind)),
          undefined,
        ),
  };
}
