import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Page, SignedCall } from '../account.ts';
import { bybitAccount } from './account.ts';
import { accountRest as rest } from './account-rest.ts';

const AT = 1_795_000_001_020;
const DAY_MS = 86_400_000;
const BTC = instrumentId('bybit:BTC-USDT-PERP');
const COIN = instrumentId('bybit:BTC-USDT');

const answer = (result: unknown) => ({ retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: AT });
const listed = (list: readonly unknown[], nextPageCursor = '') => answer({ list, nextPageCursor });

function asked({ method, section, path, params, scope, weight }: SignedCall<unknown>): unknown {
  const query = new URLSearchParams(params as Record<string, string>);
  return [`${method} ${section}/${path} ${query}`.trim(), scope, weight];
}

/** Follows the pages of a call; `answerOf` is the venue. */
function readAll<Row>(
  first: SignedCall<Page<Row>> | undefined,
  answerOf: (call: SignedCall<unknown>) => unknown,
): { readonly rows: readonly Row[]; readonly asked: readonly unknown[] } {
  const rows: Row[] = [];
  const questions: unknown[] = [];
  for (let call = first; call !== undefined; ) {
    if (questions.length > 20) throw new Error('no end to it');
    questions.push(`${call.path} ${new URLSearchParams(call.params as Record<string, string>)}`.trim());
    const page = call.parse(answerOf(call), AT);
    rows.push(...page.rows);
    call = page.next;
  }
  return { rows, asked: questions };
}

test('what is asked, and what it costs', () => {
  const history = { from: AT - DAY_MS, to: AT };
  const calls = {
    rights: rest.rights().told,
    facts: [rest.facts()],
    balances: [rest.balances()],
    positions: [...rest.positions(), ...rest.positions(BTC), ...rest.positions(COIN)],
    open: [...rest.openOrders(), ...rest.openOrders(BTC), ...rest.openOrders(COIN)],
    closed: [...rest.closedOrders(history), ...rest.closedOrders({ ...history, instrument: COIN })],
    fills: [...rest.fills(history), ...rest.fills({ ...history, instrument: BTC })],
    order: [
      rest.order({ instrument: BTC, venueOrderId: 'a-1', clientOrderId: 'bot-1' }),
      rest.order({ instrument: COIN, clientOrderId: 'bot-1' }),
      rest.order({ instrument: BTC, venueOrderId: 'a-1', isPast: true }),
    ],
    fees: [rest.fees(COIN)],
  };
  const range = `startTime=${history.from}&endTime=${AT}`;
  expect(Object.fromEntries(Object.entries(calls).map(([name, list]) => [name, list.map(asked)]))).toEqual({
    rights: [['GET private/v5/user/query-api', 'uid-rare', 1]],
    facts: [['GET private/v5/user/query-api', 'uid-rare', 1]],
    balances: [['GET private/v5/account/wallet-balance accountType=UNIFIED', 'uid', 1]],
    positions: [
      ['GET private/v5/account/info', 'uid-rare', 1],
      ['GET private/v5/account/info', 'uid-rare', 1],
    ],
    open: [
      ['GET private/v5/order/realtime category=linear&settleCoin=USDT&openOnly=0&limit=50', 'uid', 1],
      ['GET private/v5/order/realtime category=linear&settleCoin=USDC&openOnly=0&limit=50', 'uid', 1],
      ['GET private/v5/order/realtime category=spot&openOnly=0&limit=50', 'uid', 1],
      ['GET private/v5/order/realtime category=linear&symbol=BTCUSDT&openOnly=0&limit=50', 'uid', 1],
      ['GET private/v5/order/realtime category=spot&symbol=BTCUSDT&openOnly=0&limit=50', 'uid', 1],
    ],
    closed: [
      [`GET private/v5/order/history category=linear&${range}&limit=50`, 'uid', 1],
      [`GET private/v5/order/history category=spot&${range}&limit=50`, 'uid', 1],
      [`GET private/v5/order/history category=spot&symbol=BTCUSDT&${range}&limit=50`, 'uid', 1],
    ],
    fills: [
      [`GET private/v5/execution/list category=linear&${range}&limit=100`, 'uid', 1],
      [`GET private/v5/execution/list category=spot&${range}&limit=100`, 'uid', 1],
      [`GET private/v5/execution/list category=linear&symbol=BTCUSDT&${range}&limit=100`, 'uid', 1],
    ],
    order: [
      ['GET private/v5/order/realtime category=linear&symbol=BTCUSDT&orderId=a-1', 'uid', 1],
      ['GET private/v5/order/realtime category=spot&symbol=BTCUSDT&orderLinkId=bot-1', 'uid', 1],
      ['GET private/v5/order/history category=linear&symbol=BTCUSDT&orderId=a-1', 'uid', 1],
    ],
    fees: [['GET private/v5/account/fee-rate category=spot&symbol=BTCUSDT', 'uid-rare', 1]],
  });
});

describe('rights', () => {
  const key = {
    id: '1',
    readOnly: 0,
    permissions: {
      ContractTrade: ['Order', 'Position'],
      Spot: ['SpotTrade'],
      Wallet: [],
      Options: [],
      Derivatives: [],
      Exchange: [],
    },
    ips: ['10.0.0.7'],
    type: 1,
    deadlineDay: -2,
    expiredAt: '1970-01-01T00:00:00Z',
    uta: 1,
    isMaster: true,
    userID: 24617703,
    vipLevel: 'No VIP',
  };
  const trading = {
    read: 'yes',
    trade: 'yes',
    withdraw: 'no',
    transfer: 'no',
    ipBound: 'yes',
    checkedAt: AT,
  };
  const rights = (changes: object) => rest.rights().told[0]?.parse(answer({ ...key, ...changes }), AT);
  const allowed = (changes: object) => ({ permissions: { ...key.permissions, ...changes } });

  test.each([
    ['a key to trade with', {}, {}],
    [
      'one that may withdraw',
      allowed({ Wallet: ['AccountTransfer', 'Withdraw'] }),
      { withdraw: 'yes', transfer: 'yes' },
    ],
    [
      'one that may move money between accounts',
      allowed({ Wallet: ['AccountTransfer'] }),
      { transfer: 'yes' },
    ],
    [
      'one that may move money between members',
      allowed({ Wallet: ['SubMemberTransfer'] }),
      { transfer: 'yes' },
    ],
    [
      'one with a transfer that is not on the sheet',
      allowed({ Wallet: ['SubMemberTransferList'] }),
      { transfer: 'yes' },
    ],
    [
      'one that only reads, whatever is ticked',
      { ...allowed({ Wallet: ['Withdraw', 'AccountTransfer'] }), readOnly: 1 },
      { trade: 'no' },
    ],
    [
      'one with a withdrawal in another group',
      allowed({ Wallet: null, Exchange: ['ExchangeHistory'], Custody: ['CustodyWithdraw'] }),
      { withdraw: 'yes' },
    ],
    [
      'one of a sort that is not on the sheet: it is not trusted to only read',
      { ...allowed({ Wallet: ['Withdraw'] }), readOnly: 2 },
      { trade: 'no', withdraw: 'yes' },
    ],
    ['one without trading', allowed({ ContractTrade: ['Position'], Spot: [] }), { trade: 'no' }],
    ['one for derivatives', allowed({ ContractTrade: [], Spot: [], Derivatives: ['DerivativesTrade'] }), {}],
    [
      'one from everywhere, for 90 days',
      { ips: ['*'], deadlineDay: 83, expiredAt: '2026-12-31T07:20:25Z' },
      { ipBound: 'no', expiresAt: 1_798_701_625_000 },
    ],
    ['one without addresses', { ips: [], expiredAt: '' }, { ipBound: 'no' }],
  ])('%s', (_name, changes, differs) => {
    expect(rights(changes)).toEqual({ ...trading, ...differs });
  });

  test('an answer that does not say is not taken for a no', () => {
    expect(() => rights({ permissions: undefined })).toThrow(/permissions is no object/);
    expect(() => rights(allowed({ Wallet: 'Withdraw' }))).toThrow(/Wallet is no list/);
    expect(() => rights(allowed({ Wallet: [{ name: 'Withdraw' }] }))).toThrow(/Wallet names no permission/);
    expect(() => rights({ readOnly: undefined })).toThrow(/readOnly is no whole number/);
  });

  test('facts for the person', () => {
    expect(rest.facts().parse(answer(key), AT)).toEqual({
      canTrade: true,
      feeTier: 'No VIP',
      marginMode: 'unified',
      userId: '24617703',
    });
  });
});

const POSITION = {
  positionIdx: 0,
  riskId: 1,
  symbol: 'BTCUSDT',
  side: 'Buy',
  size: '0.012',
  avgPrice: '83800.123456789',
  positionValue: '1005.6',
  tradeMode: 0,
  positionStatus: 'Normal',
  leverage: '10',
  markPrice: '83801.10',
  liqPrice: '',
  positionIM: '100.61',
  unrealisedPnl: '0.0132',
  seq: 4688002127,
  createdTime: '1794000000000',
  updatedTime: '1795000001008',
};

test('positions: of both coins they settle in, page by page, in the mode of the account', () => {
  const flat = { ...POSITION, side: '', size: '0', avgPrice: '0' };
  const { rows, asked: questions } = readAll(rest.positions()[0], ({ path, params }) => {
    if (path === 'v5/account/info') return answer({ marginMode: 'ISOLATED_MARGIN', unifiedMarginStatus: 5 });
    if (params['settleCoin'] === 'USDC') return listed([{ ...POSITION, symbol: 'BTCPERP', side: 'Sell' }]);
    return params['cursor'] === undefined
      ? listed([POSITION, flat], 'page%3D2')
      : listed(
          [{ ...POSITION, symbol: 'ETHUSDT', positionIdx: 2, side: 'Sell', liqPrice: '3000.5' }],
          'page%3D2',
        );
  });
  const long = {
    instrument: BTC,
    leg: 'both',
    quantity: '0.012',
    entryPrice: '83800.123456789',
    markPrice: '83801.10',
    unrealisedPnl: '0.0132',
    leverage: '10',
    marginMode: 'isolated',
    margin: '100.61',
  };
  expect({ rows, questions }).toEqual({
    rows: [
      long,
      {
        ...long,
        instrument: 'bybit:ETH-USDT-PERP',
        leg: 'short',
        quantity: '-0.012',
        liquidationPrice: '3000.5',
      },
      { ...long, instrument: 'bybit:BTC-USDC-PERP', quantity: '-0.012' },
    ],
    questions: [
      'v5/account/info',
      'v5/position/list category=linear&settleCoin=USDT&limit=200',
      'v5/position/list category=linear&settleCoin=USDT&limit=200&cursor=page%253D2',
      'v5/position/list category=linear&settleCoin=USDC&limit=200',
    ],
  });
});

test('a flat position is told where its instrument was asked for', () => {
  const { rows } = readAll(rest.positions(BTC)[0], ({ path }) =>
    path === 'v5/account/info'
      ? answer({ marginMode: 'REGULAR_MARGIN' })
      : listed([
          {
            ...POSITION,
            side: '',
            size: '0',
            avgPrice: '',
            leverage: '5',
            positionIM: '',
            unrealisedPnl: '',
          },
        ]),
  );
  expect(rows).toEqual([
    {
      instrument: BTC,
      leg: 'both',
      quantity: '0',
      markPrice: '83801.10',
      leverage: '5',
      marginMode: 'cross',
    },
  ]);
});

const ORDER = {
  symbol: 'BTCUSDT',
  orderId: 'a-1',
  orderLinkId: 'bot-1',
  side: 'Sell',
  orderType: 'Limit',
  price: '83900.00',
  qty: '0.010',
  timeInForce: 'PostOnly',
  orderStatus: 'New',
  cancelType: 'UNKNOWN',
  rejectReason: 'EC_NoError',
  avgPrice: '',
  cumExecQty: '0.000',
  reduceOnly: true,
  closeOnTrigger: false,
  stopOrderType: '',
  triggerPrice: '0.00',
  createdTime: '1795000000900',
  updatedTime: '1795000001008',
};

test('open orders: page by page, and what has just ended left out', () => {
  const { rows } = readAll(rest.openOrders()[0], ({ params }) =>
    params['cursor'] === undefined
      ? listed([ORDER, { ...ORDER, orderId: 'a-2', orderStatus: 'Filled' }], 'c2')
      : listed([
          {
            ...ORDER,
            orderId: 'a-3',
            orderStatus: 'Untriggered',
            stopOrderType: 'TakeProfit',
            triggerPrice: '90000',
          },
        ]),
  );
  const order = {
    instrument: BTC,
    venueOrderId: 'a-1',
    clientOrderId: 'bot-1',
    side: 'sell',
    type: 'limit',
    timeInForce: 'GTX',
    status: 'NEW',
    venueStatus: 'New',
    price: '83900.00',
    quantity: '0.010',
    filledQuantity: '0.000',
    reduceOnly: true,
    postOnly: true,
    createdAt: 1_795_000_000_900,
    venueTime: 1_795_000_001_008,
    isConditional: false,
  };
  expect(rows).toEqual([
    order,
    {
      ...order,
      venueOrderId: 'a-3',
      type: 'take-profit',
      status: 'PENDING_TRIGGER',
      venueStatus: 'Untriggered',
      triggerPrice: '90000',
    },
  ]);
});

test('one order: the one that was asked for, or none', () => {
  const byClient = rest.order({ instrument: BTC, clientOrderId: 'bot-2' });
  const byVenue = rest.order({ instrument: BTC, venueOrderId: 'a-1' });
  const rows = listed([{ ...ORDER, orderId: 'a-2', orderLinkId: 'bot-2', orderStatus: 'Cancelled' }, ORDER]);
  expect([
    byClient.parse(rows, AT)?.order.venueOrderId,
    byVenue.parse(rows, AT)?.order.clientOrderId,
    byVenue.parse(listed([]), AT),
  ]).toEqual(['a-2', 'bot-1', undefined]);
  expect(() => rest.order({ instrument: BTC })).toThrow(/without any id/);
});

test('an order in what nobody knows, or in a status nobody knows, is not passed over in silence', () => {
  const [open] = rest.openOrders();
  expect(() => open?.parse(listed([{ ...ORDER, symbol: 'WHAT' }]), AT)).toThrow(
    /an instrument nobody knows: "WHAT"/,
  );
  expect(() => open?.parse(listed([{ ...ORDER, orderStatus: 'Pondering' }]), AT)).toThrow(
    expect.objectContaining({ code: 'order.status-unknown' }),
  );
});

test('history: what ended, and what traded', () => {
  const history = { from: AT - DAY_MS, to: AT };
  const orders = ['New', 'Filled', 'Cancelled', 'Rejected', 'Deactivated', 'Untriggered'];
  const closed = readAll(rest.closedOrders(history)[0], () =>
    listed([{ ...ORDER, symbol: 'WHAT' }, ...orders.map((orderStatus) => ({ ...ORDER, orderStatus }))]),
  );
  const execution = {
    symbol: 'BTCUSDT',
    orderId: 'a-1',
    orderLinkId: '',
    side: 'Buy',
    execPrice: '83800.00',
    execQty: '0.004',
    execFee: '0.06704',
    feeCurrency: '',
    execTime: '1795000001007',
    isMaker: false,
  };
  const kinds = [
    'Trade',
    'AdlTrade',
    'BustTrade',
    'BlockTrade',
    'Funding',
    'Delivery',
    'Settle',
    'MovePosition',
    'FutureSpread',
    'CorporateAction',
    'UNKNOWN',
  ];
  const traded = readAll(rest.fills(history)[0], ({ params }) =>
    params['cursor'] === undefined
      ? listed(
          kinds.map((execType) => ({ ...execution, execType, execId: execType })),
          'c2',
        )
      : listed([{ ...execution, execType: 'Trade', execId: 'last' }]),
  );
  expect([closed.rows.map(({ venueStatus }) => venueStatus), traded.rows.map(({ id }) => id)]).toEqual([
    ['Filled', 'Cancelled', 'Rejected', 'Deactivated'],
    ['Trade', 'AdlTrade', 'BustTrade', 'BlockTrade', 'last'],
  ]);
});

test('fees are those of the instrument that was asked for', () => {
  const list = [
    { symbol: 'ETHUSDT', takerFeeRate: '0.1', makerFeeRate: '0.1' },
    // Whoever makes a market may be paid for it.
    { symbol: 'BTCUSDT', takerFeeRate: '0.00055', makerFeeRate: '-0.00005' },
  ];
  expect(rest.fees(BTC).parse(listed(list), AT)).toEqual({
    instrument: BTC,
    maker: '-0.00005',
    taker: '0.00055',
  });
  expect(() => rest.fees(BTC).parse(listed(list.slice(0, 1)), AT)).toThrow(/fees of another instrument/);
});

test.each([
  [null],
  ['text'],
  [{}],
  [{ retCode: 1, result: {} }],
  [answer(null)],
  [answer({ list: 1 })],
  [answer({ list: [1] })],
])('what is no answer throws: %o', (body) => {
  const wrong = expect.objectContaining({ code: 'venue.answer' });
  const calls: readonly SignedCall<unknown>[] = [
    rest.facts(),
    rest.balances(),
    rest.fees(BTC),
    rest.order({ instrument: BTC, venueOrderId: '1' }),
    ...rest.openOrders(),
    ...rest.rights().told,
  ];
  for (const call of calls) expect(() => call.parse(body, AT)).toThrow(wrong);
});

test('what is left of a budget is taken only where the header speaks of that budget', () => {
  const headers = (size: string) => new Headers({ 'x-bapi-limit': size, 'x-bapi-limit-status': '3' });
  expect([
    bybitAccount.budgetNotes({ scope: 'uid' }, headers('50')),
    bybitAccount.budgetNotes({ scope: 'uid' }, headers('10')),
    bybitAccount.budgetNotes({ scope: 'uid' }, new Headers()),
  ]).toEqual([[{ scope: 'uid', remaining: 3 }], [], []]);
});
