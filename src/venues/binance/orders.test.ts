import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import { binanceAccount } from './account.ts';
import { binanceOrders as orders } from './orders.ts';

const AT = 1_795_000_001_020;
const BTC = instrumentId('binance:BTC-USDT-PERP');
const ID = 'h1abcdefghijklmnopqrst';

const LIMIT: OrderRequest = {
  account: accountId('binance#abc123'),
  instrument: BTC,
  clientOrderId: ID,
  side: 'buy',
  type: 'limit',
  isMarket: false,
  timeInForce: 'GTC',
  quantity: '0.010',
  price: '83800.00',
  reduceOnly: false,
  closePosition: false,
  leg: 'both',
  notional: '838',
};
const { price: _, ...WITHOUT_PRICE } = LIMIT;
const STOP_MARKET: OrderRequest = {
  ...WITHOUT_PRICE,
  side: 'sell',
  type: 'stop-market',
  triggerPrice: '80000.00',
  triggerBy: 'mark',
};

function asked({ method, section, path, params, scope, weight }: SignedCall<unknown>): unknown {
  return [`${method} ${section}/${path}`, params, scope, weight];
}

const REGULAR = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.010',
  price: '83800.00',
  newClientOrderId: ID,
  newOrderRespType: 'ACK',
};
const WAITING = {
  algoType: 'CONDITIONAL',
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_MARKET',
  triggerPrice: '80000.00',
  workingType: 'MARK_PRICE',
  quantity: '0.010',
  clientAlgoId: ID,
};
const regular = (params: object) => ['POST fapiPrivate/order', params, 'orders', 1];
const waiting = (params: object) => ['POST fapiPrivate/algoOrder', params, 'orders', 1];
const { quantity: __, ...WITHOUT_QUANTITY } = WAITING;

test.each<[string, OrderRequest, unknown]>([
  ['a limit order', LIMIT, regular(REGULAR)],
  ['a sale', { ...LIMIT, side: 'sell' }, regular({ ...REGULAR, side: 'SELL' })],
  [
    'a market order is a limit that lives for an instant',
    { ...LIMIT, isMarket: true, timeInForce: 'IOC' },
    regular({ ...REGULAR, timeInForce: 'IOC' }),
  ],
  ['all or nothing', { ...LIMIT, timeInForce: 'FOK' }, regular({ ...REGULAR, timeInForce: 'FOK' })],
  ['post-only', { ...LIMIT, timeInForce: 'GTX' }, regular({ ...REGULAR, timeInForce: 'GTX' })],
  ['reduce-only', { ...LIMIT, reduceOnly: true }, regular({ ...REGULAR, reduceOnly: 'true' })],
  [
    'closing at once goes by the quantity',
    { ...LIMIT, reduceOnly: true, closePosition: true, isMarket: true, timeInForce: 'IOC' },
    regular({ ...REGULAR, timeInForce: 'IOC', reduceOnly: 'true' }),
  ],
  ['opening a long leg', { ...LIMIT, leg: 'long' }, regular({ ...REGULAR, positionSide: 'LONG' })],
  [
    'closing a long leg says the leg, and not that it reduces',
    { ...LIMIT, side: 'sell', leg: 'long', reduceOnly: true },
    regular({ ...REGULAR, side: 'SELL', positionSide: 'LONG' }),
  ],
  [
    'closing a short leg',
    { ...LIMIT, leg: 'short', reduceOnly: true },
    regular({ ...REGULAR, positionSide: 'SHORT' }),
  ],
  [
    'a delivery contract',
    { ...LIMIT, instrument: instrumentId('binance:BTC-USDT-261225') },
    regular({ ...REGULAR, symbol: 'BTCUSDT_261225' }),
  ],
  ['a stop that takes any price', STOP_MARKET, waiting(WAITING)],
  [
    'by the last price unless told otherwise',
    { ...STOP_MARKET, triggerBy: 'last' },
    waiting({ ...WAITING, workingType: 'CONTRACT_PRICE' }),
  ],
  [
    'a stop with a limit',
    { ...STOP_MARKET, type: 'stop', price: '79990.00' },
    waiting({ ...WAITING, type: 'STOP', timeInForce: 'GTC', price: '79990.00' }),
  ],
  [
    'a take-profit with a limit that reduces',
    { ...STOP_MARKET, type: 'take-profit', price: '90000.00', timeInForce: 'IOC', reduceOnly: true },
    waiting({ ...WAITING, type: 'TAKE_PROFIT', timeInForce: 'IOC', price: '90000.00', reduceOnly: 'true' }),
  ],
  [
    'a take-profit that takes any price',
    { ...STOP_MARKET, type: 'take-profit-market', reduceOnly: true },
    waiting({ ...WAITING, type: 'TAKE_PROFIT_MARKET', reduceOnly: 'true' }),
  ],
  [
    'a stop that closes whatever there is then: no quantity, and the flag alone',
    { ...STOP_MARKET, reduceOnly: true, closePosition: true },
    waiting({ ...WITHOUT_QUANTITY, closePosition: 'true' }),
  ],
  [
    'the same of a leg',
    { ...STOP_MARKET, reduceOnly: true, closePosition: true, leg: 'long' },
    waiting({ ...WITHOUT_QUANTITY, closePosition: 'true', positionSide: 'LONG' }),
  ],
  [
    'a stop of a leg does not say that it reduces',
    { ...STOP_MARKET, reduceOnly: true, leg: 'long' },
    waiting({ ...WAITING, positionSide: 'LONG' }),
  ],
])('%s', (_name, request, expected) => {
  expect(asked(orders.place(request))).toEqual(expected);
});

describe('what would mean something else is not described at all', () => {
  test.each<[string, OrderRequest]>([
    ['a limit without a price', WITHOUT_PRICE],
    [
      'a market order without a bound',
      { ...WITHOUT_PRICE, type: 'market', isMarket: true, timeInForce: 'IOC' },
    ],
    ['a market order that rests', { ...LIMIT, isMarket: true }],
    ['a trigger on a limit order', { ...LIMIT, triggerPrice: '1' }],
    ['a stop without a trigger', { ...WITHOUT_PRICE, type: 'stop-market' }],
    ['a limit stop without a price', { ...STOP_MARKET, type: 'stop' }],
    ['a price with a market stop', { ...STOP_MARKET, price: '1' }],
    ['a post-only stop', { ...STOP_MARKET, type: 'stop', price: '1', timeInForce: 'GTX' }],
    [
      'a limit stop that closes all there is then',
      { ...STOP_MARKET, type: 'stop', price: '1', reduceOnly: true, closePosition: true },
    ],
    ['a purchase that reduces a long leg', { ...LIMIT, leg: 'long', reduceOnly: true }],
    ['a sale that reduces a short leg', { ...LIMIT, side: 'sell', leg: 'short', reduceOnly: true }],
    ['no id', { ...LIMIT, clientOrderId: '' }],
    ['an id that is too long', { ...LIMIT, clientOrderId: 'a'.repeat(37) }],
    ['an id that is none', { ...LIMIT, clientOrderId: 'a b' }],
    ...['1e-7', '-1', '0', '0.00', '', '1,5', ' 1', 'NaN', '.5', '1.'].map(
      (quantity): [string, OrderRequest] => [
        `a quantity of ${JSON.stringify(quantity)}`,
        { ...LIMIT, quantity },
      ],
    ),
    ['a price with an exponent', { ...LIMIT, price: '8.38E4' }],
    ['a trigger of nought', { ...STOP_MARKET, triggerPrice: '0.0' }],
  ])('%s', (_name, request) => {
    expect(() => orders.place(request)).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });

  test('an instrument of another venue', () => {
    const elsewhere = { ...LIMIT, instrument: instrumentId('bybit:BTC-USDT-PERP') };
    expect(() => orders.place(elsewhere)).toThrow(expect.objectContaining({ code: 'instrument.unknown' }));
    expect(() => orders.abilities(elsewhere.instrument)).toThrow();
  });
});

test('no figure is ever a number, or written anew', () => {
  const digit = fc.stringMatching(/^\d{1,12}(?:\.\d{1,10})?$/).filter((text) => /[1-9]/.test(text));
  fc.assert(
    fc.property(
      digit,
      digit,
      digit,
      fc.constantFrom('limit', 'stop', 'take-profit-market'),
      (q, p, t, type) => {
        const isLimit = type === 'limit';
        const { params } = orders.place({
          ...WITHOUT_PRICE,
          type,
          quantity: q,
          ...(type !== 'take-profit-market' && { price: p }),
          ...(!isLimit && { triggerPrice: t }),
        });
        expect(Object.values(params).every((value) => typeof value === 'string')).toBe(true);
        expect([params['quantity'], params['price'], params['triggerPrice']]).toEqual([
          q,
          type === 'take-profit-market' ? undefined : p,
          isLimit ? undefined : t,
        ]);
      },
    ),
  );
});

const ROW = {
  orderId: 8886774,
  symbol: 'BTCUSDT',
  status: 'NEW',
  clientOrderId: ID,
  price: '83800.00',
  origQty: '0.010',
  executedQty: '0.004',
  cumQty: '0.004',
  timeInForce: 'GTC',
  type: 'LIMIT',
  reduceOnly: false,
  closePosition: false,
  side: 'BUY',
  positionSide: 'BOTH',
  stopPrice: '0',
  updateTime: AT,
};

const REPORT: OrderReport = {
  instrument: BTC,
  venueOrderId: '8886774',
  clientOrderId: ID,
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'NEW',
  price: '83800.00',
  quantity: '0.010',
  filledQuantity: '0.004',
  reduceOnly: false,
  postOnly: false,
  venueTime: AT,
  isConditional: false,
};

test('an answer to a placed order is about that order, or proves nothing', () => {
  const place = orders.place(LIMIT);
  const stop = orders.place(STOP_MARKET);
  const wrong = expect.objectContaining({ code: 'venue.answer' });
  expect([
    place.parse(ROW, AT),
    // What it is now is told by the stream: an acknowledgement says NEW of anything.
    stop.parse({ algoId: 2148719, clientAlgoId: ID, algoStatus: 'NEW' }, AT),
    place.parse({ ...ROW, orderId: '9007199254740993' }, AT),
  ]).toEqual([
    { venueOrderId: '8886774' },
    { venueOrderId: '2148719' },
    { venueOrderId: '9007199254740993' },
  ]);
  for (const body of [{ ...ROW, clientOrderId: 'other' }, { clientOrderId: ID }, [], null, 'ok', {}]) {
    expect(() => place.parse(body, AT)).toThrow(wrong);
    expect(() => stop.parse(body, AT)).toThrow(wrong);
  }
});

describe('changing', () => {
  const amended = (change: object) => asked(orders.amend(REPORT, change, ID));
  const params = { symbol: 'BTCUSDT', orderId: '8886774', side: 'BUY', quantity: '0.010', price: '83800.00' };

  test('says price and quantity both, whatever of them changes', () => {
    expect([
      amended({ price: '83700.00' }),
      amended({ quantity: '0.020' }),
      amended({ price: '83700.00', quantity: '0.020' }),
    ]).toEqual([
      ['PUT fapiPrivate/order', { ...params, price: '83700.00' }, 'orders', 1],
      ['PUT fapiPrivate/order', { ...params, quantity: '0.020' }, 'orders', 1],
      ['PUT fapiPrivate/order', { ...params, price: '83700.00', quantity: '0.020' }, 'orders', 1],
    ]);
  });

  test('is answered with the order as it is now', () => {
    const call = orders.amend(REPORT, { price: '83700.00' }, ID);
    expect(call.parse({ ...ROW, price: '83700.00' }, AT)).toEqual({
      venueOrderId: '8886774',
      report: { ...REPORT, price: '83700.00' },
    });
    expect(() => call.parse({ ...ROW, orderId: 1 }, AT)).toThrow(
      expect.objectContaining({ code: 'venue.answer' }),
    );
  });

  test.each<[string, OrderReport, object]>([
    ['one that waits for its trigger', { ...REPORT, isConditional: true }, { price: '1' }],
    ['a market order', { ...REPORT, type: 'market' }, { quantity: '1' }],
    ['a trigger', REPORT, { triggerPrice: '1' }],
    ['nothing', REPORT, {}],
    ['an exponent', REPORT, { price: '1e5' }],
  ])('not: %s', (_name, order, change) => {
    expect(() => orders.amend(order, change, ID)).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });
});

describe('cancelling', () => {
  const account = LIMIT.account;
  const ref = { account, instrument: BTC, isConditional: false };

  test('goes by the venue’s id where there is one, and by the list the order is in', () => {
    const both = { venueOrderId: '8', clientOrderId: ID };
    expect(
      [
        orders.cancel({ ...ref, ...both }),
        orders.cancel({ ...ref, clientOrderId: ID }),
        orders.cancel({ ...ref, ...both, isConditional: true }),
        orders.cancel({ ...ref, clientOrderId: ID, isConditional: true }),
      ].map(asked),
    ).toEqual([
      ['DELETE fapiPrivate/order', { symbol: 'BTCUSDT', orderId: '8' }, 'weight', 1],
      ['DELETE fapiPrivate/order', { symbol: 'BTCUSDT', origClientOrderId: ID }, 'weight', 1],
      ['DELETE fapiPrivate/algoOrder', { algoId: '8' }, 'weight', 1],
      ['DELETE fapiPrivate/algoOrder', { clientAlgoId: ID }, 'weight', 1],
    ]);
    expect(() => orders.cancel(ref)).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });

  test('is answered with the order, and what it had filled', () => {
    const call = orders.cancel({ ...ref, clientOrderId: ID });
    expect(call.parse({ ...ROW, status: 'CANCELED' }, AT)).toEqual({
      venueOrderId: '8886774',
      report: { ...REPORT, status: 'CANCELED', venueStatus: 'CANCELED' },
    });
    const stop = orders.cancel({ ...ref, venueOrderId: '2148719', isConditional: true });
    expect(stop.parse({ algoId: 2148719, clientAlgoId: ID, code: '200', msg: 'success' }, AT)).toEqual({
      venueOrderId: '2148719',
    });
  });

  test('all of an instrument takes two calls that name no order; all of an account has none', () => {
    const calls = orders.cancelAll(BTC);
    expect([calls.map(asked), orders.cancelAll()]).toEqual([
      [
        ['DELETE fapiPrivate/allOpenOrders', { symbol: 'BTCUSDT' }, 'weight', 1],
        ['DELETE fapiPrivate/algoOpenOrders', { symbol: 'BTCUSDT' }, 'weight', 1],
      ],
      [],
    ]);
    const done = { code: 200, msg: 'The operation of cancel all open order is done.' };
    for (const call of calls) {
      expect(call.parse(done, AT)).toEqual({ cancelled: [], failed: [], isBlind: true });
      expect(() => call.parse({ code: 201 }, AT)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
    }
  });
});

test('what the headers count: weight and orders, whichever call they came with', () => {
  const notes = (scope: string, headers: Record<string, string>) =>
    binanceAccount.budgetNotes({ scope }, new Headers(headers));
  const all = {
    'x-mbx-used-weight-1m': '120',
    'x-mbx-order-count-10s': '7',
    'x-mbx-order-count-1m': '30',
  };
  expect([
    notes('weight', { 'x-mbx-used-weight-1m': '120' }),
    notes('orders', all),
    // Somebody else has all but used up the minute.
    notes('orders', { ...all, 'x-mbx-order-count-1m': '1195' }),
    notes('orders', { ...all, 'x-mbx-order-count-10s': '400' }),
    notes('sapi', all),
    notes('weight', { 'x-mbx-used-weight-1m': 'many' }),
  ]).toEqual([
    [{ scope: 'weight', used: 120 }],
    [
      { scope: 'weight', used: 120 },
      { scope: 'orders', remaining: 293 },
    ],
    [
      { scope: 'weight', used: 120 },
      { scope: 'orders', remaining: 5 },
    ],
    [
      { scope: 'weight', used: 120 },
      { scope: 'orders', remaining: 0 },
    ],
    [],
    [],
  ]);
});
