import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { simKeys } from '../accounts/sim-keys.ts';
import { BINANCE_DESK } from '../accounts/venue-rules.ts';
import { BinanceSigner, sent, type TestKey } from '../test-kit/signing-client.ts';
import { pause, Wire, type WireClient } from '../test-kit/wire.ts';
import { BINANCE_COINS } from './coins.ts';

const COINS = BINANCE_COINS.filter(({ base }) => base === 'BTC' || base === 'ETH');
const KEYS = new Map(simKeys('binance', BINANCE_DESK, 0).map((key) => [key.name, key]));

function keyNamed(name: string): TestKey {
  const key = KEYS.get(name);
  if (!key) throw new Error(`no key ${name}`);
  return key;
}

describe('the accounts of the simulated Binance', () => {
  let wire: Wire;
  let rest: string;
  let me: BinanceSigner;
  let skipped = 0;

  const signer = (name: string) => new BinanceSigner(rest, keyNamed(name));

  beforeAll(async () => {
    wire = await Wire.open({ coins: COINS });
    rest = wire.simulation.address.venues['binance']?.rest ?? '';
    // An account with money and nothing else but one order, which goes.
    me = signer('withdraw');
    await me.call('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
  });
  afterAll(() => wire.close());

  async function top(symbol = 'BTCUSDT'): Promise<{ bid: number; ask: number }> {
    const { body } = await wire.rest(`/fapi/v1/ticker/bookTicker?symbol=${symbol}`);
    return { bid: Number(body.bidPrice), ask: Number(body.askPrice) };
  }

  async function stream(name = 'withdraw', path = '/private/ws?listenKey='): Promise<WireClient> {
    const { body } = await signer(name).bare('POST', '/fapi/v1/listenKey');
    return wire.connect(`${path}${body.listenKey}`).open();
  }

  /** What its clocks show, after what was skipped. */
  const wireNow = () => systemClock.now() + skipped;

  const events = (client: WireClient) => client.frames.map(({ value }) => value);

  async function farBelow(): Promise<string> {
    return ((await top()).bid * 0.8).toFixed(0);
  }

  function limit(price: string, more: Record<string, string | boolean> = {}) {
    return {
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.010',
      price,
      ...more,
    };
  }

  it('answers every kind of key as the venue does', async () => {
    const asked = async (name: string, method = 'GET', path = '/fapi/v3/balance') => {
      const { status, body } = await signer(name).call(method, path, { symbol: 'BTCUSDT' });
      return [status, body.code ?? 'ok'];
    };
    expect([
      await asked('trade'),
      await asked('read-only'),
      await asked('read-only', 'POST', '/fapi/v1/order'),
      await asked('no-read'),
      await asked('expired'),
      await asked('mainnet'),
    ]).toEqual([
      [200, 'ok'],
      [200, 'ok'],
      [401, -2015],
      [401, -2015],
      [401, -2015],
      [401, -2015],
    ]);
    const wrong = new BinanceSigner(rest, { ...keyNamed('trade'), secret: 'wrong' });
    expect((await wrong.call('GET', '/fapi/v3/balance')).body.code).toBe(-1022);
    const late = await me.call('GET', '/fapi/v3/balance', {}, { now: systemClock.now() - 3_600_000 });
    expect([late.status, late.body.code]).toEqual([400, -1021]);
    const elsewhere = await signer('trade').call('GET', '/fapi/v3/balance', {}, { from: '127.0.0.2' });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([401, -2015]);
    const unsigned = await sent(`${rest}/fapi/v3/balance`, { method: 'GET' });
    expect([unsigned.status, unsigned.body.code]).toEqual([401, -2014]);
  });

  it('tells what a key may do', async () => {
    const rights = async (name: string) => {
      const { body } = await signer(name).call('GET', '/sapi/v1/account/apiRestrictions');
      const { ipRestrict, enableReading, enableFutures, enableWithdrawals, enableInternalTransfer } = body;
      return [ipRestrict, enableReading, enableFutures, enableWithdrawals, enableInternalTransfer];
    };
    expect([
      await rights('trade'),
      await rights('read-only'),
      await rights('withdraw'),
      await rights('transfer'),
    ]).toEqual([
      [true, true, true, false, false],
      [false, true, false, false, false],
      [false, true, true, true, false],
      [false, true, true, false, true],
    ]);
    const { body } = await signer('read-only').call('GET', '/fapi/v1/accountConfig');
    expect([body.canTrade, body.dualSidePosition]).toEqual([false, false]);
  });

  it('checks the time by its own clock, skewed or not', async () => {
    const id = await wire.fault({ kind: 'clockSkew', venue: 'binance', ms: 3_600_000 });
    const told = (await wire.rest('/fapi/v1/time')).body.serverTime as number;
    const plain = await me.call('GET', '/fapi/v3/balance');
    const fitting = await me.call('GET', '/fapi/v3/balance', {}, { now: told });
    await wire.control('DELETE', `/faults/${id}`);
    expect([plain.body.code, fitting.status]).toEqual([-1021, 200]);
  });

  it('gives one listen key per key, ends it when told, and knows no other', async () => {
    const key = signer('revocable');
    const first = (await key.bare('POST', '/fapi/v1/listenKey')).body.listenKey;
    const again = (await key.bare('POST', '/fapi/v1/listenKey')).body.listenKey;
    const kept = await key.bare('PUT', '/fapi/v1/listenKey');
    const closed = await key.bare('DELETE', '/fapi/v1/listenKey');
    const dead = await key.bare('PUT', '/fapi/v1/listenKey');
    const next = (await key.bare('POST', '/fapi/v1/listenKey')).body.listenKey;
    expect([
      first,
      again === first,
      kept.status,
      closed.body,
      dead.status,
      dead.body.code,
      next === first,
    ]).toEqual([expect.stringMatching(/^[A-Za-z0-9]{64}$/), true, 200, {}, 400, -1125, false]);
  });

  it('tells an order, its fills and what they change in the venue’s order of events', async () => {
    const client = await stream();
    const placed = await me.call(
      'POST',
      '/fapi/v1/order',
      {
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'MARKET',
        quantity: '0.010',
        newClientOrderId: 'test-1',
      },
      { inBody: true },
    );
    expect(placed.body).toMatchObject({
      status: 'NEW',
      clientOrderId: 'test-1',
      executedQty: '0',
      type: 'MARKET',
    });
    expect(placed.body).not.toHaveProperty('avgPrice');
    expect(placed.headers).toMatchObject({
      'x-mbx-order-count-10s': expect.stringMatching(/^\d+$/),
      'x-mbx-order-count-1m': expect.stringMatching(/^\d+$/),
      'x-mbx-used-weight-1m': expect.stringMatching(/^\d+$/),
    });
    await client.until('the last fill', () => events(client).some((event) => event.o?.X === 'FILLED'));
    const told = events(client).map(({ e, o }) => `${e}${o ? ` ${o.x} ${o.X}` : ''}`);
    const fills = (told.length - 1) / 3;
    expect(told).toEqual([
      'ORDER_TRADE_UPDATE NEW NEW',
      ...Array.from({ length: fills }, (_, index) => [
        'TRADE_LITE',
        'ACCOUNT_UPDATE',
        `ORDER_TRADE_UPDATE TRADE ${index === fills - 1 ? 'FILLED' : 'PARTIALLY_FILLED'}`,
      ]).flat(),
    ]);
    const update = events(client).find(({ e }) => e === 'ACCOUNT_UPDATE');
    expect(update.a).toMatchObject({
      m: 'ORDER',
      B: [{ a: 'USDT', bc: '0' }],
      P: [{ s: 'BTCUSDT', ps: 'BOTH' }],
    });
    const last = events(client).at(-1).o;
    expect(last).toMatchObject({
      c: 'test-1',
      S: 'BUY',
      o: 'MARKET',
      z: '0.010',
      N: 'USDT',
      m: false,
      R: false,
    });
    expect([typeof last.i, typeof last.t, typeof last.T, typeof last.n]).toEqual([
      'number',
      'number',
      'number',
      'string',
    ]);

    const { body: trades } = await me.call('GET', '/fapi/v1/userTrades', { symbol: 'BTCUSDT' });
    expect(trades.map((trade: { id: number }) => trade.id)).toEqual(
      events(client)
        .filter(({ e }) => e === 'TRADE_LITE')
        .map(({ t }) => t),
    );
    const { body: order } = await me.call('GET', '/fapi/v1/order', {
      symbol: 'BTCUSDT',
      origClientOrderId: 'test-1',
    });
    expect(order).toMatchObject({ orderId: placed.body.orderId, status: 'FILLED', executedQty: '0.010' });
    const { body: positions } = await me.call('GET', '/fapi/v3/positionRisk');
    expect(positions).toMatchObject([{ symbol: 'BTCUSDT', positionAmt: '0.010', positionSide: 'BOTH' }]);
    expect(positions[0]).not.toHaveProperty('leverage');
    const { body: account } = await me.call('GET', '/fapi/v3/account');
    expect(account.assets[0].walletBalance).toBe(update.a.B[0].wb);
  });

  it('places, changes and cancels a limit order, and says so on both roads', async () => {
    const client = await stream();
    const price = await farBelow();
    const placed = await me.call('POST', '/fapi/v1/order', limit(price));
    const { orderId } = placed.body;
    const named = { symbol: 'BTCUSDT', orderId };
    const open = await me.call('GET', '/fapi/v1/openOrders');
    const changed = await me.call('PUT', '/fapi/v1/order', {
      ...named,
      side: 'BUY',
      quantity: '0.020',
      price,
    });
    const cancelled = await me.call('DELETE', '/fapi/v1/order', named);
    const twice = await me.call('DELETE', '/fapi/v1/order', named);
    expect([open.body.length, changed.body.origQty, cancelled.body.status, twice.body.code]).toEqual([
      1,
      '0.020',
      'CANCELED',
      -2011,
    ]);
    await client.until('the cancel', () => events(client).some((event) => event.o?.x === 'CANCELED'));
    expect(events(client).map(({ o }) => `${o.x} ${o.X} ${o.q}`)).toEqual([
      'NEW NEW 0.010',
      'AMENDMENT NEW 0.020',
      'CANCELED CANCELED 0.020',
    ]);
    // Placing and cancelling move no money: nothing about the account is told.
    expect(events(client).some(({ e }) => e === 'ACCOUNT_UPDATE')).toBe(false);
  });

  it('leaves out keys now and then that live events lack too', async () => {
    const client = await stream();
    const price = await farBelow();
    for (let count = 0; count < 6; count++) await me.call('POST', '/fapi/v1/order', limit(price));
    await me.call('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    await client.until(
      'all cancels',
      () => events(client).filter((event) => event.o?.x === 'CANCELED').length === 6,
    );
    const fresh = events(client).filter(({ o }) => o.x === 'NEW');
    const kinds = (name: string) => new Set(fresh.map(({ o }) => name in o)).size;
    expect([
      fresh.length,
      kinds('N'),
      kinds('M'),
      kinds('er'),
      new Set(fresh.map((event) => 'st' in event)).size,
    ]).toEqual([6, 2, 2, 2, 2]);
  });

  it('refuses orders with the venue’s codes', async () => {
    const { ask, bid } = await top();
    const price = await farBelow();
    const code = async (params: Record<string, string | boolean>) =>
      (await me.call('POST', '/fapi/v1/order', params)).body.code;
    await me.call('POST', '/fapi/v1/order', limit(price, { newClientOrderId: 'twice' }));
    const codes = {
      id: await code(limit(price, { newClientOrderId: 'twice' })),
      badId: await code(limit(price, { newClientOrderId: 'not good' })),
      tick: await code(limit(`${price}.05`)),
      step: await code(limit(price, { quantity: '0.0101' })),
      none: await code(limit(price, { quantity: '0' })),
      tooHigh: await code(limit((ask * 1.07).toFixed(0))),
      tooLow: await code(limit((bid * 0.93).toFixed(0), { side: 'SELL' })),
      notional: await code(limit('1000', { quantity: '0.001' })),
      margin: await code(limit(price, { quantity: '50' })),
      symbol: await code(limit(price, { symbol: 'NOSUCH' })),
      conditional: await code(limit(price, { type: 'STOP_MARKET', stopPrice: price })),
      crossing: await code(limit((ask * 1.01).toFixed(0), { timeInForce: 'GTX' })),
      fillOrKill: await code(limit(price, { timeInForce: 'FOK' })),
      reduceOnly: await code(limit(price, { reduceOnly: 'true' })),
      leg: await code(limit(price, { positionSide: 'LONG' })),
      side: await code(limit(price, { side: 'HOLD' })),
      missing: await code({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT' }),
    };
    await me.call('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    expect(codes).toEqual({
      id: -4116,
      badId: -4015,
      tick: -4014,
      step: -1111,
      none: -4003,
      tooHigh: -4016,
      tooLow: -4024,
      notional: -4164,
      margin: -2019,
      symbol: -1121,
      conditional: -4120,
      crossing: -5022,
      fillOrKill: -5021,
      reduceOnly: -2022,
      leg: -4061,
      side: -1117,
      missing: -1102,
    });
  });

  it('says nothing of an order it refused: not on the stream, not in the history', async () => {
    const client = await stream();
    const { ask } = await top();
    await me.call(
      'POST',
      '/fapi/v1/order',
      limit((ask * 1.01).toFixed(0), { timeInForce: 'GTX', newClientOrderId: 'gone' }),
    );
    await me.call('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 11 });
    await client.until('the next event', () => client.frames.length > 0);
    const lost = await me.call('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'gone' });
    expect([events(client).map(({ e }) => e), lost.body.code]).toEqual([['ACCOUNT_CONFIG_UPDATE'], -2013]);
  });

  it('keeps conditional orders in lists of their own', async () => {
    const client = await stream();
    const trigger = await farBelow();
    const params = {
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.010',
      triggerPrice: trigger,
      clientAlgoId: 'algo-1',
    };
    const placed = await me.call('POST', '/fapi/v1/algoOrder', params);
    const { algoId } = placed.body;
    const regular = await me.call('GET', '/fapi/v1/openOrders', { symbol: 'BTCUSDT' });
    const conditional = await me.call('GET', '/fapi/v1/openAlgoOrders');
    await me.call('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    const kept = await me.call('GET', '/fapi/v1/algoOrder', { clientAlgoId: 'algo-1' });
    const cancelled = await me.call('DELETE', '/fapi/v1/algoOrder', { algoId });
    expect([
      placed.body.algoStatus,
      regular.body,
      conditional.body.length,
      kept.body.algoId,
      cancelled.body,
    ]).toEqual(['NEW', [], 1, algoId, { algoId, clientAlgoId: 'algo-1', code: '200', msg: 'success' }]);
    await client.until('the cancel', () => client.frames.length === 2);
    expect(events(client).map(({ e, o }) => `${e} ${o.X} ${o.caid}`)).toEqual([
      'ALGO_UPDATE NEW algo-1',
      'ALGO_UPDATE CANCELED algo-1',
    ]);
  });

  it('says of a conditional order what its trigger looks at, and that it closes the position', async () => {
    await me.call('POST', '/fapi/v1/order', limit(((await top()).ask * 1.01).toFixed(0)));
    const { bid, ask } = await top();
    const params = {
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      closePosition: 'true',
      workingType: 'MARK_PRICE',
      triggerPrice: (bid * 0.9).toFixed(0),
    };
    const { body } = await me.call('POST', '/fapi/v1/algoOrder', params);
    await me.call('DELETE', '/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' });
    const wrongWay = { ...params, side: 'BUY', triggerPrice: (ask * 1.1).toFixed(0) };
    const { body: refused } = await me.call('POST', '/fapi/v1/algoOrder', wrongWay);
    expect([body.closePosition, body.workingType, body.reduceOnly, refused.code]).toEqual([
      true,
      'MARK_PRICE',
      true,
      -2022,
    ]);
  });

  it('cancels a symbol’s regular orders when its countdown runs out, and not when it is stopped', async () => {
    const price = await farBelow();
    const countDown = (countdownTime: number) =>
      me.call('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime });
    const open = async () =>
      (await me.call('GET', '/fapi/v1/openOrders', { symbol: 'BTCUSDT' })).body.length as number;
    await me.call('POST', '/fapi/v1/order', limit(price));
    const { body } = await countDown(60);
    await countDown(0);
    await pause(120);
    const kept = await open();
    await countDown(40);
    await pause(120);
    expect([body, kept, await open()]).toEqual([{ symbol: 'BTCUSDT', countdownTime: '60' }, 1, 0]);
  });

  it('turns a conditional order into a regular one when its price comes', async () => {
    const client = await stream();
    const { bid, ask } = await top();
    await wire.control('POST', '/activity', { venue: 'binance', multiplier: 20, symbols: ['BTCUSDT'] });
    // A few ticks away on both sides: the market passes one of them by itself.
    for (const [side, price] of [
      ['SELL', bid - 0.5],
      ['BUY', ask + 0.5],
    ] as const) {
      await me.call('POST', '/fapi/v1/algoOrder', {
        algoType: 'CONDITIONAL',
        symbol: 'BTCUSDT',
        side,
        type: 'STOP_MARKET',
        quantity: '0.001',
        triggerPrice: price.toFixed(1),
      });
    }
    await client.until('the end', () => events(client).some((event) => event.o?.X === 'FINISHED'));
    await wire.control('POST', '/activity', { venue: 'binance', multiplier: 1, symbols: ['BTCUSDT'] });
    await me.call('DELETE', '/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' });
    const done = events(client).find((event) => event.o?.X === 'FINISHED').o;
    const told = events(client).filter(({ o }) => o && (o.caid ?? o.c) === done.caid);
    expect(told.map(({ e, o }) => `${e} ${o.X}`)).toEqual([
      'ALGO_UPDATE NEW',
      'ALGO_UPDATE TRIGGERING',
      'ALGO_UPDATE TRIGGERED',
      'ORDER_TRADE_UPDATE NEW',
      'ORDER_TRADE_UPDATE FILLED',
      'ALGO_UPDATE FINISHED',
    ]);
    expect(told[2].o.ai).toBe(String(told[3].o.i));
    expect(told[4].o.ot).toBe('STOP_MARKET');
  });

  it('names settings that are already so as the venue does', async () => {
    const code = async (path: string, params: Record<string, string | number>) =>
      (await me.call('POST', path, params)).body.code ?? 'ok';
    expect([
      await code('/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType: 'CROSSED' }),
      await code('/fapi/v1/positionSide/dual', { dualSidePosition: 'false' }),
      await code('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 1000 }),
      await code('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 25 }),
    ]).toEqual([-4046, -4059, -4028, 'ok']);
    const { body } = await me.call('GET', '/fapi/v1/symbolConfig', { symbol: 'BTCUSDT' });
    expect(body).toMatchObject([{ symbol: 'BTCUSDT', leverage: 25, marginType: 'CROSSED' }]);
  });

  it('wraps, filters and takes the listen key in the path, each as it was asked for', async () => {
    const raw = await stream('withdraw', '/private/ws/');
    const wrapped = await stream('withdraw', '/private/stream?listenKey=');
    const { body } = await me.bare('POST', '/fapi/v1/listenKey');
    const filtered = await wire
      .connect(`/private/ws?listenKey=${body.listenKey}&events=ACCOUNT_CONFIG_UPDATE/listenKeyExpired`)
      .open();
    const bogus = await wire.connect(`/private/ws?listenKey=${'x'.repeat(64)}`).open();
    const price = await farBelow();
    await me.call('POST', '/fapi/v1/order', limit(price));
    await me.call('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    await me.call('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 12 });
    for (const client of [raw, wrapped, filtered]) {
      await client.until('the setting', () =>
        client.frames.some(({ text }) => text.includes('ACCOUNT_CONFIG')),
      );
    }
    expect([raw, wrapped, filtered, bogus].map(({ frames }) => frames.length)).toEqual([3, 3, 1, 0]);
    expect(wrapped.frames[0]?.value).toMatchObject({
      stream: body.listenKey,
      data: { e: 'ORDER_TRADE_UPDATE', o: { x: 'NEW' } },
    });
  });

  it('says once that a listen key has run out, and is mute from then on', async () => {
    const client = await stream('transfer');
    const other = signer('transfer');
    const skip = (ms: number) => {
      wire.skip(ms);
      skipped += ms;
    };
    await wire.control('POST', '/pause');
    skip(59 * 60_000);
    await other.bare('PUT', '/fapi/v1/listenKey');
    skip(59 * 60_000);
    await pause(600);
    const before = events(client).length;
    skip(2 * 60_000);
    const expired = await client.until('the word', () =>
      events(client).find(({ e }) => e === 'listenKeyExpired'),
    );
    expect([before, typeof expired.listenKey, client.closed]).toEqual([0, 'string', undefined]);
    const dead = await other.bare('PUT', '/fapi/v1/listenKey');
    await other.call('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 9 }, { now: wireNow() });
    await pause(300);
    expect([dead.body.code, client.frames.length, client.closed]).toEqual([-1125, 1, undefined]);
  });

  it('tells funding with its symbol and without a position, money that comes, and liquidations by their client ids', async () => {
    await wire.control('POST', '/resume');
    const name = 'revocable';
    const client = await stream(name);
    const other = signer(name);
    const key = { venue: 'binance', key: name };
    const order = (more: Record<string, unknown>) =>
      wire.control('POST', '/orders', { ...key, action: 'place', symbol: 'BTCUSDT', side: 'buy', ...more });
    await wire.control('POST', '/orders', { ...key, action: 'leverage', symbol: 'BTCUSDT', leverage: 100 });
    await order({ type: 'market', quantity: '0.5' });
    await client.until('the position', () => events(client).some((event) => event.a?.P));
    await wire.control('POST', '/accounts', { venue: 'binance', action: 'settleFunding' });
    const funding = await client.until('funding', () =>
      events(client).find((event) => event.a?.m === 'FUNDING_FEE'),
    );
    expect(funding.a).toEqual({
      m: 'FUNDING_FEE',
      B: [expect.objectContaining({ a: 'USDT', bc: '0' })],
      S: 'BTCUSDT',
    });
    await wire.control('POST', '/accounts', {
      ...key,
      action: 'deposit',
      currency: 'USDT',
      quantity: '12.5',
    });
    const deposit = await client.until('money', () =>
      events(client).find((event) => event.a?.m === 'DEPOSIT'),
    );
    expect(deposit.a.B).toEqual([expect.objectContaining({ a: 'USDT', bc: '12.50000000' })]);

    // All of the money but a little goes: what is left does not carry the position.
    const { body } = await wire.control('GET', `/ledger?venue=binance&key=${name}`);
    const left = 100 - Number(body.balances[0].total);
    await wire.control('POST', '/accounts', {
      ...key,
      action: 'deposit',
      currency: 'USDT',
      quantity: left.toFixed(8),
    });
    const closing = () => events(client).filter(({ o }) => o?.c.startsWith('autoclose-'));
    await client.until('the liquidation', () => closing().at(-1)?.o.X === 'FILLED');
    expect(closing().map(({ o }) => `${o.S} ${o.x} ${o.X}`)).toEqual([
      'SELL CALCULATED NEW',
      ...closing()
        .slice(1, -1)
        .map(() => 'SELL TRADE PARTIALLY_FILLED'),
      'SELL TRADE FILLED',
    ]);
    const positions = await other.call('GET', '/fapi/v3/positionRisk', {}, { now: wireNow() });
    expect(positions.body).toEqual([]);
  });

  it('refuses a key that was revoked while it was used, and is mute on its listen key', async () => {
    const name = 'revocable';
    const client = await stream(name);
    const key = { venue: 'binance', key: name };
    await wire.control('POST', '/accounts', { ...key, action: 'revoke' });
    const refused = await signer(name).call('GET', '/fapi/v3/balance', {}, { now: wireNow() });
    await wire.control('POST', '/orders', { ...key, action: 'leverage', symbol: 'BTCUSDT', leverage: 7 });
    await pause(400);
    const heard = client.frames.length;
    await wire.control('POST', '/accounts', { ...key, action: 'restore' });
    const again = await signer(name).bare('POST', '/fapi/v1/listenKey');
    await wire.control('POST', '/orders', { ...key, action: 'leverage', symbol: 'BTCUSDT', leverage: 8 });
    await pause(300);
    expect([refused.body.code, heard, client.closed, again.status, client.frames.length]).toEqual([
      -2015,
      0,
      undefined,
      200,
      0,
    ]);
  });

  it('lets the listen key run out when told, and cuts sockets without a word', async () => {
    const name = 'revocable';
    const client = await stream(name);
    const key = { venue: 'binance', key: name };
    await wire.control('POST', '/accounts', { ...key, action: 'expireListenKeys' });
    await client.until('the word', () => events(client).some(({ e }) => e === 'listenKeyExpired'));
    const next = await stream(name);
    await wire.control('POST', '/accounts', { ...key, action: 'disconnect' });
    expect((await next.until('the cut', () => next.closed)).code).toBe(1006);
  });

  it('answers faults on private paths as on public ones, and keeps every request without its signature', async () => {
    const down = await wire.fault({ kind: 'rest', venue: 'binance', path: 'listenKey', status: 503 });
    const refused = await me.bare('POST', '/fapi/v1/listenKey');
    await wire.control('DELETE', `/faults/${down}`);
    const { body: before } = await wire.control('GET', '/requests?venue=binance');
    await me.call('GET', '/fapi/v1/openOrders', { symbol: 'BTCUSDT' }, { now: wireNow() });
    await signer('no-read').call('GET', '/fapi/v3/balance', {}, { now: wireNow() });
    const { body } = await wire.control('GET', `/requests?venue=binance&since=${before.requests.length}`);
    expect([refused.status, before.requests.at(-1)]).toMatchObject([
      503,
      { method: 'POST', path: '/fapi/v1/listenKey', status: 503 },
    ]);
    expect(body.requests).toMatchObject([
      {
        method: 'GET',
        path: '/fapi/v1/openOrders',
        key: 'withdraw',
        status: 200,
        params: { symbol: 'BTCUSDT' },
      },
      { method: 'GET', path: '/fapi/v3/balance', key: 'no-read', status: 401, code: '-2015' },
    ]);
    expect(JSON.stringify([before, body])).not.toMatch(/signature|listenKey":|[A-Za-z0-9]{64}/);
  });
});
