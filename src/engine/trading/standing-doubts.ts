import type { Clock } from '#shared/base/clock.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { AccountHoldings } from '../accounts/account-holdings.ts';
import { eachAccount } from './each-account.ts';
import type { TradingAccounts } from './trading-account.ts';

/** What the streams of accounts left in doubt about positions and orders, and since when. */
export interface StandingDoubts {
  /** One and the same doubt has stood for longer than reading it again takes. */
  isOverdue(account: AccountId): boolean;
  dispose(): void;
}

/**
 * After nearly every fill the stream leaves something open (a liquidation price, two words of one millisecond), and it is
 * read again within four seconds: no reason to keep a stop from leaving. What is still open after these is one (G24).
 */
const OVERDUE_MS = 5000;

export function createStandingDoubts(
  clock: Clock,
  accounts: Pick<TradingAccounts, 'all' | 'onChange'>,
): StandingDoubts {
  const since = new Map<AccountId, Map<string, { readonly serial: number; readonly at: number }>>();

  function note({ account, doubts }: AccountHoldings): void {
    const known = since.get(account);
    const now = new Map<string, { readonly serial: number; readonly at: number }>();
    for (const part of ['positions', 'orders'] as const) {
      const serial = doubts.get(part);
      if (serial === undefined) continue;
      const before = known?.get(part);
      // A newer doubt is another one.
      now.set(part, before?.serial === serial ? before : { serial, at: clock.monotonic() });
    }
    since.set(account, now);
  }

  const stop = eachAccount(accounts, (account) => {
    note(account.holdings);
    const leave = account.onHoldings(note);
    return () => {
      leave();
      since.delete(account.id);
    };
  });

  return {
    isOverdue(account) {
      const standing = [...(since.get(account)?.values() ?? [])];
      return standing.some(({ at }) => clock.monotonic() - at >= OVERDUE_MS);
    },
    dispose: stop,
  };
}
