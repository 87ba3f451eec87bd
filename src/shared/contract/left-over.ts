import { cleanText } from '../base/clean-text.ts';
import type { Sweep } from './order-views.ts';

/** Names of the accounts where a kill did not end with an empty list of open orders, safe to print. */
export function leftOver(sweeps: readonly Pick<Sweep, 'account' | 'outcome'>[]): readonly string[] {
  return sweeps.filter(({ outcome }) => outcome !== 'clean').map(({ account }) => cleanText(account));
}
