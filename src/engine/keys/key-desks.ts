import { HeartlineError } from '#shared/base/errors.ts';
import type { Environment } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { AccountVenue } from '#venues/account.ts';

/** A venue a key can be added for here. */
export interface KeyDesk {
  readonly venue: AccountVenue;
  /** As people know it. */
  readonly name: string;
  /** Where a key can be good on this desk. */
  readonly environments: readonly Environment[];
  /** A ready-made key of the demo market. */
  readonly demoKey?: (() => Promise<{ readonly apiKey: string; readonly secret: string }>) | undefined;
}

export interface KeyDesks {
  /** Throws `account.not-offered` {venue, environment}. */
  of(venue: VenueId, environment: Environment): KeyDesk;
  has(venue: VenueId, environment: Environment): boolean;
  nameOf(venue: VenueId): string;
}

export function createKeyDesks(all: readonly KeyDesk[]): KeyDesks {
  const find = (venue: VenueId) => all.find((desk) => desk.venue.id === venue);
  const nameOf = (venue: VenueId) => find(venue)?.name ?? venue;
  return {
    nameOf,
    has: (venue, environment) => find(venue)?.environments.includes(environment) ?? false,
    of(venue, environment) {
      const desk = find(venue);
      if (desk?.environments.includes(environment)) return desk;
      throw new HeartlineError('account.not-offered', `no ${environment} key of ${venue} can be used here`, {
        details: { venue: nameOf(venue), environment },
      });
    },
  };
}
