import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { exactJson } from '../test-kit/exact-json.ts';
import { type KoreanSigner, type Odd, type Params, signerFor } from '../test-kit/korean-signer.ts';
import { openKoreanWire, request } from '../test-kit/korean-wire.ts';
import { pause, type Wire, type WireClient } from '../test-kit/wire.ts';

const PATH = '/websocket/v2/private';

let wire: Wire;
let trader: KoreanSigner;
beforeEach(async () => {
  wire = await openKoreanWire('bithumb', ['BTC', 'ETH']);
  await wire.control('POST', '/pause');
  trader = await signerFor(wire, 'bithumb', 'withdraw');
});
afterEach(() => wire.close());

const dial = (signer = trader, odd: Odd = {}) =>
  wire.connect(PATH, { headers: { authorization: signer.token('', odd) } });

async function listening(...parts: readonly unknown[]): Promise<WireClient> {
  const client = await dial().open();
  request(client, ...parts);
  // Nothing confirms a subscription, and nothing of before is sent.
  await pause(100);
  expect(client.frames).toEqual([]);
  return client;
}

const far = { market: 'KRW-BTC', side: 'bid', order_type: 'limit', price: 60_000_000, volume: '0.001' };

async function post(order: Params): Promise<string> {
  const { status, body } = await trader.call('POST', '/v2/orders', order);
  expect(status).toBe(201);
  return body.order_id;
}

describe('Bithumb’s private socket', () => {
  it.each<[string, Odd]>([
    ['a wrong secret', { secret: 'wrong' }],
    ['a token of an hour ago', { now: systemClock.now() - 3_600_000 }],
    ['HS512', { alg: 'HS512' }],
  ])('does not open for %s', async (_, odd) => {
    const client = dial(trader, odd);
    expect(await client.until('a refusal', () => client.failed)).toContain('401');
  });

  it('does not open twice for one token', async () => {
    const nonce = 'cccccccc-0000-4000-8000-000000000000';
    await dial(trader, { nonce }).open();
    const again = dial(trader, { nonce });
    expect(await again.until('a refusal', () => again.failed)).toContain('401');
  });

  it('leaves out what has no value: of an order that waits, that is canceled', async () => {
    const client = await listening({ type: 'myOrder', codes: [] });
    const id = await post({ ...far, client_order_id: 'mine' });
    await pause(90);
    await trader.call('DELETE', '/v2/order', { order_id: id });
    await client.until('the cancel', () => client.frames.length >= 2);
    const [waits, canceled] = client.frames.map(({ text }) => exactJson(text));
    const common = {
      type: 'myOrder',
      stream_type: 'REALTIME',
      code: 'KRW-BTC',
      order_id: id,
      client_order_id: 'mine',
      side: 'buy',
      order_type: 'limit',
      order_price: '60000000',
      order_quantity: '0.001',
      order_amount: '60000',
      reserved_fee: '150',
      paid_fee: '0',
      order_timestamp: expect.stringMatching(/^\d{13}$/),
      timestamp: expect.stringMatching(/^\d{13}$/),
    };
    expect(waits).toEqual({ ...common, state: 'wait', remaining_fee: '150' });
    expect(canceled).toEqual({
      ...common,
      state: 'cancel',
      remaining_fee: '0',
      executed_quantity: '0',
      executed_amount: '0',
      remaining_quantity: '0.001',
      cancel_type: 'user',
    });
    expect(client.frames.every(({ isBinary }) => isBinary)).toBe(true);
  });

  it('tells each fill with what has been paid so far, and ends what only takes with done', async () => {
    // As much as the best level may cost.
    const gift = {
      venue: 'bithumb',
      key: 'withdraw',
      action: 'deposit',
      currency: 'KRW',
      quantity: '100000000',
    };
    await wire.control('POST', '/accounts', gift);
    const { body: book } = await wire.control('GET', '/truth/book?venue=bithumb&symbol=KRW-BTC&limit=2');
    const [[ask, depth]] = book.asks as [[string, string]];
    const client = await listening({ type: 'myOrder' });
    const volume = String(Number((Number(depth) + 0.001).toFixed(4)));
    const id = await post({ ...far, price: ask, volume, time_in_force: 'ioc' });
    await client.until('the end', () => client.frames.some(({ value }) => value.state === 'done'));
    await pause(90);
    const { body: order } = await trader.call('GET', '/v1/order', { uuid: id });
    const told = client.frames.map(({ text }) => exactJson(text));
    const trades = told.filter(({ state }) => state === 'trade');
    expect(told.map(({ state }) => state)).toEqual(['wait', ...order.trades.map(() => 'trade'), 'done']);
    expect(
      trades.map((one) => [one.trade_id, one.trade_price, one.trade_quantity, one.trade_amount]),
    ).toEqual(
      order.trades.map((one: Record<string, string>) => [
        one['uuid'],
        one['price'],
        one['volume'],
        one['funds'],
      ]),
    );
    const last = told.at(-1);
    expect([last.executed_quantity, last.executed_amount, last.paid_fee, last.remaining_quantity]).toEqual([
      order.executed_volume,
      order.executed_funds,
      order.paid_fee,
      order.remaining_volume,
    ]);
    expect([Number(last.executed_quantity) < Number(last.order_quantity), last.time_in_force]).toEqual([
      true,
      'ioc',
    ]);
    for (const key of ['is_maker', 'avg_price', 'trades_count', 'trade_fee', 'cancel_type']) {
      expect(Object.keys(last)).not.toContain(key);
    }
  });

  it('names no price and no quantity of a buy by total', async () => {
    const client = await listening({ type: 'myOrder' });
    await post({ market: 'KRW-BTC', side: 'bid', order_type: 'price', price: '55555' });
    await client.until('the end', () => client.frames.some(({ value }) => value.state === 'done'));
    const [first] = client.frames;
    expect(first?.value).toMatchObject({
      order_type: 'price',
      order_price: 0,
      order_quantity: 0,
      order_amount: 55_555,
    });
    expect(client.frames.some(({ value }) => 'remaining_quantity' in value)).toBe(false);
  });

  it('tells of assets that changed, and abbreviates where it is asked to', async () => {
    const client = await listening({ type: 'myAsset' }, { type: 'myOrder' }, { format: 'SIMPLE' });
    const id = await post(far);
    await client.until('both', () => client.frames.length >= 2);
    const [order, assets] = client.frames.map(({ value }) => value);
    const { body: rows } = await trader.call('GET', '/v1/accounts');
    const won = rows.find(({ currency }: { currency: string }) => currency === 'KRW');
    expect(order).toMatchObject({
      ty: 'myOrder',
      cd: 'KRW-BTC',
      oid: id,
      sd: 'buy',
      s: 'wait',
      op: 60_000_000,
    });
    expect(assets).toEqual({
      ty: 'myAsset',
      ast: [{ cu: 'KRW', b: Number(won.balance), l: Number(won.locked) }],
      asttms: expect.any(Number),
      tms: expect.any(Number),
      st: 'REALTIME',
    });
  });

  it.each([
    ['no ticket', [{ type: 'myOrder' }], 'NO_TICKET'],
    ['no type', [{ ticket: 't' }], 'WRONG_FORMAT'],
    ['a type there is not', [{ ticket: 't' }, { type: 'trade', codes: ['KRW-BTC'] }], 'INVALID_PARAM'],
  ])('refuses %s with an error frame and closes with 1000', async (_, message, name) => {
    const client = await dial().open();
    client.ws.send(JSON.stringify(message));
    const frame = await client.until('an error', () => client.frames.find(({ value }) => value?.error));
    const { code } = await client.until('the close', () => client.closed);
    expect([frame.value.error.name, code]).toEqual([name, 1000]);
  });

  it('replaces what it was subscribed to, and is closed when its key is revoked', async () => {
    const revocable = await signerFor(wire, 'bithumb', 'revocable');
    const client = await dial(revocable).open();
    request(client, { type: 'myOrder' });
    request(client, { type: 'myAsset' });
    await pause(60);
    await revocable.call('POST', '/v2/orders', far);
    await client.until('assets', () => client.frames.length > 0);
    await pause(60);
    expect(client.frames.map(({ value }) => value.type)).toEqual(['myAsset']);
    await wire.control('POST', '/accounts', { venue: 'bithumb', key: 'revocable', action: 'revoke' });
    await client.until('the close', () => client.closed);
    expect([client.frames.at(-1)?.value.error.name, client.closed?.code]).toEqual(['INVALID_AUTH', 1000]);
  });

  it('is cut without a word where that is asked for, and mute where a fault says so', async () => {
    const client = await listening({ type: 'myOrder' });
    await wire.fault({ kind: 'mute', venue: 'bithumb', route: 'private' });
    await post(far);
    await pause(100);
    expect([client.frames, client.closed]).toEqual([[], undefined]);
    await wire.control('POST', '/accounts', { venue: 'bithumb', key: 'withdraw', action: 'disconnect' });
    expect((await client.until('the cut', () => client.closed)).code).toBe(1006);
  });
});
