import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';

const NONE: readonly AccountView[] = [];

/** All accounts, as the engine told them last. */
export function useAccounts(): readonly AccountView[] {
  const { holdings } = useDesk();
  return useStore(holdings.accounts.store, ({ view }) => view?.accounts) ?? NONE;
}
