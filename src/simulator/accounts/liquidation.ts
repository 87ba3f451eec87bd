import type { Account } from './account.ts';
import type { Desk } from './desk.ts';
import { maintenanceMargin, unrealisedPnl } from './margin.ts';

/** Whether what an account has is no more than what its positions need at least. */
export function isBankrupt(desk: Desk, account: Account): boolean {
  if (account.holdings().next().done) return false;
  const equity = account.totalOf(desk.rules.cash).plus(unrealisedPnl(account));
  return equity.lte(maintenanceMargin(account));
}

/**
 * Takes over an account whose margin is gone: its orders end, and if that is not enough its positions are closed into the
 * book. What the book does not take is tried again a second later; what is missing in the end the venue pays.
 */
export function liquidateDue(desk: Desk, account: Account): void {
  if (!isBankrupt(desk, account)) return;
  for (const order of [...account.open.values()]) {
    if (order.rules.kind === 'derivatives') desk.dealing.end(order, 'canceled', 'liquidation');
  }
  if (!isBankrupt(desk, account)) return;
  for (const { at, holding } of [...account.holdings()]) {
    if (desk.instrumentOf(at)?.isSuspended !== false) continue;
    const side = holding.quantity.gt(0) ? 'sell' : 'buy';
    const quantity = holding.quantity.abs();
    const draft = { ...at, side, type: 'market', timeInForce: 'IOC', quantity, reduceOnly: true } as const;
    desk.dealing.place(account, draft, 'liquidation');
  }
  coverDebt(desk, account);
}

function coverDebt(desk: Desk, account: Account): void {
  const { cash } = desk.rules;
  const total = account.totalOf(cash);
  if (total.gte(0) || !account.holdings().next().done) return;
  account.move(cash, total.times(-1));
  desk.insurancePaid = desk.insurancePaid.minus(total);
  const time = desk.options.now();
  desk.emit({ kind: 'balances', account, why: 'liquidation', currencies: [cash], time });
}
