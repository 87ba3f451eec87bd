import { assertNever } from '#shared/base/assert-never.ts';
import type { AccountsView, AccountView } from '#shared/contract/account-views.ts';
import type { AccountId, Dated } from '#shared/domain/account.ts';
import type { StreamState } from '#shared/domain/connection.ts';
import { type Freshness, freshnessOf } from '#shared/domain/freshness.ts';
import type { Pulse } from './pulse.ts';

/** What an account's state means for a figure of it that was received at that time. */
function streamState({ state, since }: AccountView, receivedAt: number): StreamState {
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

/**
 * How far an account's figure may be believed. Holdings stand for hours without a word from the venue, so they are
 * judged by the account alone; figures that follow the market (`moving`) also by their own age.
 */
export function figureFreshness(
  view: AccountsView | undefined,
  row: Dated & { readonly account: AccountId },
  { now, engineSilentMs }: Pick<Pulse, 'now' | 'engineSilentMs'>,
  moving = false,
): Freshness {
  const account = view?.accounts.find(({ id }) => id === row.account);
  return freshnessOf({
    receivedAt: row.receivedAt,
    now,
    engineSilentMs,
    stream: account === undefined ? 'stale' : streamState(account, row.receivedAt),
    ...(moving ? {} : { lateAfterMs: Infinity, staleAfterMs: Infinity }),
  });
}
