import type { AccountsView, AccountView } from '#shared/contract/account-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';

/** Real money is never chosen by itself while anything else can be. */
const PREFERRED = ['simulator', 'demo', 'testnet', 'paper', 'mainnet'] as const;

/** Accounts of a venue, those that risk nothing first; read-only ones last. */
export function ticketAccounts(view: AccountsView | undefined, venue: VenueId): readonly AccountView[] {
  const rank = ({ mode, environment }: AccountView) =>
    (mode === 'trade' ? 0 : 10) + PREFERRED.indexOf(environment);
  return (view?.accounts ?? [])
    .filter((account) => account.venue === venue)
    .sort((a, b) => rank(a) - rank(b) || a.addedAt - b.addedAt);
}

/** The one chosen, while it is there and may trade; else the first that may. */
export function ticketAccount(
  accounts: readonly AccountView[],
  chosen: AccountId | undefined,
): AccountView | undefined {
  const able = accounts.filter(({ mode }) => mode === 'trade');
  return able.find(({ id }) => id === chosen) ?? able[0];
}
