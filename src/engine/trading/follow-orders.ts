import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Order } from '#shared/domain/order.ts';
import { type AccountHoldings, emptyHoldings } from '../accounts/account-holdings.ts';
import { eachAccount } from './each-account.ts';
import { refOf } from './known-order.ts';
import type { OwnSightings } from './own-sightings.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';

/** An order that only seems to have ended is looked for so often, as long as what lags behind may take to show it. */
const GUESS_LOOK_MS = 15_000;
const GUESS_LOOKS = 4;

/**
 * Whatever the accounts are told of orders of ours, by their private streams and by REST, goes into the journal: once, and
 * nothing of anybody else's.
 */
export function followOrders(options: {
  readonly clock: Clock;
  readonly accounts: Pick<TradingAccounts, 'all' | 'onChange'>;
  readonly sightings: OwnSightings;
}): Undo {
  const { clock, sightings } = options;
  const guesses = new Map<string, Undo>();

  /** Neither listed nor found, which what lags behind may be as well: an ending, once written down, stays. */
  function doubt(account: TradingAccount, name: string, misses = 0): void {
    const key = `${account.id} ${name}`;
    if (guesses.has(key)) return;
    const later = async () => {
      const held = account.holdings.orders.get(name);
      const isMissed = held?.isGuess === true && (await isMissing(account, held.order));
      const now = account.holdings.orders.get(name);
      if (!guesses.delete(key) || now?.isGuess !== true) return;
      const missed = misses + Number(isMissed);
      if (missed >= GUESS_LOOKS) sightings.report(account.id, now.order, 'rest');
      else doubt(account, name, missed);
    };
    guesses.set(
      key,
      clock.after(GUESS_LOOK_MS, () => void later()),
    );
  }

  /** The venue was asked once more, and does not know it. What it tells of it is taken. */
  async function isMissing(account: TradingAccount, order: Order): Promise<boolean> {
    try {
      const found = await account.find(refOf(order));
      if (found.order) sightings.report(account.id, found.order, 'rest', found.fills);
      return found.order === undefined && !found.isThere;
    } catch {
      // No answer is no miss: it is asked again.
      return false;
    }
  }

  function follow(account: TradingAccount, now: AccountHoldings, before: AccountHoldings): void {
    if (now.orders !== before.orders) {
      for (const [name, held] of now.orders) {
        if (before.orders.get(name)?.order === held.order) continue;
        if (held.isGuess) doubt(account, name);
        else sightings.report(account.id, held.order, held.order.source === 'stream' ? 'stream' : 'rest');
      }
    }
    if (now.fills === before.fills) return;
    for (const [name, fill] of now.fills) {
      if (before.fills.get(name) === fill) continue;
      sightings.fill(account.id, fill, fill.source === 'stream' ? 'stream' : 'rest');
    }
  }

  const stop = eachAccount(options.accounts, (account) => {
    follow(account, account.holdings, emptyHoldings(account.id));
    return account.onHoldings((now, before) => follow(account, now, before));
  });
  return () => {
    stop();
    for (const cancel of guesses.values()) cancel();
    guesses.clear();
  };
}
