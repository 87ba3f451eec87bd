import { useStore } from 'zustand';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';

/** A paper account at this venue: offered where one can be had and is not there yet. */
export function usePaper(venue: VenueId): {
  readonly isOffered: boolean;
  readonly busy: boolean;
  readonly add: () => void;
} {
  const { client, holdings, trading } = useDesk();
  const { busy, ask } = useAsk();
  const canHave = useStore(trading.watching.store, ({ view }) => view?.paperVenues.includes(venue) ?? false);
  const isThere = useStore(
    holdings.accounts.store,
    ({ view }) =>
      view?.accounts.some((account) => account.venue === venue && account.environment === 'paper') ?? true,
  );
  return {
    isOffered: canHave && !isThere,
    busy,
    add: () => void ask(() => client.request('paper.add', { venue })),
  };
}
