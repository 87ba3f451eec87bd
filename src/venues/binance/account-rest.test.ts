import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { FillReport } from '#shared/domain/order.ts';
import type { Page, SignedCall } from '../account.ts';
import { accountRest as rest } from './account-rest.ts';

const AT = 1_795_000_001_020;
const DAY_MS = 86_400_000;
const BTC = instrumentId('binance:BTC-USDT-PERP');

/** What is asked, without how it is read. */
function asked({ method, section, path, params, scope, weight, host }: SignedCall<unknown>): unknown {
  const question = `${method} ${section}/${path} ${new URLSearchParams(params as Record<string, string>)}`;
  return [question.trim(), scope, weight, ...(host === undefined ? [] : [host])];
}

test('what is asked, and what it costs', () => {
  const history = { from: AT - DAY_MS, to: AT };
  const calls = {
    facts: [rest.facts()],
    balances: [rest.balances()],
    positions: [...rest.positions(), ...rest.positions(BTC)],
    settings: [rest.positionSettings(), rest.positionSettings(BTC)],
    open: [...rest.openOrders(), ...rest.openOrders(BTC)],
    closed: [...rest.closedOrders(history), ...rest.closedOrders({ ...history, instrument: BTC })],
    fills: [...rest.fills(history), ...rest.fills({ ...history, instrument: BTC })],
    order: [
      rest.order({ instrument: BTC, venueOrderId: '8', clientOrderId: 'bot-1' }),
      rest.order({ instrument: BTC, clientOrderId: 'bot-1' }),
      rest.order({ instrument: BTC, venueOrderId: '9', isConditional: true }),
      rest.order({ instrument: BTC, clientOrderId: 'stop-1', isConditional: true }),
    ],
    fees: [rest.fees(BTC)],
    rights: rest.rights('mainnet').told,
    demo: rest.rights('demo').told,
  };
  const range = `startTime=${history.from}&endTime=${AT}&limit=1000`;
  const week = `startTime=${AT - 7 * DAY_MS + 1}&endTime=${AT}&limit=1000`;
  expect(Object.fromEntries(Object.entries(calls).map(([name, list]) => [name, list.map(asked)]))).toEqual({
    facts: [['GET fapiPrivate/accountConfig', 'weight', 5]],
    balances: [['GET fapiPrivateV3/account', 'weight', 5]],
    positions: [
      ['GET fapiPrivateV3/positionRisk', 'weight', 5],
      ['GET fapiPrivateV3/positionRisk symbol=BTCUSDT', 'weight', 5],
    ],
    settings: [
      ['GET fapiPrivate/symbolConfig', 'weight', 5],
      ['GET fapiPrivate/symbolConfig symbol=BTCUSDT', 'weight', 5],
    ],
    open: [
      ['GET fapiPrivate/openOrders', 'weight', 40],
      ['GET fapiPrivate/openAlgoOrders', 'weight', 40],
      ['GET fapiPrivate/openOrders symbol=BTCUSDT', 'weight', 1],
      ['GET fapiPrivate/openAlgoOrders symbol=BTCUSDT', 'weight', 1],
    ],
    closed: [
      [`GET fapiPrivate/allOrders ${range}`, 'weight', 5],
      [`GET fapiPrivate/allOrders symbol=BTCUSDT&${range}`, 'weight', 5],
      [`GET fapiPrivate/allAlgoOrders symbol=BTCUSDT&${range}`, 'weight', 5],
    ],
    fills: [
      [`GET fapiPrivate/allOrders ${week}`, 'weight', 5],
      [`GET fapiPrivate/userTrades symbol=BTCUSDT&${range}`, 'weight', 5],
    ],
    order: [
      ['GET fapiPrivate/order symbol=BTCUSDT&orderId=8', 'weight', 1],
      ['GET fapiPrivate/order symbol=BTCUSDT&origClientOrderId=bot-1', 'weight', 1],
      ['GET fapiPrivate/algoOrder algoId=9', 'weight', 1],
      ['GET fapiPrivate/algoOrder clientAlgoId=stop-1', 'weight', 1],
    ],
    fees: [['GET fapiPrivate/commissionRate symbol=BTCUSDT', 'weight', 20]],
    rights: [
      ['GET sapi/account/apiRestrictions', 'sapi', 1, 'rights'],
      ['GET fapiPrivate/accountConfig', 'weight', 5],
    ],
    demo: [['GET fapiPrivate/accountConfig', 'weight', 5]],
  });
});

describe('rights', () => {
  const flags = {
    ipRestrict: true,
    enableReading: true,
    enableFutures: true,
    enableWithdrawals: false,
    enableInternalTransfer: false,
    permitsUniversalTransfer: false,
  };
  const config = { feeTier: 0, canTrade: true, canWithdraw: true, dualSidePosition: false };
  const rights = (environment: 'mainnet' | 'demo', ...bodies: readonly object[]) => {
    const { told, assumed } = rest.rights(environment);
    return Object.assign({ ...assumed }, ...told.map((call, at) => call.parse(bodies[at], AT)));
  };
  const trading = {
    read: 'yes',
    trade: 'yes',
    withdraw: 'no',
    transfer: 'no',
    ipBound: 'yes',
    checkedAt: AT,
  };

  test.each([
    ['a key to trade with', {}, {}, {}],
    ['one that may withdraw', { enableWithdrawals: true }, {}, { withdraw: 'yes' }],
    ['one that may move money within', { enableInternalTransfer: true }, {}, { transfer: 'yes' }],
    ['one that may move money anywhere', { permitsUniversalTransfer: true }, {}, { transfer: 'yes' }],
    [
      'one with rights that are not on the sheet',
      { enableFastWithdrawSwitch: true, enableSubAccountTransfer: true, enableFixReadOnly: true },
      {},
      { withdraw: 'yes', transfer: 'yes' },
    ],
    [
      'one without futures, from everywhere',
      { enableFutures: false, ipRestrict: false },
      {},
      { trade: 'no', ipBound: 'no' },
    ],
    ['an account that may not trade', {}, { canTrade: false }, { trade: 'no' }],
  ])('%s', (_name, flag, account, differs) => {
    expect(rights('mainnet', { ...flags, ...flag }, { ...config, ...account })).toEqual({
      ...trading,
      ...differs,
    });
  });

  test('a flag that is missing or no flag is not taken for a no', () => {
    for (const key of Object.keys(flags)) {
      for (const value of [undefined, null, 'false', 0]) {
        expect(() => rights('mainnet', { ...flags, [key]: value }, config)).toThrow(/neither true nor false/);
      }
    }
  });

  test('the demo market tells who may trade; from there no money leaves, whatever its account may', () => {
    expect(rights('demo', { ...config, canTrade: false })).toEqual({
      read: 'yes',
      trade: 'no',
      withdraw: 'no',
      transfer: 'no',
      ipBound: 'unknown',
      checkedAt: AT,
    });
  });
});

test('balances add up to the last digit, and what is empty and was never used is left out', () => {
  const assets = [
    { asset: 'USDT', walletBalance: '23.72469206', initialMargin: '0.33683000', updateTime: 1 },
    {
      asset: 'USDC',
      walletBalance: '12345678901234567.00000001',
      initialMargin: '0.00000002',
      updateTime: 1,
    },
    { asset: 'BNB', walletBalance: '0.10000000', initialMargin: '0.30000000', updateTime: 1 },
    { asset: 'FDUSD', walletBalance: '0.00000000', initialMargin: '0', updateTime: 0 },
    { asset: 'BFUSD', walletBalance: '9', initialMargin: '0', updateTime: 0 },
  ];
  expect(rest.balances().parse({ assets }, AT)).toEqual([
    { currency: 'USDT', total: '23.72469206', used: '0.33683000', free: '23.38786206' },
    {
      currency: 'USDC',
      total: '12345678901234567.00000001',
      used: '0.00000002',
      free: '12345678901234566.99999999',
    },
    { currency: 'BNB', total: '0.10000000', used: '0.30000000', free: '-0.2' },
    { currency: 'BFUSD', total: '9', used: '0', free: '9' },
  ]);
});

test('what was put into isolated positions beyond their initial margin is not free', () => {
  const position = { positionSide: 'BOTH', positionAmt: '1', unrealizedProfit: '-3', maintMargin: '1' };
  const body = {
    assets: [
      { asset: 'USDT', walletBalance: '1000', initialMargin: '120', updateTime: 1 },
      { asset: 'USDC', walletBalance: '50', initialMargin: '0', updateTime: 1 },
    ],
    positions: [
      { ...position, symbol: 'BTCUSDT', isolatedWallet: '500', isolatedMargin: '497', initialMargin: '100' },
      { ...position, symbol: 'ADAUSDT', isolatedWallet: '0', isolatedMargin: '0', initialMargin: '15' },
      // Grown beyond what it was given: the venue takes no more for it.
      { ...position, symbol: 'ETHUSDT', isolatedWallet: '4', isolatedMargin: '9', initialMargin: '5' },
    ],
  };
  expect(rest.balances().parse(body, AT)).toEqual([
    { currency: 'USDT', total: '1000', used: '520', free: '480' },
    { currency: 'USDC', total: '50', used: '0', free: '50' },
  ]);
});

const SHORT = {
  symbol: 'ADAUSDT',
  positionSide: 'BOTH',
  positionAmt: '-30',
  entryPrice: '0.385',
  breakEvenPrice: '0.385077',
  markPrice: '0.41047590',
  unRealizedProfit: '-0.76427700',
  liquidationPrice: '0',
  isolatedMargin: '0',
  notional: '-12.31427700',
  marginAsset: 'USDT',
  isolatedWallet: '0',
  initialMargin: '0.61571385',
  maintMargin: '0.08004280',
  positionInitialMargin: '0.61571385',
  openOrderInitialMargin: '0',
  adl: 2,
  updateTime: '1720736417660',
};

test('positions: signed, and flat ones only where their instrument was asked for', () => {
  const isolated = {
    ...SHORT,
    symbol: 'BTCUSDT',
    positionSide: 'SHORT',
    positionAmt: '0.5',
    // Less what was lost: what is held is the wallet alone.
    isolatedMargin: '0.00',
    isolatedWallet: '10.25',
    liquidationPrice: '91000.5',
  };
  const flat = {
    ...SHORT,
    symbol: 'ETHUSDT',
    positionAmt: '0.000',
    entryPrice: '0.0',
    positionInitialMargin: '0',
  };
  const short = {
    instrument: 'binance:ADA-USDT-PERP',
    leg: 'both',
    quantity: '-30',
    entryPrice: '0.385',
    markPrice: '0.41047590',
    unrealisedPnl: '-0.76427700',
    margin: '0.61571385',
  };
  const [all] = rest.positions();
  const [one] = rest.positions(instrumentId('binance:ETH-USDT-PERP'));
  expect([all?.parse([SHORT, isolated, flat], AT).rows, one?.parse([flat], AT).rows]).toEqual([
    [
      short,
      {
        ...short,
        instrument: BTC,
        leg: 'short',
        quantity: '-0.5',
        marginMode: 'isolated',
        margin: '10.25',
        liquidationPrice: '91000.5',
      },
    ],
    [
      {
        instrument: 'binance:ETH-USDT-PERP',
        leg: 'both',
        quantity: '0',
        entryPrice: '0.0',
        markPrice: '0.41047590',
        unrealisedPnl: '-0.76427700',
      },
    ],
  ]);
});

test('a position in what nobody knows is not passed over in silence', () => {
  const [all] = rest.positions();
  expect(() => all?.parse([{ ...SHORT, symbol: 'ADAXYZ' }], AT)).toThrow(
    /an instrument nobody knows: "ADAXYZ"/,
  );
});

const ORDER = {
  orderId: 8886774,
  symbol: 'BTCUSDT',
  status: 'NEW',
  clientOrderId: 'bot-1',
  price: '83800.00',
  avgPrice: '0.00',
  origQty: '0.010',
  executedQty: '0.000',
  cumQuote: '0',
  timeInForce: 'GTX',
  type: 'LIMIT',
  reduceOnly: false,
  closePosition: false,
  side: 'BUY',
  positionSide: 'BOTH',
  stopPrice: '0',
  origType: 'LIMIT',
  time: AT - 5_000,
  updateTime: AT - 4_000,
};
const ALGO = {
  algoId: 2148719,
  clientAlgoId: 'stop-1',
  algoType: 'CONDITIONAL',
  orderType: 'STOP',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.010',
  algoStatus: 'NEW',
  actualOrderId: '',
  actualPrice: '0.00000',
  triggerPrice: '80000.00',
  price: '79990.00',
  closePosition: false,
  reduceOnly: true,
  createTime: AT - 9_000,
  updateTime: AT - 9_000,
};

test('open orders: the regular list and the conditional one', () => {
  const [regular, conditional] = rest.openOrders();
  expect([regular?.parse([ORDER], AT).rows, conditional?.parse([ALGO], AT).rows]).toEqual([
    [
      {
        instrument: BTC,
        venueOrderId: '8886774',
        clientOrderId: 'bot-1',
        side: 'buy',
        type: 'limit',
        timeInForce: 'GTX',
        status: 'NEW',
        venueStatus: 'NEW',
        price: '83800.00',
        quantity: '0.010',
        filledQuantity: '0.000',
        reduceOnly: false,
        postOnly: true,
        createdAt: AT - 5_000,
        venueTime: AT - 4_000,
        isConditional: false,
      },
    ],
    [
      {
        instrument: BTC,
        venueOrderId: '2148719',
        clientOrderId: 'stop-1',
        side: 'sell',
        type: 'stop',
        timeInForce: 'GTC',
        status: 'PENDING_TRIGGER',
        venueStatus: 'NEW',
        price: '79990.00',
        triggerPrice: '80000.00',
        quantity: '0.010',
        filledQuantity: '0',
        reduceOnly: true,
        postOnly: false,
        createdAt: AT - 9_000,
        venueTime: AT - 9_000,
        isConditional: true,
      },
    ],
  ]);
});

test('a status nobody knows throws, and so does an answer about another order', () => {
  const [regular, conditional] = rest.openOrders();
  const unknown = expect.objectContaining({ code: 'order.status-unknown' });
  expect(() => regular?.parse([{ ...ORDER, status: 'PENDING_MARS' }], AT)).toThrow(unknown);
  expect(() => conditional?.parse([{ ...ALGO, algoStatus: 'PENDING_MARS' }], AT)).toThrow(unknown);
  const other = rest.order({ instrument: instrumentId('binance:ETH-USDT-PERP'), venueOrderId: '8886774' });
  const otherStop = rest.order({
    instrument: instrumentId('binance:ETH-USDT-PERP'),
    venueOrderId: '2148719',
    isConditional: true,
  });
  const wrong = expect.objectContaining({ code: 'venue.answer' });
  expect(() => other.parse(ORDER, AT)).toThrow(wrong);
  expect(() => otherStop.parse(ALGO, AT)).toThrow(wrong);
  expect(() => rest.order({ instrument: BTC })).toThrow(/without any id/);
});

test('a conditional order that was triggered names the order it became, also long after, asked by our id', () => {
  const asked = rest.order({ instrument: BTC, clientOrderId: 'stop-1', isConditional: true, isPast: true });
  const told = (algoStatus: string, actualOrderId: unknown) => {
    const { order } = asked.parse({ ...ALGO, algoStatus, actualOrderId }, AT) ?? {};
    return [order?.status, order?.becameOrderId, order?.clientOrderId];
  };
  expect([
    told('NEW', ''),
    told('CANCELED', null),
    told('TRIGGERED', '8886775'),
    told('FINISHED', '9007199254740993'),
  ]).toEqual([
    ['PENDING_TRIGGER', undefined, 'stop-1'],
    ['CANCELED', undefined, 'stop-1'],
    ['EXPIRED', '8886775', 'stop-1'],
    ['EXPIRED', '9007199254740993', 'stop-1'],
  ]);
});

test('closed orders: what ended, and a conditional one that triggered only as the order it became', () => {
  const [regular, conditional] = rest.closedOrders({ from: 0, to: AT, instrument: BTC });
  const statuses = ['NEW', 'FILLED', 'CANCELED', 'EXPIRED', 'REJECTED', 'PARTIALLY_FILLED'];
  const foreign = { ...ORDER, symbol: 'BTCXYZ', status: 'FILLED' };
  const rows = statuses.map((status, at) => ({ ...ORDER, orderId: at, status }));
  const algos = ['NEW', 'TRIGGERED', 'FINISHED', 'CANCELED', 'EXPIRED'].map((algoStatus, algoId) => ({
    ...ALGO,
    algoId,
    algoStatus,
    actualOrderId: '7',
  }));
  expect([
    regular?.parse([foreign, ...rows], AT).rows.map(({ venueOrderId }) => venueOrderId),
    conditional?.parse(algos, AT).rows.map(({ venueOrderId }) => venueOrderId),
  ]).toEqual([
    ['1', '2', '3', '4'],
    ['3', '4'],
  ]);
});

interface Trade {
  readonly id: number;
  readonly symbol: string;
  readonly time: number;
}

const fillRow = ({ id, symbol, time }: Trade) => ({
  symbol,
  id,
  orderId: 100 + id,
  side: 'SELL',
  price: '7819.01',
  qty: '0.002',
  realizedPnl: '-0.91539999',
  quoteQty: '15.63802',
  commission: '-0.07819010',
  commissionAsset: 'USDT',
  time,
  positionSide: 'BOTH',
  maker: false,
});

/** A venue that gives the oldest or the newest thousand of a range. */
async function readAll(
  calls: readonly SignedCall<Page<FillReport>>[],
  trades: readonly Trade[],
  gives: 'oldest' | 'newest',
  traded: readonly string[] = [],
): Promise<{ readonly rows: readonly FillReport[]; readonly calls: number }> {
  const rows = new Map<string, FillReport>();
  let count = 0;
  for (let call = calls[0]; call !== undefined; ) {
    count += 1;
    if (count > 500) throw new Error('no end to it');
    const { symbol, startTime, endTime } = call.params;
    let body: readonly unknown[] = [];
    if (call.path === 'userTrades') {
      const inside = trades.filter(
        (one) => one.symbol === symbol && one.time >= Number(startTime) && one.time <= Number(endTime),
      );
      body = (gives === 'oldest' ? inside.slice(0, 1_000) : inside.slice(-1_000)).map(fillRow);
    } else if (call.path === 'allOrders') {
      body = [
        ...traded.map((name) => ({ ...ORDER, symbol: name, executedQty: '0.001' })),
        { ...ORDER, symbol: 'XRPUSDT' },
        { ...ORDER, symbol: 'BNBUSDT', executedQty: '0.001', updateTime: AT - 2 * DAY_MS },
      ];
    } else if (call.path === 'positionRisk') {
      body = [SHORT, { ...SHORT, symbol: 'SOLUSDT', updateTime: String(AT - 9) }];
    }
    const page: Page<FillReport> = call.parse(body, AT);
    for (const row of page.rows) rows.set(`${row.instrument} ${row.id}`, row);
    call = page.next;
  }
  return { rows: [...rows.values()], calls: count };
}

describe.each(['oldest', 'newest'] as const)(
  'fills of a range with more than one answer holds, the %s first',
  (gives) => {
    test('none is missing', async () => {
      const trades = Array.from({ length: 3_456 }, (_, at) => ({
        id: at + 1,
        symbol: 'BTCUSDT',
        time: AT - DAY_MS + Math.floor(at / 3) * 1_000,
      }));
      const { rows, calls } = await readAll(
        rest.fills({ from: AT - DAY_MS, to: AT, instrument: BTC }),
        trades,
        gives,
      );
      expect([rows.length, calls < 12]).toEqual([3_456, true]);
    });

    test('more in one ms than an answer holds does not go on for ever', async () => {
      const trades = Array.from({ length: 1_500 }, (_, id) => ({ id, symbol: 'BTCUSDT', time: AT - 500 }));
      const { rows } = await readAll(
        rest.fills({ from: AT - DAY_MS, to: AT, instrument: BTC }),
        trades,
        gives,
      );
      expect(rows).toHaveLength(1_000);
    });

    test('without an instrument: of all that was traded or taken on since the range began', async () => {
      const trades = ['BTCUSDT', 'ETHUSDT', 'ADAUSDT', 'SOLUSDT', 'XRPUSDT', 'BNBUSDT'].map((symbol, id) => ({
        id,
        symbol,
        time: AT - 1,
      }));
      const { rows } = await readAll(rest.fills({ from: AT - DAY_MS, to: AT }), trades, gives, [
        'BTCUSDT',
        'ETHUSDT',
        'BTCUSDT',
      ]);
      expect(rows.map(({ instrument }) => instrument)).toEqual([
        'binance:BTC-USDT-PERP',
        'binance:ETH-USDT-PERP',
        'binance:SOL-USDT-PERP',
      ]);
    });
  },
);

test('a fill with a rebate and a loss', () => {
  const [call] = rest.fills({ from: 0, to: AT, instrument: BTC });
  expect(call?.parse([fillRow({ id: 698759, symbol: 'BTCUSDT', time: AT })], AT).rows).toEqual([
    {
      id: '698759',
      instrument: BTC,
      venueOrderId: '698859',
      side: 'sell',
      price: '7819.01',
      quantity: '0.002',
      fee: '-0.07819010',
      feeCurrency: 'USDT',
      isMaker: false,
      realisedPnl: '-0.91539999',
      venueTime: AT,
    },
  ]);
});

test('settings, fees and facts', () => {
  expect([
    rest.positionSettings().parse(
      [
        {
          symbol: 'BTCUSDT',
          marginType: 'CROSSED',
          isAutoAddMargin: false,
          leverage: 21,
          maxNotionalValue: '1',
        },
        {
          symbol: 'ETHUSDT',
          marginType: 'ISOLATED',
          isAutoAddMargin: false,
          leverage: 5,
          maxNotionalValue: '1',
        },
        { symbol: 'ETHXYZ', marginType: 'ISOLATED', leverage: 5 },
      ],
      AT,
    ),
    rest
      .fees(BTC)
      .parse({ symbol: 'BTCUSDT', makerCommissionRate: '-0.00005', takerCommissionRate: '0.0004' }, AT),
    rest
      .facts()
      .parse(
        { feeTier: 2, canTrade: true, canWithdraw: true, dualSidePosition: true, multiAssetsMargin: false },
        AT,
      ),
  ]).toEqual([
    [
      { instrument: BTC, leverage: '21', marginMode: 'cross' },
      { instrument: 'binance:ETH-USDT-PERP', leverage: '5', marginMode: 'isolated' },
    ],
    { instrument: BTC, maker: '-0.00005', taker: '0.0004' },
    { canTrade: true, feeTier: '2', isHedged: true, marginMode: 'single-asset' },
  ]);
});

test.each([[null], [[]], ['text'], [{}], [[null]], [{ assets: [1] }], [{ assets: null }]])(
  'what is no answer throws: %o',
  (body) => {
    const wrong = expect.objectContaining({ code: 'venue.answer' });
    const calls: readonly SignedCall<unknown>[] = [
      rest.facts(),
      rest.balances(),
      rest.fees(BTC),
      rest.order({ instrument: BTC, venueOrderId: '1' }),
      ...rest.rights('mainnet').told,
    ];
    for (const call of calls) expect(() => call.parse(body, AT)).toThrow(wrong);
  },
);
