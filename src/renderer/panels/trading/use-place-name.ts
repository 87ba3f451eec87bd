import { useStore } from 'zustand';
import { type AccountId, accountVenue } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { useVenueName } from './use-venue-name.ts';

/**
 * Where an account’s orders stand: its venue by name, or the paper account by its own, as nothing of it is at the venue. `place`:
 * an account, or a venue where there is no account yet.
 */
export function usePlaceName(place: AccountId | { readonly venue: VenueId }): string {
  const { holdings } = useDesk();
  const venue = useVenueName(typeof place === 'string' ? accountVenue(place) : place.venue);
  const paper = useStore(holdings.accounts.store, ({ view }) =>
    view?.accounts.find(({ id, environment }) => id === place && environment === 'paper'),
  );
  return paper?.label ?? venue;
}
