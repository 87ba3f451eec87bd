import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { simKeys } from '../accounts/sim-keys.ts';
import { BYBIT_DESK } from '../accounts/venue-rules.ts';
import { BybitSigner, sent, type TestKey } from '../test-kit/signing-client.ts';
import { pause, Wire, type WireClient } from '../test-kit/wire.ts';
import { BYBIT_COINS } from './coins.ts';

const COINS = BYBIT_COINS.linear.filter(({ path, symbol }) => path === 'BTC' || symbol === 'ETHUSDT');
const KEYS = new Map(simKeys('bybit', BYBIT_DESK, 0).map((key) => [key.name, key]));

function keyNamed(name: string): TestKey {
  const key = KEYS.get(name);
  if (!key) throw new Error(`no key ${name}`);
  return key;
}

const LINEAR = { category: 'linear', symbol: 'BTCUSDT' };

describe('the accounts of the simulated Bybit', () => {
  let wire: Wire;
  let rest: string;
  let me: BybitSigner;

  const signer = (name: string) => new BybitSigner(rest, keyNamed(name));

  beforeAll(async () => {
    wire = await Wire.open({ coins: COINS, venue: 'bybit' });
    rest = wire.simulation.address.venues['bybit']?.rest ?? '';
    // An account with money and nothing else but one order, which goes.
    me = signer('withdraw');
    await me.call('POST', '/v5/order/cancel-all', { category: 'linear', settleCoin: 'USDT' });
  });
  afterAll(() => wire.close());

  async function lastPrice(category = 'linear'): Promise<number> {
    const { body } = await wire.rest(`/v5/market/tickers?category=${category}&symbol=BTCUSDT`);
    return Number(body.result.list[0].lastPrice);
  }

  async function below(share: number): Promise<string> {
    return ((await lastPrice()) * share).toFixed(0);
  }

  async function stream(topics: readonly string[], name = 'withdraw'): Promise<WireClient> {
    const client = await wire.connect('/v5/private').open();
    expect(await client.ask(signer(name).login())).toMatchObject({ success: true, op: 'auth', req_id: 'a1' });
    expect(await client.ask({ op: 'subscribe', args: topics })).toMatchObject({
      success: true,
      op: 'subscribe',
    });
    return client;
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests look into frames of any shape.
  const told = (client: WireClient): any[] =>
    client.frames.map(({ value }) => value).filter(({ topic }) => topic);

  function limit(price: string, more: Record<string, string | boolean | number> = {}) {
    return { ...LINEAR, side: 'Buy', orderType: 'Limit', qty: '0.010', price, timeInForce: 'GTC', ...more };
  }

  it('answers every kind of key as the venue does, with HTTP 200', async () => {
    const asked = async (name: string, method = 'GET', path = '/v5/account/wallet-balance') => {
      const { status, body } = await signer(name).call(method, path, { accountType: 'UNIFIED' });
      return [status, body.retCode];
    };
    const wrong = new BybitSigner(rest, { ...keyNamed('trade'), secret: 'wrong' });
    const late = { now: systemClock.now() - 3_600_000 };
    const balance = ['GET', '/v5/account/wallet-balance', { accountType: 'UNIFIED' }] as const;
    const withBody = await sent(`${rest}/v5/account/info`, { method: 'GET', body: '{}' });
    expect([
      await asked('trade'),
      await asked('read-only'),
      await asked('read-only', 'POST', '/v5/order/create'),
      await asked('no-read'),
      await asked('expired'),
      await asked('mainnet'),
      (await wrong.call(...balance)).body.retCode,
      (await me.call(...balance, late)).body.retCode,
      (await me.call(...balance, { now: systemClock.now() + 1500 })).body.retCode,
      (await signer('trade').call(...balance, { from: '127.0.0.2' })).body.retCode,
      (await sent(`${rest}/v5/account/info`, { method: 'GET' })).body.retCode,
      withBody.status,
    ]).toEqual([
      [200, 0],
      [200, 0],
      [200, 10005],
      [200, 10005],
      [200, 33004],
      [200, 10003],
      10004,
      10002,
      10002,
      10010,
      10003,
      403,
    ]);
  });

  it('signs over the query and the body exactly as they were sent', async () => {
    const key = keyNamed('withdraw');
    const timestamp = String(Math.round(systemClock.now()));
    const { hmac } = await import('../test-kit/signing-client.ts');
    const asked = (query: string, signed: string) =>
      sent(`${rest}/v5/position/list?${query}`, {
        method: 'GET',
        headers: {
          'X-BAPI-API-KEY': key.apiKey,
          'X-BAPI-TIMESTAMP': timestamp,
          'X-BAPI-RECV-WINDOW': '5000',
          'X-BAPI-SIGN': hmac(key.secret, `${timestamp}${key.apiKey}5000${signed}`),
        },
      }).then(({ body }) => body.retCode);
    const query = 'settleCoin=USDT&category=linear';
    expect([await asked(query, query), await asked(query, 'category=linear&settleCoin=USDT')]).toEqual([
      0, 10004,
    ]);
  });

  it('tells what a key may do: read-only overrules the list of permissions', async () => {
    const rights = async (name: string) => {
      const { readOnly, permissions, ips, expiredAt } = (await signer(name).call('GET', '/v5/user/query-api'))
        .body.result;
      return [
        readOnly,
        permissions.ContractTrade.length,
        permissions.Wallet,
        ips,
        expiredAt.slice(0, 4) === '1970',
      ];
    };
    expect([
      await rights('trade'),
      await rights('read-only'),
      await rights('withdraw'),
      await rights('transfer'),
    ]).toEqual([
      [0, 2, [], ['127.0.0.1'], true],
      [1, 2, [], ['*'], false],
      [0, 2, ['Withdraw'], ['*'], false],
      [0, 2, ['AccountTransfer', 'SubMemberTransfer'], ['*'], false],
    ]);
  });

  it('lets nobody subscribe before the sign-in, nor with a sign-in that is not good', async () => {
    const client = await wire.connect('/v5/private').open();
    const wrong = new BybitSigner(rest, { ...keyNamed('withdraw'), secret: 'wrong' });
    const answers = [
      await client.ask({ op: 'subscribe', args: ['order'] }),
      await client.ask(wrong.login()),
      await client.ask(me.login(Math.round(systemClock.now()) - 1)),
      await client.ask(signer('expired').login()),
      await client.ask(signer('mainnet').login()),
      await client.ask(me.login()),
      await client.ask({ op: 'subscribe', args: ['order', 'position.linear'] }),
      await client.ask({ op: 'subscribe', args: ['order', 'orders'] }),
      await client.ask({ op: 'subscribe', args: ['order.linear', 'wallet'] }),
      await client.ask({ op: 'subscribe', args: ['order.linear'] }),
    ] as { success: boolean }[];
    expect(answers.map(({ success }) => success)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(await client.ask({ op: 'ping', req_id: 'p1' })).toEqual({
      req_id: 'p1',
      op: 'pong',
      args: [expect.stringMatching(/^\d{13}$/)],
      conn_id: expect.any(String),
    });
  });

  it('tells an order, its fills, the position and the wallet, with texts and numbers typed as the venue types them', async () => {
    const client = await stream(['order', 'execution', 'position', 'wallet']);
    const link = 'fill-1';
    const { body, headers } = await me.call('POST', '/v5/order/create', {
      ...LINEAR,
      side: 'Buy',
      orderType: 'Market',
      qty: '0.010',
      orderLinkId: link,
    });
    expect(body).toMatchObject({
      retCode: 0,
      result: { orderId: expect.stringMatching(/^[0-9a-f-]{36}$/), orderLinkId: link },
    });
    expect([headers['x-bapi-limit'], headers['x-bapi-limit-status']]).toEqual([
      '10',
      expect.stringMatching(/^\d$/),
    ]);
    await client.until('the end', () => told(client).some(({ data }) => data[0].orderStatus === 'Filled'));
    const first = told(client).map(({ topic, data }) =>
      `${topic} ${data[0].orderStatus ?? data[0].execType ?? ''}`.trim(),
    );
    expect(first.slice(0, 3)).toEqual(['order New', 'position', 'execution Trade']);
    const topicOf = (name: string) => told(client).filter(({ topic }) => topic === name);
    await client.until('the wallet', () => topicOf('wallet').length > 0);
    const order = topicOf('order').find(({ data }) => data[0].orderStatus === 'Filled');
    const [row] = order.data;
    expect(['creationTime', 'id'].map((name) => typeof order[name])).toEqual(['number', 'string']);
    expect(row).toMatchObject({
      category: 'linear',
      symbol: 'BTCUSDT',
      orderLinkId: link,
      qty: '0.010',
      cumExecQty: '0.01',
      leavesQty: '0',
      positionIdx: 0,
      reduceOnly: false,
      cancelType: 'UNKNOWN',
      rejectReason: 'EC_NoError',
      timeInForce: 'IOC',
      triggerPrice: '',
      createdTime: expect.stringMatching(/^\d{13}$/),
      cumFeeDetail: { USDT: expect.stringMatching(/^[\d.]+$/) },
    });
    const [execution] = topicOf('execution')[0].data;
    expect(execution).toMatchObject({
      isMaker: false,
      execType: 'Trade',
      execFee: expect.any(String),
      seq: expect.any(Number),
    });
    const position = topicOf('position').at(-1).data[0];
    expect([position.side, position.size, 'avgPrice' in position, typeof position.entryPrice]).toEqual([
      'Buy',
      '0.01',
      false,
      'string',
    ]);
    const wallet = topicOf('wallet').at(-1).data[0];
    expect([wallet.accountType, wallet.coin.map(({ coin }: { coin: string }) => coin)]).toEqual([
      'UNIFIED',
      ['USDT'],
    ]);

    const list = (await me.call('GET', '/v5/position/list', { category: 'linear', settleCoin: 'USDT' })).body
      .result.list;
    expect(list).toMatchObject([
      { symbol: 'BTCUSDT', side: 'Buy', size: '0.01', avgPrice: position.entryPrice },
    ]);
    const flat = (await me.call('GET', '/v5/position/list', { category: 'linear', symbol: 'ETHUSDT' })).body
      .result.list;
    expect(flat).toMatchObject([{ symbol: 'ETHUSDT', side: '', size: '0', leverage: '10' }]);
    const fills = (await me.call('GET', '/v5/execution/list', LINEAR)).body.result.list;
    expect(fills.map(({ execId }: { execId: string }) => execId).sort()).toEqual(
      topicOf('execution')
        .flatMap(({ data }) => data.map(({ execId }: { execId: string }) => execId))
        .sort(),
    );
  });

  it('sends a position message with every order action, though nothing of it has changed', async () => {
    const client = await stream(['order', 'position']);
    const price = await below(0.8);
    const { orderId } = (await me.call('POST', '/v5/order/create', limit(price))).body.result;
    await me.call('POST', '/v5/order/amend', { ...LINEAR, orderId, qty: '0.020' });
    await me.call('POST', '/v5/order/cancel', { ...LINEAR, orderId });
    await client.until('six messages', () => told(client).length === 6);
    expect(
      told(client).map(({ topic, data }) =>
        `${topic} ${data[0].orderStatus ?? ''} ${data[0].cancelType ?? ''}`.trim(),
      ),
    ).toEqual([
      'order New UNKNOWN',
      'position',
      'order New UNKNOWN',
      'position',
      'order Cancelled CancelByUser',
      'position',
    ]);
  });

  it('takes a post-only order that would cross, and cancels it for that', async () => {
    const client = await stream(['order.linear']);
    const created = await me.call(
      'POST',
      '/v5/order/create',
      limit(await below(1.01), { timeInForce: 'PostOnly' }),
    );
    await client.until('the end', () => told(client).length === 2);
    const last = told(client)[1];
    expect([
      created.body.retCode,
      last.topic,
      last.data[0].orderStatus,
      last.data[0].cancelType,
      last.data[0].rejectReason,
    ]).toEqual([0, 'order.linear', 'Cancelled', 'UNKNOWN', 'EC_PostOnlyWillTakeLiquidity']);
    const { result } = (
      await me.call('GET', '/v5/order/realtime', { category: 'linear', orderId: created.body.result.orderId })
    ).body;
    expect(result.list).toMatchObject([
      { orderStatus: 'Cancelled', rejectReason: 'EC_PostOnlyWillTakeLiquidity' },
    ]);
  });

  it('pages open orders by fifty, and wants to know which', async () => {
    const price = await below(0.8);
    await pause(1000);
    for (let count = 0; count < 9; count++) await me.call('POST', '/v5/order/create', limit(price));
    const read = async (more: Record<string, string>) =>
      (await me.call('GET', '/v5/order/realtime', { category: 'linear', ...more })).body;
    const first = (await read({ settleCoin: 'USDT', limit: '5' })).result;
    const second = (await read({ settleCoin: 'USDT', limit: '5', cursor: first.nextPageCursor })).result;
    const ids = [...first.list, ...second.list].map(({ orderId }) => orderId);
    expect([first.list.length, second.list.length, new Set(ids).size, second.nextPageCursor]).toEqual([
      5,
      4,
      9,
      '',
    ]);
    expect([(await read({})).retCode, (await read({ settleCoin: 'USDT', limit: '51' })).retCode]).toEqual([
      10001, 10001,
    ]);
    const gone = await me.call('POST', '/v5/order/cancel-all', { category: 'linear', settleCoin: 'USDT' });
    expect([gone.body.result.success, gone.body.result.list.length]).toEqual(['1', 9]);
  });

  it('has codes of its own for either family', async () => {
    const price = await below(0.8);
    // The account may order ten times in a second.
    await pause(1000);
    await me.call('POST', '/v5/order/create', limit(price, { orderLinkId: 'used' }));
    await me.call('POST', '/v5/order/cancel', { ...LINEAR, orderLinkId: 'used' });
    await pause(1000);
    const create = async (params: Record<string, string | boolean | number>) =>
      (await me.call('POST', '/v5/order/create', params)).body.retCode;
    const spot = { category: 'spot' };
    expect([
      // Once used is used for ever.
      await create(limit(price, { orderLinkId: 'used' })),
      await create(limit(price, { ...spot, orderLinkId: 'used' })),
      await create(limit(price, { qty: '9' })),
      await create(limit(price, { ...spot, qty: '9' })),
      await create(limit('1000', { qty: '0.001' })),
      await create(limit(price, { reduceOnly: true, side: 'Buy' })),
      await create(limit(price, { symbol: 'NOSUCH' })),
      (await me.call('POST', '/v5/order/cancel', { ...LINEAR, orderLinkId: 'nobody' })).body.retCode,
      (await me.call('POST', '/v5/order/cancel', { ...spot, symbol: 'BTCUSDT', orderLinkId: 'nobody' })).body
        .retCode,
      (
        await me.call('POST', '/v5/position/set-leverage', {
          ...LINEAR,
          buyLeverage: '10',
          sellLeverage: '10',
        })
      ).body.retCode,
      (
        await me.call('POST', '/v5/position/set-leverage', {
          ...LINEAR,
          buyLeverage: '12',
          sellLeverage: '12',
        })
      ).body.retCode,
      (await me.call('POST', '/v5/position/switch-mode', { ...LINEAR, mode: 0 })).body.retCode,
    ]).toEqual([110072, 170141, 110007, 170131, 110094, 110017, 10001, 110001, 170213, 110043, 0, 110025]);
  });

  it('buys spot for a total in quote, and pays the fee in what it bought', async () => {
    const client = await stream(['order', 'execution', 'wallet']);
    await me.call('POST', '/v5/order/create', {
      category: 'spot',
      symbol: 'BTCUSDT',
      side: 'Buy',
      orderType: 'Market',
      qty: '500',
    });
    await client.until('the end', () => told(client).some(({ data }) => data[0].orderStatus === 'Filled'));
    const last = told(client)
      .filter(({ topic }) => topic === 'order')
      .at(-1).data[0];
    expect(last).toMatchObject({
      category: 'spot',
      qty: '500',
      marketUnit: 'quoteCoin',
      isLeverage: '0',
      orderId: expect.stringMatching(/^\d{19}$/),
    });
    expect(Object.keys(last.cumFeeDetail)).toEqual(['BTC']);
    const execution = told(client).find(({ topic }) => topic === 'execution').data[0];
    expect([execution.feeCurrency, execution.category]).toEqual(['BTC', 'spot']);
  });

  it('limits an account to ten orders in a second, and says when there is room again', async () => {
    const price = await below(0.8);
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => me.call('POST', '/v5/order/create', limit(price))),
    );
    const codes = answers.map(({ body }) => body.retCode);
    expect(new Set(codes)).toEqual(new Set([0, 10006]));
    const refused = answers.find(({ body }) => body.retCode === 10006);
    expect([refused?.status, refused?.headers['x-bapi-limit-status']]).toEqual([200, '0']);
    expect(Number(refused?.headers['x-bapi-limit-reset-timestamp'])).toBeGreaterThan(
      systemClock.now() - 1000,
    );
    await pause(1000);
    await me.call('POST', '/v5/order/cancel-all', { category: 'linear', settleCoin: 'USDT' });
  });

  it('is mute, late and closed where a fault says so, on the private socket too', async () => {
    const client = await stream(['order']);
    const price = await below(0.8);
    const id = await wire.fault({ kind: 'mute', venue: 'bybit', route: 'private', stream: 'order' });
    await me.call('POST', '/v5/order/create', limit(price));
    await pause(200);
    const before = told(client).length;
    await wire.control('DELETE', `/faults/${id}`);
    await me.call('POST', '/v5/order/cancel-all', { category: 'linear', settleCoin: 'USDT' });
    await client.until('the cancel', () => told(client).length > 0);
    expect([before, told(client)[0].data[0].orderStatus]).toEqual([0, 'Cancelled']);
    await wire.fault({ kind: 'close', venue: 'bybit', route: 'private', code: 1001 });
    expect((await client.until('the close', () => client.closed)).code).toBe(1001);
  });

  it('says the last word of an order twice now and then', async () => {
    const client = await stream(['order']);
    await pause(1000);
    for (let count = 0; count < 4; count++) {
      await me.call('POST', '/v5/order/create', {
        ...LINEAR,
        side: 'Sell',
        orderType: 'Market',
        qty: '0.001',
      });
    }
    const filled = () =>
      told(client)
        .flatMap(({ data }) => data)
        .filter(({ orderStatus }) => orderStatus === 'Filled')
        .map(({ orderId }) => orderId);
    await client.until('five words', () => filled().length === 5);
    expect(new Set(filled()).size).toBe(4);
  });

  it('tells a conditional order that is cancelled while it waits as deactivated', async () => {
    const client = await stream(['order.linear']);
    const { orderId } = (
      await me.call('POST', '/v5/order/create', {
        ...LINEAR,
        side: 'Sell',
        orderType: 'Market',
        qty: '0.001',
        triggerPrice: await below(0.8),
        triggerDirection: 2,
      })
    ).body.result;
    await me.call('POST', '/v5/order/cancel', { ...LINEAR, orderId });
    await client.until('two messages', () => told(client).length === 2);
    expect(
      told(client).map(({ data }) => [data[0].orderStatus, data[0].stopOrderType, data[0].triggerDirection]),
    ).toEqual([
      ['Untriggered', 'Stop', 2],
      ['Deactivated', 'Stop', 2],
    ]);
  });

  it('cancels all, or only those that wait for a trigger', async () => {
    const waiting = { side: 'Sell', orderType: 'Market', qty: '0.001', triggerDirection: 2 };
    await me.call('POST', '/v5/order/create', { ...LINEAR, ...waiting, triggerPrice: await below(0.8) });
    await me.call('POST', '/v5/order/create', limit(await below(0.8)));
    const cancelAll = async (more: Record<string, string>) =>
      (await me.call('POST', '/v5/order/cancel-all', { ...LINEAR, ...more })).body.result.list.length;
    expect([await cancelAll({ orderFilter: 'StopOrder' }), await cancelAll({})]).toEqual([1, 1]);
  });

  it('shows the busy account’s orders and positions page by page, none twice and none missing', async () => {
    const busy = signer('busy');
    const { body: ledger } = await wire.control('GET', '/ledger?venue=bybit&key=busy');
    const all: unknown[] = [];
    let cursor = '';
    do {
      const { result } = (
        await busy.call('GET', '/v5/order/realtime', {
          category: 'linear',
          settleCoin: 'USDT',
          limit: '50',
          ...(cursor === '' ? {} : { cursor }),
        })
      ).body;
      all.push(...result.list.map((row: { orderId: string }) => row.orderId));
      cursor = result.nextPageCursor;
    } while (cursor !== '');
    // What is settled in another coin is another list.
    const open = ledger.openOrders.filter(
      (one: Record<string, string>) => one['category'] === 'linear' && one['symbol'] !== 'BTCPERP',
    );
    expect([all.length, new Set(all).size]).toEqual([open.length, open.length]);
    expect(open.length).toBeGreaterThan(50);
  });

  it('tells funding among the executions, which is no fill', async () => {
    const name = 'revocable';
    const client = await stream(['execution', 'wallet'], name);
    const key = { venue: 'bybit', key: name };
    await wire.control('POST', '/orders', {
      ...key,
      ...LINEAR,
      action: 'place',
      side: 'buy',
      type: 'market',
      quantity: '0.01',
    });
    await client.until('a fill', () => told(client).some(({ topic }) => topic === 'execution'));
    await wire.control('POST', '/accounts', { venue: 'bybit', action: 'settleFunding' });
    const funding = await client.until('funding', () =>
      told(client).find(({ data }) => data[0].execType === 'Funding'),
    );
    expect(funding.data[0]).toMatchObject({
      category: 'linear',
      symbol: 'BTCUSDT',
      side: 'Buy',
      execQty: '0.01',
      orderLinkId: '',
    });
  });

  it('refuses a key that was revoked while it was used, and closes its private socket', async () => {
    const name = 'revocable';
    const client = await stream(['order'], name);
    const other = await stream(['order']);
    const key = { venue: 'bybit', key: name };
    await wire.control('POST', '/accounts', { ...key, action: 'revoke' });
    const refused = await signer(name).call('GET', '/v5/account/info');
    await client.until('the close', () => client.closed);
    await wire.control('POST', '/accounts', { ...key, action: 'restore' });
    const again = await signer(name).call('GET', '/v5/account/info');
    expect([refused.body.retCode, client.frames.length, other.closed, again.body.retCode]).toEqual([
      10003,
      2,
      undefined,
      0,
    ]);
  });

  it('keeps every private request, refused or not, without its signature', async () => {
    const { body: before } = await wire.control('GET', '/requests?venue=bybit');
    const since = before.requests.at(-1).index + 1;
    await me.call('GET', '/v5/order/realtime', { category: 'linear', settleCoin: 'USDT' });
    await signer('read-only').call('POST', '/v5/order/create', limit('1000'));
    await stream(['order']);
    const { body } = await wire.control('GET', `/requests?venue=bybit&since=${since}`);
    expect(body.requests).toMatchObject([
      {
        method: 'GET',
        path: '/v5/order/realtime',
        key: 'withdraw',
        status: 200,
        params: { settleCoin: 'USDT' },
      },
      {
        method: 'POST',
        path: '/v5/order/create',
        key: 'read-only',
        code: '10005',
        params: { price: '1000' },
      },
      { method: 'WS', path: '/v5/private', key: 'withdraw', status: 200 },
    ]);
    const keys = [...KEYS.values()].flatMap(({ apiKey, secret }) => [apiKey, secret]);
    const text = JSON.stringify([before, body]);
    expect([keys.filter((one) => text.includes(one)), /[0-9a-f]{64}/.test(text)]).toEqual([[], false]);
  });

  it('cuts who is quiet longer than max_active_time', async () => {
    await wire.control('POST', '/pause');
    const client = await wire.connect('/v5/private?max_active_time=30s').open();
    const patient = await wire.connect('/v5/private').open();
    wire.skip(61_000);
    await client.until('the cut', () => client.closed);
    expect([client.closed?.code, patient.closed]).toEqual([1006, undefined]);
    await wire.control('POST', '/resume');
  });
});
