import { assertNever } from '#shared/base/assert-never.ts';
import type { AccountState } from '#shared/domain/account.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';

/** The shape an account's state has among all other healths. */
export function accountHealth(state: AccountState): HealthKind {
  switch (state.kind) {
    case 'live':
      return 'live';
    case 'degraded':
      return 'degraded';
    case 'connecting':
    case 'loading':
      return 'connecting';
    case 'waiting':
      return 'waiting';
    case 'resting':
      return 'idle';
    case 'locked':
      return 'paused';
    case 'refused':
      return 'failed';
    default:
      return assertNever(state);
  }
}
