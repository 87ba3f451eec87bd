import type { OpenEntry } from '../load-keyring.ts';

/** A keychain in memory that fails with the sentences of the real one (see `keychain.test.ts`). */
export interface KeyringDouble {
  readonly load: () => Promise<OpenEntry>;
  /** Every secret in it, as text, by account. */
  readonly entries: Map<string, string>;
  mood: 'open' | 'locked' | 'gone';
}

export function createKeyringDouble(): KeyringDouble {
  const entries = new Map<string, string>();
  const answer = () => {
    if (double.mood === 'gone') {
      throw new Error(
        'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
      );
    }
  };
  const open = (account: string) => {
    answer();
    // As the real one: what is not there is not found, locked or not; the rest waits for a person.
    if (double.mood === 'locked' && entries.has(account)) dismiss();
  };
  const dismiss = () => {
    throw new Error("Couldn't access platform storage: Secret Service: unlock prompt was dismissed");
  };
  const double: KeyringDouble = {
    entries,
    mood: 'open',
    load: async () => (_service, account) => {
      answer();
      return {
        async setSecret(secret) {
          answer();
          if (double.mood === 'locked') dismiss();
          entries.set(account, Buffer.from(secret).toString('utf8'));
        },
        async getSecret() {
          open(account);
          const text = entries.get(account);
          return text === undefined ? null : [...Buffer.from(text, 'utf8')];
        },
        async deleteCredential() {
          open(account);
          return entries.delete(account);
        },
      };
    },
  };
  return double;
}
