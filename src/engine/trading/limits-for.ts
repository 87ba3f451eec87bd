import type { Settings } from '#shared/contract/settings.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';

/**
 * The limits of one account: each is its own, else its venue's, else the general one. The more specific wins, be it stricter
 * or wider: whoever set it meant this account.
 */
export function limitsFor(
  { limits, venues, accounts }: Pick<Settings['trading'], 'limits' | 'venues' | 'accounts'>,
  account: AccountId,
  venue: VenueId,
): TradingLimits {
  return { ...limits, ...set(venues[venue]), ...set(accounts[account]) };
}

/** Without those that are there but hold nothing: they must not hide a limit. */
function set(own: Settings['trading']['venues'][string] | undefined): Partial<TradingLimits> {
  return Object.fromEntries(
    Object.entries(own ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<TradingLimits>;
}
