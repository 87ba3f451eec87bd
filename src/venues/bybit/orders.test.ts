import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import { bybitAccount } from './account.ts';
import { bybitOrders as orders } from './orders.ts';

const AT = 1_795_000_001_020;
const BTC = instrumentId('bybit:BTC-USDT-PERP');
const COIN = instrumentId('bybit:BTC-USDT');
const ID = 'h1abcdefghijklmnopqrst';
const ORDER_ID = '5cf98598-39a7-459e-97bf-76ca765ee020';

const LIMIT: OrderRequest = {
  account: accountId('bybit#abc123'),
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

const LINEAR = {
  category: 'linear',
  symbol: 'BTCUSDT',
  side: 'Buy',
  orderType: 'Limit',
  price: '83800.00',
  timeInForce: 'GTC',
  qty: '0.010',
  positionIdx: 0,
  orderLinkId: ID,
};
const SPOT = {
  category: 'spot',
  symbol: 'BTCUSDT',
  side: 'Buy',
  orderType: 'Limit',
  price: '83800.00',
  timeInForce: 'GTC',
  qty: '0.010',
  orderLinkId: ID,
};
const WAITING = {
  category: 'linear',
  symbol: 'BTCUSDT',
  side: 'Sell',
  orderType: 'Market',
  qty: '0.010',
  triggerPrice: '80000.00',
  triggerDirection: 2,
  triggerBy: 'MarkPrice',
  positionIdx: 0,
  orderLinkId: ID,
};
const linear = (params: object) => ['POST private/v5/order/create', params, 'uid-orders-linear', 1];
const spot = (params: object) => ['POST private/v5/order/create', params, 'uid-orders-spot', 1];

test.each<[string, OrderRequest, unknown]>([
  ['a limit order', LIMIT, linear(LINEAR)],
  ['a sale', { ...LIMIT, side: 'sell' }, linear({ ...LINEAR, side: 'Sell' })],
  [
    'a market order is a limit that lives for an instant',
    { ...LIMIT, isMarket: true, timeInForce: 'IOC' },
    linear({ ...LINEAR, timeInForce: 'IOC' }),
  ],
  ['all or nothing', { ...LIMIT, timeInForce: 'FOK' }, linear({ ...LINEAR, timeInForce: 'FOK' })],
  ['post-only', { ...LIMIT, timeInForce: 'GTX' }, linear({ ...LINEAR, timeInForce: 'PostOnly' })],
  ['reduce-only', { ...LIMIT, reduceOnly: true }, linear({ ...LINEAR, reduceOnly: true })],
  [
    'closing at once goes by the quantity',
    { ...LIMIT, reduceOnly: true, closePosition: true, isMarket: true, timeInForce: 'IOC' },
    linear({ ...LINEAR, timeInForce: 'IOC', reduceOnly: true }),
  ],
  ['opening a long leg', { ...LIMIT, leg: 'long' }, linear({ ...LINEAR, positionIdx: 1 })],
  [
    'closing a long leg',
    { ...LIMIT, side: 'sell', leg: 'long', reduceOnly: true },
    linear({ ...LINEAR, side: 'Sell', positionIdx: 1, reduceOnly: true }),
  ],
  [
    'closing a short leg',
    { ...LIMIT, leg: 'short', reduceOnly: true },
    linear({ ...LINEAR, positionIdx: 2, reduceOnly: true }),
  ],
  [
    'a contract in USDC',
    { ...LIMIT, instrument: instrumentId('bybit:BTC-USDC-PERP') },
    linear({ ...LINEAR, symbol: 'BTCPERP' }),
  ],
  ['a coin, with nothing about positions or borrowing', { ...LIMIT, instrument: COIN }, spot(SPOT)],
  [
    'a market order of a coin',
    { ...LIMIT, instrument: COIN, isMarket: true, timeInForce: 'IOC' },
    spot({ ...SPOT, timeInForce: 'IOC' }),
  ],
  [
    'a coin post-only',
    { ...LIMIT, instrument: COIN, timeInForce: 'GTX' },
    spot({ ...SPOT, timeInForce: 'PostOnly' }),
  ],
  ['a stop to sell waits for the price to fall', STOP_MARKET, linear(WAITING)],
  [
    'a stop to buy waits for it to rise',
    { ...STOP_MARKET, side: 'buy' },
    linear({ ...WAITING, side: 'Buy', triggerDirection: 1 }),
  ],
  [
    'a take-profit to sell waits for it to rise',
    { ...STOP_MARKET, type: 'take-profit-market', reduceOnly: true },
    linear({ ...WAITING, triggerDirection: 1, reduceOnly: true }),
  ],
  [
    'a take-profit to buy waits for it to fall',
    { ...STOP_MARKET, type: 'take-profit-market', side: 'buy' },
    linear({ ...WAITING, side: 'Buy' }),
  ],
  [
    'by the last price unless told otherwise',
    { ...STOP_MARKET, triggerBy: 'last' },
    linear({ ...WAITING, triggerBy: 'LastPrice' }),
  ],
  [
    'a stop with a limit',
    { ...STOP_MARKET, type: 'stop', price: '79990.00' },
    linear({ ...WAITING, orderType: 'Limit', price: '79990.00', timeInForce: 'GTC' }),
  ],
  [
    'a take-profit with a limit',
    { ...STOP_MARKET, type: 'take-profit', price: '90000.00', timeInForce: 'FOK' },
    linear({ ...WAITING, orderType: 'Limit', price: '90000.00', timeInForce: 'FOK', triggerDirection: 1 }),
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
    ['a stop that closes all there is then', { ...STOP_MARKET, reduceOnly: true, closePosition: true }],
    ['a stop of a coin', { ...STOP_MARKET, instrument: COIN }],
    ['a coin that reduces', { ...LIMIT, instrument: COIN, reduceOnly: true }],
    ['a leg of a coin', { ...LIMIT, instrument: COIN, leg: 'long' }],
    ['an inverse contract', { ...LIMIT, instrument: instrumentId('bybit:BTC-USD-PERP') }],
    ['a purchase that reduces a long leg', { ...LIMIT, leg: 'long', reduceOnly: true }],
    ['no id', { ...LIMIT, clientOrderId: '' }],
    ['an id that is too long', { ...LIMIT, clientOrderId: 'a'.repeat(37) }],
    ['an id that is none here', { ...LIMIT, clientOrderId: 'a:b' }],
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
});

test('what can be ordered of a contract and of a coin', () => {
  const both = { immediate: ['IOC', 'FOK'], postOnly: true, closePosition: false, amend: 'in-place' };
  expect([orders.abilities(BTC), orders.abilities(COIN)]).toEqual([
    { ...both, conditional: true, reduceOnly: true },
    { ...both, conditional: false, reduceOnly: false },
  ]);
  expect(() => orders.abilities(instrumentId('binance:BTC-USDT-PERP'))).toThrow(
    expect.objectContaining({ code: 'instrument.unknown' }),
  );
});

test('no figure is ever a number, or written anew', () => {
  const digit = fc.stringMatching(/^\d{1,12}(?:\.\d{1,10})?$/).filter((text) => /[1-9]/.test(text));
  const COUNTS = ['positionIdx', 'triggerDirection'];
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
        const numbers = Object.entries(params).filter(([, value]) => typeof value === 'number');
        expect(numbers.map(([name]) => name).filter((name) => !COUNTS.includes(name))).toEqual([]);
        expect([params['qty'], params['price'], params['triggerPrice']]).toEqual([
          q,
          type === 'take-profit-market' ? undefined : p,
          isLimit ? undefined : t,
        ]);
      },
    ),
  );
});

const answer = (result: unknown) => ({ retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: AT });
const wrong = expect.objectContaining({ code: 'venue.answer' });

test('an answer to a placed order is about that order, or proves nothing', () => {
  const place = orders.place(LIMIT);
  expect(place.parse(answer({ orderId: ORDER_ID, orderLinkId: ID }), AT)).toEqual({ venueOrderId: ORDER_ID });
  for (const body of [
    answer({ orderId: ORDER_ID, orderLinkId: 'other' }),
    answer({ orderId: '', orderLinkId: ID }),
    answer({}),
    { ...answer({ orderId: ORDER_ID, orderLinkId: ID }), retCode: 10016 },
    [],
    null,
  ]) {
    expect(() => place.parse(body, AT)).toThrow(wrong);
  }
});

const REPORT: OrderReport = {
  instrument: BTC,
  venueOrderId: ORDER_ID,
  clientOrderId: ID,
  side: 'buy',
  type: 'stop',
  timeInForce: 'GTC',
  status: 'PENDING_TRIGGER',
  venueStatus: 'Untriggered',
  price: '83800.00',
  triggerPrice: '83000.00',
  quantity: '0.010',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime: AT,
  isConditional: false,
};

describe('changing', () => {
  test('says what changes, and nothing else', () => {
    const params = { category: 'linear', symbol: 'BTCUSDT', orderId: ORDER_ID };
    const coin: OrderReport = { ...REPORT, instrument: COIN, type: 'limit', status: 'NEW' };
    expect([
      asked(orders.amend(REPORT, { price: '83700.00' }, ID)),
      asked(orders.amend(REPORT, { quantity: '0.020', triggerPrice: '82000.00' }, ID)),
      asked(orders.amend(coin, { quantity: '0.020' }, ID)),
    ]).toEqual([
      ['POST private/v5/order/amend', { ...params, price: '83700.00' }, 'uid-orders-linear', 1],
      [
        'POST private/v5/order/amend',
        { ...params, qty: '0.020', triggerPrice: '82000.00' },
        'uid-orders-linear',
        1,
      ],
      // Half as many a second as may be placed.
      ['POST private/v5/order/amend', { ...params, category: 'spot', qty: '0.020' }, 'uid-orders-spot', 2],
    ]);
  });

  test.each<[string, OrderReport, object]>([
    ['nothing', REPORT, {}],
    ['an exponent', REPORT, { price: '1e5' }],
    ['the trigger of one that waits for none', { ...REPORT, status: 'NEW' }, { triggerPrice: '1' }],
  ])('not: %s', (_name, order, change) => {
    expect(() => orders.amend(order, change, ID)).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });
});

describe('cancelling', () => {
  const ref = { account: LIMIT.account, instrument: BTC, isConditional: false };

  test('goes by the venue’s id where there is one', () => {
    const params = { category: 'linear', symbol: 'BTCUSDT' };
    expect(
      [
        orders.cancel({ ...ref, venueOrderId: ORDER_ID, clientOrderId: ID }),
        orders.cancel({ ...ref, clientOrderId: ID, isConditional: true }),
        orders.cancel({ ...ref, instrument: COIN, clientOrderId: ID }),
      ].map(asked),
    ).toEqual([
      ['POST private/v5/order/cancel', { ...params, orderId: ORDER_ID }, 'uid-cancels-linear', 1],
      ['POST private/v5/order/cancel', { ...params, orderLinkId: ID }, 'uid-cancels-linear', 1],
      [
        'POST private/v5/order/cancel',
        { ...params, category: 'spot', orderLinkId: ID },
        'uid-cancels-spot',
        1,
      ],
    ]);
    expect(() => orders.cancel(ref)).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });

  test('is answered with the order that was meant', () => {
    const byLink = orders.cancel({ ...ref, clientOrderId: ID });
    const byId = orders.cancel({ ...ref, venueOrderId: ORDER_ID });
    const good = answer({ orderId: ORDER_ID, orderLinkId: ID });
    expect([byLink.parse(good, AT), byId.parse(good, AT)]).toEqual([
      { venueOrderId: ORDER_ID },
      { venueOrderId: ORDER_ID },
    ]);
    expect(() => byLink.parse(answer({ orderId: ORDER_ID, orderLinkId: 'x' }), AT)).toThrow(wrong);
    expect(() => byId.parse(answer({ orderId: 'x', orderLinkId: ID }), AT)).toThrow(wrong);
  });

  test('all takes a call a coin and a kind', () => {
    const call = (params: object, family: string) => [
      'POST private/v5/order/cancel-all',
      params,
      `uid-cancels-${family}`,
      1,
    ];
    const spotKinds = (more: object) =>
      ['Order', 'StopOrder', 'tpslOrder'].map((orderFilter) =>
        call({ category: 'spot', ...more, orderFilter }, 'spot'),
      );
    expect(
      [orders.cancelAll(BTC), orders.cancelAll(COIN), orders.cancelAll()].map((all) => all.map(asked)),
    ).toEqual([
      [call({ category: 'linear', symbol: 'BTCUSDT' }, 'linear')],
      spotKinds({ symbol: 'BTCUSDT' }),
      [
        call({ category: 'linear', settleCoin: 'USDT' }, 'linear'),
        call({ category: 'linear', settleCoin: 'USDC' }, 'linear'),
        ...spotKinds({}),
      ],
    ]);
  });

  test('all is answered with those it took, where it says so', () => {
    const [call] = orders.cancelAll(BTC);
    const list = [
      { orderId: ORDER_ID, orderLinkId: ID },
      { orderId: '2', orderLinkId: '' },
    ];
    expect([
      call?.parse(answer({ list, success: '1' }), AT),
      call?.parse(answer({ success: '1' }), AT),
    ]).toEqual([
      {
        cancelled: [{ venueOrderId: ORDER_ID, clientOrderId: ID }, { venueOrderId: '2' }],
        failed: [],
        isBlind: false,
      },
      { cancelled: [], failed: [], isBlind: true },
    ]);
    expect(() => call?.parse(answer({ list: 'all' }), AT)).toThrow(wrong);
  });
});

test('every order call has a budget, and headers of one speak of no other', () => {
  const scopes = new Set(bybitAccount.budgets.map(({ scope }) => scope));
  const calls = [
    orders.place(LIMIT),
    orders.place({ ...LIMIT, instrument: COIN }),
    orders.cancel({ account: LIMIT.account, instrument: COIN, clientOrderId: ID, isConditional: false }),
    ...orders.cancelAll(),
  ];
  expect(calls.filter(({ scope }) => !scopes.has(scope))).toEqual([]);
  const left = (limit: string) => new Headers({ 'x-bapi-limit': limit, 'x-bapi-limit-status': '3' });
  expect([
    bybitAccount.budgetNotes({ scope: 'uid-orders-linear' }, left('10')),
    bybitAccount.budgetNotes({ scope: 'uid-orders-spot' }, left('10')),
  ]).toEqual([[{ scope: 'uid-orders-linear', remaining: 3 }], []]);
});
