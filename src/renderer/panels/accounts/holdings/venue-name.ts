import type { AppDescription } from '#shared/contract/api.ts';
import type { VenueId } from '#shared/domain/instrument.ts';

/** As the venue calls itself. */
export function venueName(app: Pick<AppDescription, 'venues'>, venue: VenueId): string {
  return app.venues.find(({ id }) => id === venue)?.name ?? venue;
}
