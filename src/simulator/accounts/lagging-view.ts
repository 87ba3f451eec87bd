import type { SimAccount, SimOrder } from './account-desk.ts';

/** An account as a reader sees it who has not heard of some of its orders yet: neither of them nor of their fills. */
export function laggingView(account: SimAccount, isKnown: (order: SimOrder) => boolean): SimAccount {
  const known = (order: SimOrder | undefined) => (order && isKnown(order) ? order : undefined);
  return {
    id: account.id,
    balances: () => account.balances(),
    balanceOf: (currency) => account.balanceOf(currency),
    positions: () => account.positions(),
    leverageOf: (at) => account.leverageOf(at),
    openOrders: () => account.openOrders().filter(isKnown),
    closedOrders: () => account.closedOrders().filter(isKnown),
    fills: () => account.fills().filter(({ order }) => isKnown(order)),
    fundings: () => account.fundings(),
    orderByNumber: (number) => known(account.orderByNumber(number)),
    orderByClientId: (clientOrderId) => known(account.orderByClientId(clientOrderId)),
    hasUsed: (clientOrderId) => account.hasUsed(clientOrderId),
  };
}
