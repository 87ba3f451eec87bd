import { describe, expect, test } from 'vitest';
import { estimateOrder } from './estimate.ts';
import type { HeldFacts } from './facts.ts';
import { held, holding, limits, market, request, wonHeld, wonMarket } from './test-kit/small-order.ts';

const sight = (over: Partial<HeldFacts> = {}) => ({ market: market(), held: held(over), limits });

test('a market order: the average through the visible book, what it slips, what it costs, where it would be liquidated', () => {
  const order = request({
    isMarket: true,
    timeInForce: 'IOC',
    quantity: '2.5',
    price: '1010',
    notional: '2525',
  });
  expect(estimateOrder(order, 'buy', sight())).toEqual({
    // (1000 + 1000.1 + 0.5·1001) ÷ 2.5
    price: '1000.24',
    quantity: '2.5',
    notional: '2500.6',
    fee: '1.2503',
    feeCurrency: 'USDT',
    cost: '251.3103',
    costCurrency: 'USDT',
    margin: '250.06',
    leverage: '10',
    // 1000.24·0.9 ÷ 0.995
    liquidationPrice: '904.7',
    slippagePercent: '0.024',
    depthPercent: '25',
    capPrice: '1010',
    free: '1000',
    freeCurrency: 'USDT',
    positionBefore: '0',
    positionAfter: '2.5',
  });
});

describe('fees', () => {
  const feeOf = (over: Parameters<typeof request>[0]) => estimateOrder(request(over), 'buy', sight()).fee;
  test.each<[string, Parameters<typeof request>[0], string]>([
    ['what rests pays as maker', { price: '999', quantity: '1' }, '0.1998'],
    ['what crosses as taker, and its rest as maker', { price: '1000', quantity: '2' }, '0.7'],
    ['what never rests for what it takes', { price: '1000', quantity: '2', timeInForce: 'IOC' }, '0.5'],
    ['what never takes as maker', { price: '1000', quantity: '2', timeInForce: 'GTX' }, '0.4'],
    ['what waits as taker', { type: 'stop', price: '1100', triggerPrice: '1090', quantity: '1' }, '0.55'],
  ])('%s', (_name, over, fee) => {
    expect(feeOf(over)).toBe(fee);
  });

  test('that are not known are not told', () => {
    const estimate = estimateOrder(request(), 'buy', sight({ fees: undefined }));
    expect([estimate.fee, estimate.feeCurrency, estimate.cost]).toEqual([undefined, undefined, '100']);
  });
});

describe('the position', () => {
  const after = (over: Parameters<typeof request>[0], facts: Partial<HeldFacts>) => {
    const order = request(over);
    const { positionBefore, positionAfter, liquidationPrice } = estimateOrder(
      order,
      order.side,
      sight(facts),
    );
    return [positionBefore, positionAfter, liquidationPrice];
  };
  const sell = { side: 'sell', price: '1000' } as const;

  test.each<[string, Parameters<typeof request>[0], Partial<HeldFacts>, unknown]>([
    // Entry (900 + 1000) ÷ 2 = 950.
    ['grows from the average of both entries', {}, holding('1'), ['1', '2', '859.3']],
    ['of a short is liquidated above', sell, {}, ['0', '-1', '1094.5']],
    ['that only shrinks keeps the venue’s own figure', sell, holding('3'), ['3', '2', undefined]],
    ['that is closed has none', sell, holding('1'), ['1', '0', undefined]],
    ['turns, unless the order only reduces', { ...sell, quantity: '3' }, holding('1'), ['1', '-2', '1094.5']],
    [
      'never turns by what only reduces',
      { ...sell, quantity: '3', reduceOnly: true },
      holding('1'),
      ['1', '0', undefined],
    ],
    ['at one to one is never liquidated long', {}, { leverage: '1' }, ['0', '1', undefined]],
  ])('%s', (_name, over, facts, expected) => {
    expect(after(over, facts)).toEqual(expected);
  });
});

test('on a spot market: cost with the fee to buy, the coins to sell, no position', () => {
  const spot = { market: wonMarket(), held: wonHeld(), limits };
  const order = request({ quantity: '10', price: '700', notional: '7000' });
  expect([
    estimateOrder(order, 'buy', spot),
    estimateOrder({ ...order, side: 'sell' }, 'sell', spot),
  ]).toEqual([
    {
      price: '700',
      quantity: '10',
      notional: '7000',
      fee: '3.5',
      feeCurrency: 'KRW',
      cost: '7003.5',
      costCurrency: 'KRW',
      depthPercent: '0',
      free: '1000000',
      freeCurrency: 'KRW',
    },
    {
      price: '700',
      quantity: '10',
      notional: '7000',
      fee: '3.5',
      feeCurrency: 'KRW',
      cost: '10',
      costCurrency: 'XRP',
      depthPercent: '0',
      free: '500.12345678',
      freeCurrency: 'XRP',
    },
  ]);
});

test('without a request it tells what can be told: what is free, the cap, the position', () => {
  expect(estimateOrder(undefined, 'sell', sight(holding('-2')))).toEqual({
    capPrice: '990',
    free: '1000',
    freeCurrency: 'USDT',
    leverage: '10',
    positionBefore: '-2',
  });
});

test('with the book gone nothing is made up', () => {
  const blind = { market: market({ isBookValid: false }), held: wonHeld({ free: undefined }), limits };
  expect(estimateOrder(undefined, 'buy', blind)).toEqual({ positionBefore: '0' });
});
