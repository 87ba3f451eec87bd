import Big from 'big.js';
import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { GuardState } from './facts.ts';
import { guard } from './guard.ts';
import {
  guardState,
  held,
  holding,
  limits,
  market,
  request,
  wonHeld,
  wonMarket,
} from './test-kit/small-order.ts';

function denials(order: OrderRequest, state: GuardState): readonly Denial[] {
  const verdict = guard(order, state);
  return verdict.kind === 'approved' ? [] : verdict.denials;
}

/** The small request with other fields and its notional worked out anew. */
function ordering(over: Partial<OrderRequest>): OrderRequest {
  const { quantity, price, triggerPrice } = { ...request(), ...over };
  const { price: _price, ...rest } = { ...request(), ...over };
  const reckoned = 'price' in over ? over.price : price;
  const notional = new Big(quantity).times(reckoned ?? triggerPrice ?? 0).toFixed();
  return { ...rest, ...(reckoned !== undefined && { price: reckoned }), notional };
}

const stopSell = {
  side: 'sell',
  type: 'stop',
  price: '990',
  triggerPrice: '995',
  triggerBy: 'last',
} as const;

test('an order within every limit is approved as a copy nobody can change', () => {
  const order = request();
  const verdict = guard(order, guardState());
  expect(verdict).toEqual({ kind: 'approved', order });
  expect(verdict.kind === 'approved' && [Object.isFrozen(verdict.order), verdict.order === order]).toEqual([
    true,
    false,
  ]);
});

describe('every denial names its rule, the limit, the value and what would pass', () => {
  const cases: readonly (readonly [string, OrderRequest, GuardState, Denial])[] = [
    [
      'a price between two steps',
      ordering({ price: '999.97' }),
      guardState(),
      { rule: 'tick', limit: '0.1', value: '999.97', passes: '999.9 / 1000', unit: 'USDT' },
    ],
    [
      'a trigger between two steps',
      ordering({ ...stopSell, triggerPrice: '995.05' }),
      guardState(),
      { rule: 'tick', limit: '0.1', value: '995.05', passes: '995 / 995.1', unit: 'USDT' },
    ],
    [
      'a quantity between two steps',
      ordering({ quantity: '0.1005' }),
      guardState(),
      { rule: 'lot', limit: '0.001', value: '0.1005', passes: '0.1', unit: 'BTC' },
    ],
    [
      'less than the least',
      ordering({ quantity: '0.001', price: '60000' }),
      guardState({ market: market({ asks: [['60000', '1']], bids: [], last: '60000' }) }),
      { rule: 'min-quantity', limit: '0.002', value: '0.001', passes: '0.002', unit: 'BTC' },
    ],
    [
      'worth less than the least',
      ordering({ quantity: '0.04', price: '999.9' }),
      guardState(),
      { rule: 'min-notional', limit: '50', value: '39.996', passes: '50.9949', unit: 'USDT' },
    ],
    [
      'worth more than one order may be',
      ordering({ quantity: '1.001' }),
      guardState({ limits: { ...limits, maxNotional: { USDT: 1000, KRW: 0 } } }),
      { rule: 'max-notional', limit: '1000', value: '1001', passes: '1000', unit: 'USDT' },
    ],
    [
      'more than the day has left',
      ordering({}),
      guardState({ spentToday: '99000.01' }),
      { rule: 'daily-notional', limit: '100000', value: '100000.01', passes: '999.99', unit: 'USDT' },
    ],
    [
      'a buy beyond the collar',
      ordering({ quantity: '0.1', price: '1050.1' }),
      guardState(),
      { rule: 'collar', limit: '1050', value: '1050.1', passes: '1050', unit: 'USDT' },
    ],
    [
      'a sell beyond the collar',
      ordering({ side: 'sell', quantity: '0.1', price: '949.9' }),
      guardState(),
      { rule: 'collar', limit: '949.905', value: '949.9', passes: '950', unit: 'USDT' },
    ],
    [
      'a trigger half the price away',
      ordering({ ...stopSell, price: '499', triggerPrice: '499.9' }),
      guardState(),
      { rule: 'collar', limit: '500', value: '499.9', passes: '500', unit: 'USDT' },
    ],
    [
      'a stop the price has reached',
      ordering({ ...stopSell, price: '1000', triggerPrice: '1000' }),
      guardState(),
      { rule: 'trigger-side', limit: '1000', value: '1000', passes: '999.9', unit: 'USDT' },
    ],
    [
      'a take-profit by mark the price has reached',
      ordering({ ...stopSell, type: 'take-profit', price: '1000', triggerPrice: '1000', triggerBy: 'mark' }),
      guardState(),
      { rule: 'trigger-side', limit: '1000.05', value: '1000', passes: '1000.1', unit: 'USDT' },
    ],
    [
      'a market order beyond the cap',
      ordering({ isMarket: true, timeInForce: 'IOC', price: '1010.1' }),
      guardState(),
      { rule: 'slippage', limit: '1010', value: '1010.1', passes: '1010', unit: 'USDT' },
    ],
    [
      'a market order larger than what is seen within the cap',
      ordering({ isMarket: true, timeInForce: 'IOC', quantity: '3.001' }),
      guardState({
        market: market({ asks: [['1000', '3']] }),
        limits: { ...limits, depthSharePercent: 100 },
      }),
      { rule: 'slippage', limit: '3', value: '3.001', passes: '3', unit: 'BTC' },
    ],
    [
      'a share of the book too large',
      ordering({ quantity: '2.6', price: '1001' }),
      guardState(),
      { rule: 'depth-share', limit: '2.5', value: '2.6', passes: '2.5', unit: 'BTC' },
    ],
    [
      'a market of another venue',
      ordering({ account: accountId('bybit#aaaaaa') }),
      guardState(),
      { rule: 'instrument', limit: 'bybit', value: 'binance:BTC-USDT-PERP' },
    ],
    [
      'one open order too many',
      ordering({}),
      guardState({ held: held({ openOrders: 50 }) }),
      { rule: 'open-orders', limit: '50', value: '51' },
    ],
    [
      'one order too many in ten seconds',
      ordering({}),
      guardState({ ordersIn10s: 10 }),
      { rule: 'rate', limit: '10', value: '11' },
    ],
    [
      'the same order again',
      ordering({}),
      guardState({ isRepeat: true }),
      { rule: 'repeat', limit: '1', value: '<1', passes: '1', unit: 's' },
    ],
    [
      'more than what is free',
      ordering({ quantity: '9.951' }),
      guardState({ limits: { ...limits, depthSharePercent: 100 } }),
      { rule: 'funds', limit: '1000', value: '1000.0755', passes: '1000', unit: 'USDT' },
    ],
    [
      'a key that may only read',
      ordering({}),
      guardState({ held: held({ mode: 'read-only' }) }),
      { rule: 'read-only', limit: 'trade', value: 'read-only', passes: 'trade' },
    ],
    [
      'one in the dark',
      ordering({}),
      guardState({ held: held({ unknownHere: 1 }) }),
      { rule: 'unknown-order', limit: '0', value: '1', passes: '0' },
    ],
    [
      'a market that is halted',
      ordering({}),
      guardState({ market: market({ instrument: { ...market().instrument, status: 'halted' } }) }),
      { rule: 'instrument', limit: 'trading', value: 'halted' },
    ],
    [
      'reduce-only on the side of the position',
      ordering({ reduceOnly: true }),
      guardState({ held: held(holding('2')) }),
      { rule: 'reduce-only', limit: '0', value: '1', unit: 'BTC' },
    ],
    [
      'reduce-only for more than the position',
      ordering({ reduceOnly: true }),
      guardState({ held: held(holding('-0.5')) }),
      { rule: 'reduce-only', limit: '0.5', value: '1', passes: '0.5', unit: 'BTC' },
    ],
    [
      'a price written with an exponent',
      request({ price: '1e3' }),
      guardState(),
      { rule: 'shape', limit: 'price', value: '1e3' },
    ],
    [
      'a notional that is not quantity times price',
      request({ notional: '1' }),
      guardState(),
      { rule: 'shape', limit: 'notional', value: '1', passes: '1000' },
    ],
    [
      'a market order without a cap',
      request({ type: 'market', isMarket: true, timeInForce: 'IOC' }),
      guardState(),
      { rule: 'shape', limit: 'type', value: 'market', passes: 'limit' },
    ],
    [
      'a dollar price at a won market',
      wonOrder({ quantity: '10000', price: '0.5' }),
      wonState(),
      { rule: 'currency', limit: '700', value: '0.5', passes: '700', unit: 'KRW' },
    ],
    [
      'what the venue cannot do',
      wonOrder({ quantity: '10', price: '700', reduceOnly: true }),
      wonState(),
      { rule: 'ability', limit: 'none', value: 'reduce-only' },
    ],
    [
      'more coins than are free',
      wonOrder({ side: 'sell', quantity: '500.12345679', price: '700' }),
      wonState(),
      { rule: 'funds', limit: '500.12345678', value: '500.12345679', passes: '500.12345678', unit: 'XRP' },
    ],
  ];
  test.each(cases)('%s', (_name, order, state, denial) => {
    const own = denials(order, state).filter(({ rule }) => rule === denial.rule);
    expect(own).toEqual([denial]);
  });
});

test('the smallest orders pass however thin the book is', () => {
  const thin = { ...wonState(), market: wonMarket({ bids: [['699', '20']], asks: [['701', '20']] }) };
  const [least, ten, eleven] = ['7.2', '71', '72'].map((quantity) =>
    denials(wonOrder({ quantity, price: '701' }), thin).map(({ rule, passes }) => [rule, passes]),
  );
  expect([least, ten, eleven]).toEqual([[], [], [['depth-share', '71.32667617']]]);
});

test('everything that is wrong is told at once, in the order of the rules', () => {
  const order = ordering({ quantity: '12.0005', price: '1100.05', reduceOnly: true });
  const state = guardState({
    held: held({ mode: 'read-only', unknownHere: 2, openOrders: 50 }),
    ordersIn10s: 10,
    isRepeat: true,
  });
  expect(denials(order, state).map(({ rule }) => rule)).toEqual([
    'tick',
    'lot',
    'max-notional',
    'collar',
    'depth-share',
    'open-orders',
    'rate',
    'repeat',
    'reduce-only',
    'read-only',
    'unknown-order',
  ]);
});

describe('closing is always possible', () => {
  const worst = guardState({
    market: market({ asks: [['1000', '0.1']] }),
    held: held({
      ...holding('-50'),
      free: { currency: 'USDT', quantity: '0' },
      openOrders: 500,
      unknownHere: 3,
      reducing: { buy: '50', sell: '0' },
    }),
    spentToday: '100000',
    ordersIn10s: 100,
  });
  const close = ordering({
    isMarket: true,
    timeInForce: 'IOC',
    quantity: '50',
    price: '1010',
    reduceOnly: true,
  });

  test('at market, however much was traded, stands, left, is in the dark, or is to be seen of the book', () => {
    expect(denials(close, worst)).toEqual([]);
  });

  test('but not more than there is, nor beyond the cap, nor as an order that could open', () => {
    const rulesOf = (over: Partial<OrderRequest>) =>
      denials(ordering({ ...close, ...over }), worst).map(({ rule }) => rule);
    expect([
      rulesOf({ quantity: '50.001' }).includes('reduce-only'),
      rulesOf({ price: '1010.1' }),
      rulesOf({ reduceOnly: false }).includes('daily-notional'),
    ]).toEqual([true, ['slippage'], true]);
  });

  test('a stop and a take-profit may each be for all of it, two standing limits may not (G27)', () => {
    const state = guardState({ held: held({ ...holding('2'), reducing: { buy: '0', sell: '1.5' } }) });
    const stop = ordering({ ...stopSell, quantity: '2', reduceOnly: true });
    const limit = ordering({ side: 'sell', price: '1100', quantity: '0.501', reduceOnly: true });
    expect([denials(stop, state), denials(limit, state)]).toEqual([
      [],
      [{ rule: 'reduce-only', limit: '0.5', value: '0.501', passes: '0.5', unit: 'BTC' }],
    ]);
  });

  test('coins that are held are sold though the day is spent', () => {
    const order = wonOrder({ side: 'sell', quantity: '500', price: '699' });
    expect(denials(order, { ...wonState(), spentToday: '150000000' })).toEqual([]);
  });
});

test('each price keeps to the step of its own band', () => {
  const ticksOf = (price: string) => {
    const near = { market: wonMarket({ asks: [[price, '100000']], last: price }) };
    return denials(wonOrder({ quantity: '5000', price }), { ...wonState(), ...near })
      .filter(({ rule }) => rule === 'tick')
      .map(({ passes }) => passes);
  };
  expect(['9.99', '10.05', '99.95', '100.5', '4999', '5003', '9.995'].map(ticksOf)).toEqual([
    [],
    ['10 / 10.1'],
    ['99.9 / 100'],
    ['100 / 101'],
    [],
    ['5000 / 5005'],
    ['9.99 / 10'],
  ]);
});

test('what is quoted in neither dollars nor won has no limit, and does not leave', () => {
  const state = guardState({ market: market({ instrument: { ...market().instrument, quote: 'EUR' } }) });
  expect(denials(ordering({}), state).filter(({ rule }) => rule.endsWith('notional'))).toEqual([
    { rule: 'max-notional', limit: 'none', value: '1000', unit: 'EUR' },
    { rule: 'daily-notional', limit: 'none', value: '1000', unit: 'EUR' },
  ]);
});

test('with the book gone nothing is capped by it: market orders are denied, limits measured from the last price', () => {
  const state = guardState({ market: market({ isBookValid: false }) });
  const blind = guardState({ market: { ...market({ isBookValid: false }), last: undefined as never } });
  const marketOrder = ordering({ isMarket: true, timeInForce: 'IOC' });
  expect([
    denials(marketOrder, state),
    denials(ordering({ price: '1050.1', quantity: '0.1' }), state),
    denials(ordering({ quantity: '0.1' }), blind),
  ]).toEqual([
    [{ rule: 'slippage', limit: 'unknown', value: '1000', unit: 'USDT' }],
    [{ rule: 'collar', limit: '1050', value: '1050.1', passes: '1050', unit: 'USDT' }],
    [{ rule: 'collar', limit: 'unknown', value: '1000', unit: 'USDT' }],
  ]);
});

function wonOrder(over: Partial<OrderRequest>): OrderRequest {
  return ordering({ account: accountId('upbit#aaaaaa'), instrument: wonMarket().instrument.id, ...over });
}

function wonState(): GuardState {
  return guardState({ market: wonMarket(), held: wonHeld() });
}
