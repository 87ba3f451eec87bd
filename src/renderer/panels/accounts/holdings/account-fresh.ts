import type { AccountState } from '#shared/domain/account.ts';

/** A sum is as believable as the account it is of. */
export function accountFresh({ kind }: AccountState): 'fresh' | 'late' | 'stale' {
  if (kind === 'live') return 'fresh';
  return kind === 'degraded' || kind === 'loading' ? 'late' : 'stale';
}
