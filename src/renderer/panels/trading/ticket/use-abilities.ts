import { useStore } from 'zustand';
import type { TicketView } from '#shared/contract/order-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';

/** What the account's venue can be asked for on this instrument; `undefined` until the engine has told. */
export function useAbilities(): TicketView['abilities'] {
  const { ticket } = useDesk();
  return useStore(ticket.store, ({ verdict }) =>
    verdict.kind === 'told'
      ? verdict.view.abilities
      : verdict.kind === 'asking'
        ? verdict.before?.abilities
        : undefined,
  );
}
