import type { KeyBackend } from '#shared/contract/account-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Credentials } from '#venues/account.ts';

/**
 * Where secrets lie, one entry an account. Every call may throw `keys.locked` (a person has to open it), `keys.gone`
 * (there is no such place any more), `keys.too-long` (it takes no text of this length), `keys.unwritable`
 * or `keys.fault` (it refused without saying anything we know). No error carries anything of a key.
 */
export interface KeyStore {
  readonly backend: KeyBackend;
  /** `undefined`: there is none here. */
  read(account: AccountId): Promise<Credentials | undefined>;
  /** In the place of what may be there. */
  write(account: AccountId, credentials: Credentials): Promise<void>;
  /** One that is not there is no error. */
  remove(account: AccountId): Promise<void>;
}
