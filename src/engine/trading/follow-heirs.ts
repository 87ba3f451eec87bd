import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import type { Journal } from './journal-port.ts';
import { ownRef } from './known-order.ts';
import type { OwnSightings } from './own-sightings.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';

/** The stream tells of it by itself, mostly; then every half minute. */
const LOOKS_MS = [1000, 2000, 4000, 8000, 16_000];
const SELDOM_MS = 30_000;

/**
 * Looks for what conditional orders of ours became, until it is told of: the end of the one that waited says nothing of the one that
 * was placed for it, and neither stream nor list need have shown that one (it may be over already).
 */
export function followHeirs(options: {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'orders' | 'onOrder'>;
  readonly accounts: Pick<TradingAccounts, 'all'>;
  readonly sightings: Pick<OwnSightings, 'report'>;
}): Undo {
  const { clock, journal, accounts, sightings } = options;
  const waiting = new Map<string, Undo>();

  function hear({ request, isTriggered }: OwnOrder): void {
    const { clientOrderId: id } = request;
    if (isTriggered && !waiting.has(id)) later(id, 0);
    else if (!isTriggered) forget(id);
  }

  function forget(id: string): void {
    waiting.get(id)?.();
    waiting.delete(id);
  }

  function later(id: string, looks: number): void {
    waiting.set(
      id,
      clock.after(LOOKS_MS[looks] ?? SELDOM_MS, () => {
        const order = journal.orders.get(id);
        const account = accounts.all.find((one) => one.id === order?.account);
        const again = () => {
          if (waiting.has(id)) later(id, looks + 1);
        };
        // A look that failed says nothing: what is wrong with the account shows elsewhere.
        if (order?.isTriggered && account) look(account, order).then(again, again);
        else if (order?.isTriggered) again();
        else forget(id);
      }),
    );
  }

  async function look(account: TradingAccount, order: OwnOrder): Promise<void> {
    const found = await account.find(ownRef(order));
    if (found.order && waiting.has(order.request.clientOrderId))
      sightings.report(account.id, found.order, 'rest', found.fills);
  }

  for (const order of journal.orders.values()) hear(order);
  const stop = journal.onOrder(hear);
  return () => {
    stop();
    for (const id of [...waiting.keys()]) forget(id);
  };
}
