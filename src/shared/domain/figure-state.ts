import { assertNever } from '../base/assert-never.ts';
import type { AccountState } from './account.ts';
import type { StreamState } from './connection.ts';

/** What an account's state, entered at `since`, means for a figure of it that was received at `receivedAt` (ms epoch). */
export function figureState(
  { state, since }: { readonly state: AccountState; readonly since: number },
  receivedAt: number,
): StreamState {
  switch (state.kind) {
    case 'live':
      return 'live';
    case 'degraded':
      return 'late';
    case 'loading':
      // What was read before is not believed until it is read again.
      return receivedAt >= since ? 'pending' : 'stale';
    case 'connecting':
    case 'waiting':
    case 'resting':
    case 'locked':
    case 'refused':
      return 'stale';
    default:
      return assertNever(state);
  }
}
