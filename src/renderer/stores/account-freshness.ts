import type { AccountsView } from '#shared/contract/account-views.ts';
import type { AccountId, Dated } from '#shared/domain/account.ts';
import { figureState } from '#shared/domain/figure-state.ts';
import { type Freshness, freshnessOf } from '#shared/domain/freshness.ts';
import type { Pulse } from './pulse.ts';

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
    stream: account === undefined ? 'stale' : figureState(account, row.receivedAt),
    ...(moving ? {} : { lateAfterMs: Infinity, staleAfterMs: Infinity }),
  });
}
