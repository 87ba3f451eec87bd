import { HeartlineError, messageOf } from '#shared/base/errors.ts';

/** What is used of @napi-rs/keyring: one entry of the system's keychain. */
export interface KeyringEntry {
  setSecret(secret: Uint8Array): Promise<void>;
  /** `null`: there is none. */
  getSecret(): Promise<readonly number[] | null>;
  /** `false`: there was none. */
  deleteCredential(): Promise<boolean>;
}

/** Throws where there is no keychain (Linux without Secret Service). */
export type OpenEntry = (service: string, account: string) => KeyringEntry;

/**
 * The keychain's native half, loaded when first needed. On Linux the store is named: left to itself the library falls
 * back to kernel memory without a word, which a restart of the machine empties.
 * Throws `keys.gone` where it cannot be loaded.
 */
export async function loadKeyring(): Promise<OpenEntry> {
  try {
    // biome-ignore lint/style/noRestrictedImports: the one door to it, opened only when keys are kept there.
    const { AsyncEntry } = await import('@napi-rs/keyring');
    return (service, account) => new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
  } catch (fault) {
    throw new HeartlineError('keys.gone', `the keychain's library cannot be loaded: ${messageOf(fault)}`, {
      details: { reason: 'library' },
    });
  }
}
