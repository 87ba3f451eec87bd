import ccxt from 'ccxt';
import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { binanceAccount } from './binance/account.ts';
import { bybitAccount } from './bybit/account.ts';

/**
 * Why ccxt only signs here: what its own reading of private answers says otherwise than the fact sheets do. Each test
 * fails when a newer ccxt agrees with us.
 */

const NOW = 1_795_000_001_000;

/** What ccxt makes of a refusal: the name of the error it throws. */
function thrownBy(
  client: InstanceType<typeof ccxt.Exchange>,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): string {
  const text = JSON.stringify(body);
  try {
    client.handleErrors(status, '', 'https://venue.test/', 'GET', headers, text, body, {}, undefined);
    // What the class itself passes over, the library judges by the status alone.
    client.handleHttpStatusCode(status, '', 'https://venue.test/', 'GET', text);
    return 'nothing';
  } catch (fault) {
    return (fault as Error).name;
  }
}

describe('Binance', () => {
  const client = new ccxt.binanceusdm({ apiKey: 'key', secret: 'secret' });
  const refusal = (status: number, body: object, headers: Record<string, string> = {}) =>
    binanceAccount.refusalOf(status, new Headers(headers), JSON.stringify(body), NOW);

  test('the sandbox of ccxt signs no private call of futures, and ccxt asks for no rights', () => {
    const sandbox = new ccxt.binanceusdm({ apiKey: 'key', secret: 'secret' });
    sandbox.setSandboxMode(true);
    expect(() => sandbox.sign('balance', 'fapiPrivateV3', 'GET', {})).toThrow(ccxt.NotSupported);
    expect([binanceAccount.environments.demo.rest, client.has['fetchPermissions']]).toEqual([
      'https://demo-fapi.binance.com',
      undefined,
    ]);
  });

  test('a key that stops working is a refused key, not an attack on the venue', () => {
    const used = new ccxt.binanceusdm({ apiKey: 'key', secret: 'secret' });
    used.options['hasAlreadyAuthenticatedSuccessfully'] = true;
    const body = { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' };
    expect([thrownBy(used, 401, body), refusal(401, body)?.code]).toEqual(['DDoSProtection', 'wrong-key']);
  });

  test('an order to wait is told with how long', () => {
    const body = { code: -1003, msg: 'Too many requests.' };
    const headers = { 'retry-after': '7' };
    expect([thrownBy(client, 429, body, headers), refusal(429, body, headers)]).toEqual([
      'DDoSProtection',
      {
        code: 'rate-limit',
        venueCode: '-1003',
        message: '429 -1003 Too many requests.',
        retryAfterMs: 7_000,
      },
    ]);
  });

  test('free and used make the total, and profit that is not made yet is in none of them', () => {
    const assets = [
      {
        asset: 'USDT',
        walletBalance: '1000.00000000',
        unrealizedProfit: '-150.00000000',
        marginBalance: '850.00000000',
        initialMargin: '100.00000000',
        availableBalance: '750.00000000',
        updateTime: NOW,
      },
    ];
    const theirs = client.parseBalanceCustom({ assets }, 'future');
    const [ours] = binanceAccount.rest.balances().parse({ assets }, NOW);
    expect([theirs['USDT'], ours]).toEqual([
      { free: 750, used: 100, total: 850 },
      { currency: 'USDT', total: '1000.00000000', used: '100.00000000', free: '900' },
    ]);
  });

  test('a stop that triggered is not done: it goes on as the order it became', () => {
    const row = {
      algoId: 3358,
      clientAlgoId: 'stop-1',
      algoType: 'CONDITIONAL',
      orderType: 'STOP',
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      timeInForce: 'GTC',
      quantity: '0.010',
      algoStatus: 'TRIGGERED',
      actualOrderId: '8886775',
      triggerPrice: '80000.00',
      price: '79990.00',
      createTime: NOW - 9_000,
      updateTime: NOW,
    };
    const btc = instrumentId('binance:BTC-USDT-PERP');
    const ours = binanceAccount.rest.order({ instrument: btc, venueOrderId: '3358', isConditional: true });
    const { status, venueStatus } = ours.parse(row, NOW)?.order ?? {};
    expect([client.parseOrder(row)['status'], status, venueStatus]).toEqual([
      'closed',
      'EXPIRED',
      'TRIGGERED order 8886775',
    ]);
  });

  test('decimals longer than a double stay whole', () => {
    const assets = [
      { asset: 'USDT', walletBalance: '12345678901234.12345678', initialMargin: '0', updateTime: NOW },
    ];
    const rows = assets.map((row) => ({
      ...row,
      marginBalance: row.walletBalance,
      availableBalance: row.walletBalance,
    }));
    const theirs = client.parseBalanceCustom({ assets: rows }, 'future');
    const [ours] = binanceAccount.rest.balances().parse({ assets: rows }, NOW);
    expect([String(theirs['USDT']?.total), ours?.total]).toEqual([
      '12345678901234.123',
      '12345678901234.12345678',
    ]);
  });
});

describe('Bybit', () => {
  const client = new ccxt.bybit({ apiKey: 'key', secret: 'secret' });
  const order = {
    symbol: 'BTCUSDT',
    orderId: 'a-1',
    orderLinkId: 'bot-1',
    side: 'Buy',
    orderType: 'Limit',
    price: '83800.00',
    qty: '0.010',
    timeInForce: 'PostOnly',
    orderStatus: 'Cancelled',
    cancelType: 'UNKNOWN',
    rejectReason: 'EC_PostOnlyWillTakeLiquidity',
    avgPrice: '',
    cumExecQty: '0',
    reduceOnly: false,
    createdTime: '1795000000900',
    updatedTime: '1795000001008',
  };
  const answer = (list: readonly object[]) => ({
    retCode: 0,
    retMsg: 'OK',
    result: { list, nextPageCursor: '' },
  });

  test('who was refused, who ran out of takers and who took back are three, not one', () => {
    const rows = [
      order,
      { ...order, timeInForce: 'IOC', rejectReason: 'EC_NoImmediateQtyToFill' },
      { ...order, cancelType: 'CancelByUser', rejectReason: 'EC_PerCancelRequest' },
    ];
    const [call] = bybitAccount.rest.closedOrders({ from: 0, to: NOW });
    expect([
      rows.map((row) => client.parseOrder(row)['status']),
      call?.parse(answer(rows), NOW).rows.map(({ status }) => status),
    ]).toEqual([
      ['canceled', 'canceled', 'canceled'],
      ['REJECTED', 'EXPIRED', 'CANCELED'],
    ]);
  });

  test('an order that ended long ago is found: ccxt looks among the last 500 only, and wants that acknowledged', async () => {
    const asking = new ccxt.bybit({ apiKey: 'key', secret: 'secret' });
    Object.assign(asking, {
      markets: {},
      loadMarkets: () => Promise.resolve({}),
      isUnifiedEnabled: () => Promise.resolve([true, true]),
      market: () => ({ id: 'BTCUSDT', spot: false }),
    });
    await expect(asking.fetchOrder('a-1', 'BTC/USDT:USDT')).rejects.toThrow(ccxt.ArgumentsRequired);
    const query = { instrument: instrumentId('bybit:BTC-USDT-PERP'), venueOrderId: 'a-1' };
    const { rest } = bybitAccount;
    expect([rest.order(query).path, rest.order({ ...query, isPast: true }).path]).toEqual([
      'v5/order/realtime',
      'v5/order/history',
    ]);
  });

  test('a status nobody knows is no status: ccxt hands it on, we stop', () => {
    const row = { ...order, orderStatus: 'Pondering' };
    const [call] = bybitAccount.rest.openOrders();
    expect(client.parseOrder(row)['status']).toBe('Pondering');
    expect(() => call?.parse(answer([row]), NOW)).toThrow(
      expect.objectContaining({ code: 'order.status-unknown' }),
    );
  });

  test('a liquidation is a fill: ccxt asks for ordinary trades alone', async () => {
    const asking = new ccxt.bybit({ apiKey: 'key', secret: 'secret' });
    let asked: unknown;
    Object.assign(asking, {
      markets: {},
      loadMarkets: () => Promise.resolve({}),
      isUnifiedEnabled: () => Promise.resolve([true, true]),
      privateGetV5ExecutionList: (request: object) => {
        asked = request;
        return Promise.resolve(answer([]));
      },
    });
    await asking.fetchMyTrades(undefined, undefined, undefined, { category: 'linear' });
    const [call] = bybitAccount.rest.fills({ from: 0, to: NOW });
    const execution = {
      symbol: 'BTCUSDT',
      orderId: 'a-1',
      side: 'Sell',
      execId: 'e-1',
      execPrice: '80000',
      execQty: '0.010',
      execFee: '0.44',
      execType: 'BustTrade',
      execTime: '1795000001007',
      isMaker: false,
    };
    expect([
      (asked as { execType?: string }).execType,
      'execType' in (call?.params ?? {}),
      call?.parse(answer([execution]), NOW).rows.map(({ id }) => id),
    ]).toEqual(['Trade', false, ['e-1']]);
  });

  test('how a position is margined is told: ccxt has nothing', () => {
    const row = {
      symbol: 'BTCUSDT',
      positionIdx: 0,
      side: 'Buy',
      size: '0.012',
      avgPrice: '83800',
      tradeMode: 0,
      leverage: '10',
      markPrice: '83801.1',
      liqPrice: '',
      positionIM: '100.61',
      unrealisedPnl: '0',
    };
    const [info] = bybitAccount.rest.positions();
    const list = info?.parse({ retCode: 0, result: { marginMode: 'ISOLATED_MARGIN' } }, NOW).next;
    expect([
      client.parsePosition(row)['marginMode'],
      list?.parse(answer([row]), NOW).rows.map(({ marginMode }) => marginMode),
    ]).toEqual([undefined, ['isolated']]);
  });

  test.each([
    // The venue's own troubles: to be asked again, not to be handed on.
    [10000, 'ExchangeError', 'maintenance'],
    [10016, 'ExchangeError', 'maintenance'],
    [10429, 'ExchangeError', 'rate-limit'],
    [33004, 'AuthenticationError', 'expired'],
    [10010, 'PermissionDenied', 'address'],
  ])('%i: %s there, %s here', (retCode, theirs, ours) => {
    const body = { retCode, retMsg: 'Words of the venue.', result: {} };
    const told = bybitAccount.refusalOf(200, new Headers(), JSON.stringify(body), NOW);
    expect([thrownBy(client, 200, body), told?.code]).toEqual([theirs, ours]);
  });
});
