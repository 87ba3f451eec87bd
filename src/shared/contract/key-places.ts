import { HeartlineError } from '../base/errors.ts';
import type { KeyBackend } from './account-views.ts';

/** Where keys may be kept, as `keys.json`, the contract and the command line name it. */
export type KeyPlace = KeyBackend['kind'];
export const KEY_PLACES = ['keychain', 'vault', 'memory'] as const satisfies readonly KeyPlace[];

/**
 * What `--keys` means. Without it: `auto` (what was chosen before, or else the keychain where there is one) for keys of
 * real venues; memory for the demo market, whose keys are worth nothing and have no business in anybody's keychain.
 * Throws `flag.invalid`.
 */
export function keyPlaceOf(flag: string | undefined, mode: 'demo' | 'live'): KeyPlace | 'auto' {
  if (flag === undefined) return mode === 'live' ? 'auto' : 'memory';
  const place = KEY_PLACES.find((known) => known === flag);
  if (place) return place;
  throw new HeartlineError('flag.invalid', `--keys takes ${KEY_PLACES.join(', ')}, not ${flag}`);
}
