import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { KeyStore } from './key-store.ts';
import type { KeyringEntry, OpenEntry } from './load-keyring.ts';
import { credentialsIn, textOf } from './secret-text.ts';

const SERVICE = 'Heartline';

/** As people know it. */
export function keychainName(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'Keychain';
    case 'win32':
      return 'Credential Manager';
    default:
      return 'Secret Service';
  }
}

/**
 * Keys in the operating system's keychain: service `Heartline`, one entry an account. Throws `keys.gone` where there is
 * none: on Linux that shows at once, elsewhere there always is one.
 */
export function openKeychain(openEntry: OpenEntry, platform: NodeJS.Platform): KeyStore {
  /** The faults of the library, told apart. */
  async function on<Answer>(account: string, act: (entry: KeyringEntry) => Promise<Answer>): Promise<Answer> {
    try {
      return await act(openEntry(SERVICE, account));
    } catch (fault) {
      throw keychainFault(fault);
    }
  }

  try {
    // Connects to the Secret Service and asks for nothing.
    openEntry(SERVICE, 'presence');
  } catch (fault) {
    throw keychainFault(fault);
  }

  return {
    backend: { kind: 'keychain', name: keychainName(platform) },
    async read(account: AccountId) {
      const bytes = await on(account, (entry) => entry.getSecret());
      if (bytes === null) return undefined;
      return credentialsIn(Buffer.from(bytes).toString('utf8'));
    },
    async write(account, credentials) {
      const bytes = Buffer.from(textOf(credentials), 'utf8');
      try {
        await on(account, (entry) => entry.setSecret(bytes));
      } finally {
        bytes.fill(0);
      }
    },
    async remove(account) {
      await on(account, (entry) => entry.deleteCredential());
    },
  };
}

/**
 * The library has one error class and tells faults apart by their sentences (seen with gnome-keyring 42, keyring 2.1.2):
 * "Couldn't access platform storage: Secret Service: unlock prompt was dismissed" for a locked collection that nobody
 * opened, "Platform failure: DBus error: …" where no service answers. macOS and Windows word theirs after their own APIs.
 */
export function keychainFault(fault: unknown): HeartlineError {
  const message = messageOf(fault).slice(0, 300);
  const details = { reason: message };
  if (/dismissed|locked|not allowed|cancel+ed|authorization|authentication/iu.test(message)) {
    return new HeartlineError('keys.locked', `the keychain is locked: ${message}`, { details });
  }
  if (/longer than|too long/iu.test(message)) {
    return new HeartlineError('keys.too-long', `the keychain takes no key as long as this: ${message}`, {
      details,
    });
  }
  if (/^(?:Platform failure|Couldn't access platform storage)|DBus/iu.test(message)) {
    return new HeartlineError('keys.gone', `the keychain cannot be reached: ${message}`, { details });
  }
  return new HeartlineError('keys.fault', `the keychain refused: ${message}`, { details });
}
