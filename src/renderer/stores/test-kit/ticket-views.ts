import type { AccountsView, AccountView } from '#shared/contract/account-views.ts';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { instrumentId, type VenueId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';

export const BTC = instrumentId('binance:BTC-USDT-PERP');

export function accountView(id: string, otherwise: Partial<AccountView> = {}): AccountView {
  return {
    id: id as AccountId,
    venue: id.slice(0, id.indexOf('#')) as VenueId,
    label: id,
    environment: 'simulator',
    mode: 'trade',
    rights: {
      read: 'yes',
      trade: 'yes',
      withdraw: 'no',
      transfer: 'no',
      ipBound: 'no',
      checkedAt: 0,
    },
    keyTail: 'k3f9',
    addedAt: 0,
    state: { kind: 'live' },
    since: 0,
    unknownStatuses: [],
    ...otherwise,
  };
}

export function accountsView(...accounts: AccountView[]): AccountsView {
  return { keys: { backend: { kind: 'memory' }, state: 'open' }, accounts, offered: [] };
}

/** Everything proven, nothing wrong. */
export function ticketView(otherwise: Partial<TicketView> = {}): TicketView {
  return {
    trust: { kind: 'ok' },
    denials: [],
    estimate: {},
    isConfirmedByMain: false,
    isReal: false,
    ...otherwise,
  };
}

export function ownOrder(clientOrderId: string, otherwise: Partial<OwnOrder> = {}): OwnOrder {
  const request: OrderRequest = {
    account: 'binance#aaaaaa' as AccountId,
    instrument: BTC,
    clientOrderId,
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTC',
    quantity: '0.05',
    price: '83860.2',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '4193.01',
  };
  return {
    request,
    account: request.account,
    state: 'open',
    since: 0,
    placedAt: 0,
    filledQuantity: '0',
    evidence: [],
    isPersonAsked: false,
    ...otherwise,
  };
}
