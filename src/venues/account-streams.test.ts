import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderReport } from '#shared/domain/order.ts';
import type { AccountDecoded, AccountVenue, SignedCall } from './account.ts';
import { binanceAccount } from './binance/account.ts';
import { bybitAccount } from './bybit/account.ts';
import { type AccountStage, openAccountStage, type StageStream } from './test-kit/account-stage.ts';

/** What the private sockets of Binance and Bybit tell of orders that do not simply rest or fill, and of keys that die. */

let stage: AccountStage;

beforeAll(async () => {
  stage = await openAccountStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

const ordersIn = (decoded: readonly AccountDecoded[]): readonly OrderReport[] =>
  decoded.flatMap((one) => (one.kind === 'order' ? [one.order] : []));

async function open(venue: AccountVenue, name: string) {
  const key = await stage.keyNamed(venue, name);
  const client = stage.client(venue, key);
  await client.call(venue.rest.balances());
  return { client, stream: await stage.stream(venue, key) };
}

function post(section: string, path: string, params: SignedCall<unknown>['params'], scope: string) {
  return {
    method: 'POST',
    section,
    path,
    params,
    scope,
    weight: 1,
    parse: (body) => body,
  } satisfies SignedCall<unknown>;
}

async function topOf(venue: AccountVenue, path: string, read: (body: never) => readonly [string, string]) {
  const answer = await fetch(`${stage.endpoints(venue).rest}${path}`);
  const [bid, ask] = read((await answer.json()) as never);
  return { bid: Number(bid), ask: Number(ask) };
}

const last = (stream: StageStream, id: string) =>
  ordersIn(stream.decoded)
    .filter(({ clientOrderId }) => clientOrderId === id)
    .at(-1);

describe('Binance', () => {
  const topOfBinance = () =>
    topOf(
      binanceAccount,
      '/fapi/v1/ticker/bookTicker?symbol=BTCUSDT',
      (body: { bidPrice: string; askPrice: string }) => [body.bidPrice, body.askPrice],
    );

  /** The latest: what stops are measured by. */
  async function printsOfBinance(): Promise<[{ readonly p: string }]> {
    const { rest } = stage.endpoints(binanceAccount);
    const answer = await fetch(`${rest}/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1`);
    return (await answer.json()) as [{ readonly p: string }];
  }

  test('a stop waits, triggers, and goes on as an order of its own, which is filled once', async () => {
    const { client, stream } = await open(binanceAccount, 'withdraw');
    // Both have to be placed before one of the two is passed, which is soon.
    await stage.post('pause', {});
    const { bid, ask } = await topOfBinance();
    const [{ p: printed }] = await printsOfBinance();
    for (const [side, price] of [
      ['SELL', Math.min(bid, Number(printed)) - 1],
      ['BUY', Math.max(ask, Number(printed)) + 1],
    ] as const) {
      const params = {
        algoType: 'CONDITIONAL',
        symbol: 'BTCUSDT',
        side,
        type: 'STOP_MARKET',
        quantity: '0.002',
        triggerPrice: price.toFixed(1),
        clientAlgoId: `stop${side}`,
      };
      await client.call(post('fapiPrivate', 'algoOrder', params, 'weight'));
    }
    const lively = { venue: 'binance', symbols: ['BTCUSDT'] };
    await stage.post('activity', { ...lively, multiplier: 20 });
    await stage.post('resume', {});
    const triggered = () =>
      ordersIn(stream.decoded).find(({ venueStatus }) => venueStatus.startsWith('TRIGGERED order '));
    await stream.until('a trigger', () => triggered() !== undefined);
    await stage.post('activity', { ...lively, multiplier: 1 });
    const stop = triggered();
    const number = stop?.venueStatus.split(' ').at(-1);
    const regular = () => ordersIn(stream.decoded).filter(({ venueOrderId }) => venueOrderId === number);
    await stream.until('its order', () => regular().at(-1)?.status === 'FILLED');
    const fills = stream.decoded.flatMap((one) => (one.kind === 'fill' ? [one.fill] : []));
    expect({
      waited: ordersIn(stream.decoded).some(
        (one) => one.venueOrderId === stop?.venueOrderId && one.status === 'PENDING_TRIGGER',
      ),
      stop: [stop?.status, stop?.isConditional, stop?.filledQuantity],
      regular: [regular().at(-1)?.isConditional, regular().at(-1)?.type],
      filled: fills
        .filter(({ venueOrderId }) => venueOrderId === number)
        .reduce((sum, { quantity }) => sum + Math.round(Number(quantity) * 1_000), 0),
      early: stream.decoded.some((one) => one.kind === 'ignored' && one.reason.startsWith('TRADE_LITE')),
    }).toEqual({
      waited: true,
      stop: ['EXPIRED', true, '0'],
      regular: [false, 'market'],
      filled: 2,
      early: true,
    });
    // What waits no more is not listed as waiting.
    const lists = await Promise.all(binanceAccount.rest.openOrders().map((call) => client.call(call)));
    const open_ = lists.flatMap(({ rows }) => rows).map(({ venueOrderId }) => venueOrderId);
    expect(open_).not.toContain(stop?.venueOrderId);
  });

  test('a leverage that is changed is told', async () => {
    const { client, stream } = await open(binanceAccount, 'transfer');
    await client.call(post('fapiPrivate', 'leverage', { symbol: 'BTCUSDT', leverage: 7 }, 'weight'));
    await stream.until('the leverage', (all) => all.some(({ kind }) => kind === 'setting'));
    expect(stream.decoded.find(({ kind }) => kind === 'setting')).toMatchObject({
      instrument: 'binance:BTC-USDT-PERP',
      leverage: '7',
    });
  });

  test('a listen key that dies says so before the silence, and one that is gone cannot be extended', async () => {
    const { client, stream } = await open(binanceAccount, 'revocable');
    const token = binanceAccount.stream.token;
    await client.call(token.extend());
    await stage.post('accounts', { venue: 'binance', key: 'revocable', action: 'expireListenKeys' });
    await stream.until('the end of the key', (all) => all.some(({ kind }) => kind === 'token-expired'));
    await expect(client.call(token.extend())).rejects.toMatchObject({ code: 'account.listen-key' });
    await expect(client.call(token.create())).resolves.toMatch(/^[\w-]{16,}$/);
    await client.call(token.close());
  });
});

describe('Bybit', () => {
  const topOfBybit = () =>
    topOf(
      bybitAccount,
      '/v5/market/tickers?category=linear&symbol=BTCUSDT',
      (body: { result: { list: [{ bid1Price: string; ask1Price: string }] } }) => [
        body.result.list[0].bid1Price,
        body.result.list[0].ask1Price,
      ],
    );

  test('accepted is not placed: post only that would take is REJECTED, an IOC without takers EXPIRED', async () => {
    const { client, stream } = await open(bybitAccount, 'withdraw');
    const { bid, ask } = await topOfBybit();
    const place = (orderLinkId: string, side: string, price: number, timeInForce: string) =>
      client.call(
        post(
          'private',
          'v5/order/create',
          {
            category: 'linear',
            symbol: 'BTCUSDT',
            side,
            orderType: 'Limit',
            qty: '0.002',
            price: price.toFixed(1),
            timeInForce,
            orderLinkId,
          },
          'uid',
        ),
      );
    await place('postonly1', 'Buy', ask + 50, 'PostOnly');
    await place('ioc1', 'Buy', bid - 500, 'IOC');
    await stream.until(
      'both',
      () => last(stream, 'postonly1')?.status !== undefined && last(stream, 'ioc1') !== undefined,
    );
    await stream.until('their ends', () =>
      ['REJECTED', 'EXPIRED'].every((status) =>
        ordersIn(stream.decoded).some((one) => one.status === status),
      ),
    );
    const shown = (order: OrderReport | undefined) => [
      order?.status,
      order?.venueStatus,
      order?.filledQuantity,
    ];
    expect([shown(last(stream, 'postonly1')), shown(last(stream, 'ioc1'))]).toEqual([
      ['REJECTED', 'Cancelled EC_PostOnlyWillTakeLiquidity', expect.stringMatching(/^0(?:\.0*)?$/)],
      ['EXPIRED', expect.stringMatching(/^Cancelled EC_No/), expect.stringMatching(/^0(?:\.0*)?$/)],
    ]);
  });

  test('a position message without a change is the same position', async () => {
    const { client, stream } = await open(bybitAccount, 'transfer');
    await client.call(
      post(
        'private',
        'v5/position/set-leverage',
        { category: 'linear', symbol: 'BTCUSDT', buyLeverage: '7', sellLeverage: '7' },
        'uid',
      ),
    );
    await stream.until('a position', (all) => all.some(({ kind }) => kind === 'position'));
    expect(stream.decoded.find(({ kind }) => kind === 'position')).toMatchObject({
      position: { instrument: 'bybit:BTC-USDT-PERP', leg: 'both', quantity: '0', leverage: '7' },
    });
  });

  test('a wrong secret is refused at the login', async () => {
    const key = await stage.keyNamed(bybitAccount, 'trade');
    const bad = { ...key, name: 'bad', secret: 'x'.repeat(36) };
    await expect(stage.stream(bybitAccount, bad)).rejects.toThrow(/login-refused/);
  });
});
