import { HeartlineError } from '#shared/base/errors.ts';
import type { KeyStoreView } from '#shared/contract/account-views.ts';
import type { KeyPlace } from '#shared/contract/key-places.ts';

/** Why no key can be kept or read now: `keys.locked`, `keys.empty`, `keys.not-chosen`, `keys.gone` {reason}. */
export function closedStore(
  state: KeyStoreView['state'],
  kind: KeyPlace | undefined,
  reason = '',
): HeartlineError {
  if (state === 'locked') return new HeartlineError('keys.locked', 'the keys are locked');
  if (state === 'empty') return new HeartlineError('keys.empty', 'the vault has no passphrase yet');
  if (kind === undefined) return new HeartlineError('keys.not-chosen', 'where to keep keys is not chosen');
  return new HeartlineError('keys.gone', 'the keychain cannot be reached', { details: { reason } });
}
