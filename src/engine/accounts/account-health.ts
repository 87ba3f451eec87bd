import type { AccountState } from '#shared/domain/account.ts';
import type { ConnectionState } from '#shared/domain/connection.ts';
import { BACKOFF } from '../net/backoff.ts';

/**
 * An account's state in the words of connections, for the cockpit, the timeline and the alarms. After `quickAttempts` tries
 * it is said to have used up its quick ones.
 */
export function connectionStateOf(
  state: AccountState,
  quickAttempts = BACKOFF.quickAttempts,
): ConnectionState {
  switch (state.kind) {
    case 'resting':
      return { kind: 'idle' };
    case 'locked':
      return { kind: 'paused', cause: { code: 'user', detail: 'the keys are locked' } };
    case 'connecting':
      return { kind: 'connecting', attempt: 0 };
    case 'loading':
      return { kind: 'subscribing' };
    case 'live':
      return { kind: 'live' };
    case 'degraded':
      return { kind: 'degraded', cause: state.cause };
    case 'waiting': {
      const { attempt, retryAt, cause } = state;
      return { kind: 'waiting', attempt, retryAt, cause, exhausted: attempt > quickAttempts };
    }
    case 'refused':
      return { kind: 'failed', cause: { code: 'auth', detail: `${state.reason}: ${state.detail}` } };
  }
}
