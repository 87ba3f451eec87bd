import { expect, test } from 'vitest';
import type { OrderReport } from '#shared/domain/order.ts';
import { type AccountHoldings, emptyHoldings } from '../accounts/account-holdings.ts';
import { accountState } from '../accounts/account-state.ts';
import { heldFacts } from './held-facts.ts';
import { ACCOUNT, held, perp, won } from './test-kit/small-order.ts';

const { abilities } = held();

function report(id: string, over: Partial<OrderReport>): OrderReport {
  return {
    instrument: perp.id,
    venueOrderId: id,
    side: 'sell',
    type: 'limit',
    timeInForce: 'GTC',
    status: 'NEW',
    venueStatus: 'NEW',
    price: '1000',
    quantity: '1',
    filledQuantity: '0',
    reduceOnly: false,
    postOnly: false,
    venueTime: 1,
    isConditional: false,
    ...over,
  };
}

function accountWith(holdings: AccountHoldings) {
  return {
    environment: 'simulator',
    isReal: false,
    mode: 'trade',
    isHedged: false,
    abilities: () => abilities,
    fees: () => undefined,
    holdings,
  } as const;
}

const holdings = accountState(emptyHoldings(ACCOUNT), {
  kind: 'snapshot',
  since: 0,
  receivedAt: 1,
  balances: [
    { currency: 'USDT', total: '1000', free: '900.5' },
    { currency: 'XRP', total: '7', free: '5' },
  ],
  positions: [
    { instrument: perp.id, leg: 'both', quantity: '2', entryPrice: '900', unrealisedPnl: '0', leverage: '3' },
  ],
  settings: [{ instrument: perp.id, leverage: '20', marginMode: 'cross' }],
  orders: [
    report('1', { reduceOnly: true, quantity: '1.5', filledQuantity: '0.25', status: 'PARTIALLY_FILLED' }),
    report('2', { reduceOnly: true, isConditional: true, status: 'PENDING_TRIGGER', triggerPrice: '900' }),
    report('3', { side: 'buy', reduceOnly: true, quantity: '0.5' }),
    report('4', { instrument: won.id, reduceOnly: true }),
    report('5', {}),
  ],
});

test('of an account it sees money, position, leverage, what reduces already and how many orders are open', () => {
  expect(heldFacts(accountWith(holdings), perp, 2)).toEqual({
    environment: 'simulator',
    isReal: false,
    mode: 'trade',
    isHedged: false,
    abilities,
    fees: undefined,
    free: { currency: 'USDT', quantity: '900.5' },
    positions: [{ leg: 'both', quantity: '2', entryPrice: '900', leverage: '3' }],
    leverage: '20',
    reducing: { buy: '0.5', sell: '1.25' },
    openOrders: 5,
    unknownHere: 2,
  });
});

test('on a spot market the base counts too, and what is not listed is nothing', () => {
  const { free, freeBase } = heldFacts(accountWith(holdings), won, 0);
  expect([free, freeBase]).toEqual([
    { currency: 'KRW', quantity: '0' },
    { currency: 'XRP', quantity: '5' },
  ]);
});

test('before anything was read nothing is known to be free', () => {
  const { free, freeBase } = heldFacts(accountWith(emptyHoldings(ACCOUNT)), won, 0);
  expect([free, freeBase]).toEqual([undefined, undefined]);
});
