import type { AccountId } from '#shared/domain/account.ts';
import type { Credentials } from '#venues/account.ts';
import type { KeyStore } from './key-store.ts';

/** Keys that are gone when Heartline ends. While locked they are not signed with, but lie here: there is no other place. */
export function createMemoryStore(): KeyStore {
  const kept = new Map<AccountId, Credentials>();
  return {
    backend: { kind: 'memory' },
    read: async (account) => kept.get(account),
    async write(account, credentials) {
      kept.set(account, credentials);
    },
    async remove(account) {
      kept.delete(account);
    },
  };
}
