import { useStore } from 'zustand';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';

/** As the venue calls itself. */
export function useVenueName(venue: VenueId): string {
  const { description } = useDesk();
  return useStore(description.store, ({ venues }) => venues.find(({ id }) => id === venue)?.name ?? venue);
}
