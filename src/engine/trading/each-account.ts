import type { Undo } from '#shared/base/emitter.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';

/** Attaches to every account there is and to every one that comes; lets go of those that are gone. */
export function eachAccount(
  accounts: Pick<TradingAccounts, 'all' | 'onChange'>,
  attach: (account: TradingAccount) => Undo,
): Undo {
  const attached = new Map<TradingAccount, Undo>();

  function sync(): void {
    const { all } = accounts;
    for (const [account, letGo] of attached) {
      if (all.includes(account)) continue;
      attached.delete(account);
      letGo();
    }
    for (const account of all) if (!attached.has(account)) attached.set(account, attach(account));
  }

  const stop = accounts.onChange(sync);
  sync();
  return () => {
    stop();
    for (const letGo of attached.values()) letGo();
    attached.clear();
  };
}
