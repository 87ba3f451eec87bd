import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exactJson } from '../test-kit/exact-json.ts';
import { type KoreanSigner, type Odd, signerFor } from '../test-kit/korean-signer.ts';
import { openKoreanWire, PUBLIC_PATH, request } from '../test-kit/korean-wire.ts';
import { pause, type Wire, type WireClient } from '../test-kit/wire.ts';

const PATH = '/websocket/v1/private';

let wire: Wire;
let trader: KoreanSigner;
beforeEach(async () => {
  wire = await openKoreanWire('upbit', ['BTC', 'ETH']);
  await wire.control('POST', '/pause');
  trader = await signerFor(wire, 'upbit', 'withdraw');
});
afterEach(() => wire.close());

const dial = (signer = trader, odd: Odd = {}) =>
  wire.connect(PATH, { headers: { authorization: signer.token('', odd) } });

/** A socket that is told of everything from now on. */
async function listening(...parts: readonly unknown[]): Promise<WireClient> {
  const client = await dial().open();
  request(client, ...(parts.length > 0 ? parts : [{ type: 'myOrder' }, { type: 'myAsset' }]));
  // Nothing confirms a subscription, and nothing of before is sent.
  await pause(100);
  expect(client.frames).toEqual([]);
  return client;
}

async function refusalOf(client: WireClient): Promise<{ name: unknown; code: number }> {
  const frame = await client.until('an error', () => client.frames.find(({ value }) => value?.error));
  const { code } = await client.until('the close', () => client.closed);
  return { name: frame.value.error.name, code };
}

const far = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: 60_000_000, volume: '0.001' };
const buy = { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '55555' };

async function post(order: Record<string, string | number>, signer = trader) {
  const { status, body } = await signer.call('POST', '/v1/orders', order);
  expect(status).toBe(201);
  return body;
}

describe('opening Upbit’s private socket', () => {
  it.each<[string, Odd, string | undefined]>([
    ['a fresh token', {}, undefined],
    ['HS512', { alg: 'HS512' }, undefined],
    ['a wrong secret', { secret: 'wrong' }, '401'],
    ['a key nobody knows', { payload: { access_key: 'nobody' } }, '401'],
  ])('with %s', async (_, odd, failure) => {
    const client = dial(trader, odd);
    await client.until('an answer', () => client.failed ?? client.ws.readyState === 1);
    if (failure === undefined) expect(client.failed).toBeUndefined();
    else expect(client.failed).toContain(failure);
  });

  it('takes a nonce once: a token kept for the next connection is refused', async () => {
    const nonce = 'aaaaaaaa-0000-4000-8000-000000000000';
    await dial(trader, { nonce }).open();
    const again = dial(trader, { nonce });
    expect(await again.until('a refusal', () => again.failed)).toContain('401');
    const { body } = await wire.control('GET', '/requests?venue=upbit');
    expect(
      body.requests.map((one: Record<string, unknown>) => [one['path'], one['status'], one['code']]),
    ).toEqual([
      [PATH, 101, undefined],
      [PATH, 401, 'nonce_used'],
    ]);
  });

  it('is refused without a token, and with one whose key has ended or is of elsewhere', async () => {
    const bare = wire.connect(PATH);
    expect(await bare.until('a refusal', () => bare.failed)).toContain('401');
    for (const name of ['expired', 'mainnet']) {
      const client = dial(await signerFor(wire, 'upbit', name));
      expect(await client.until('a refusal', () => client.failed)).toContain('401');
    }
  });
});

describe('Upbit’s private socket', () => {
  it('tells of an order that waits and is canceled, in binary frames', async () => {
    const client = await listening();
    const order = await post({ ...far, identifier: 'mine' });
    await trader.call('DELETE', '/v1/order', { uuid: order.uuid });
    await client.until('the cancel', () => client.frames.some(({ value }) => value.state === 'cancel'));
    const told = client.frames
      .filter(({ value }) => value.type === 'myOrder')
      .map(({ text }) => exactJson(text));
    expect(told.map(({ state }) => state)).toEqual(['wait', 'cancel']);
    expect(client.frames.every(({ isBinary }) => isBinary)).toBe(true);
    expect(told[0]).toEqual({
      type: 'myOrder',
      code: 'KRW-BTC',
      uuid: order.uuid,
      ask_bid: 'BID',
      order_type: 'limit',
      state: 'wait',
      trade_uuid: null,
      price: '60000000',
      avg_price: '0',
      volume: '0.001',
      remaining_volume: '0.001',
      executed_volume: '0',
      trades_count: '0',
      reserved_fee: '30',
      remaining_fee: '30',
      paid_fee: '0',
      locked: '60030',
      executed_funds: '0',
      time_in_force: null,
      trade_fee: null,
      is_maker: null,
      identifier: 'mine',
      smp_type: null,
      prevented_volume: '0',
      prevented_locked: '0',
      trade_timestamp: null,
      order_timestamp: expect.stringMatching(/^\d{13}$/),
      timestamp: expect.stringMatching(/^\d{13}$/),
      stream_type: 'REALTIME',
    });
  });

  it('tells fill by fill, then the cancel of what a market buy could not spend; price and volume are the fill’s', async () => {
    const client = await listening({ type: 'myOrder', codes: ['KRW-BTC'] });
    const { uuid } = await post(buy);
    await client.until('the end', () => client.frames.some(({ value }) => value.state === 'cancel'));
    const told = client.frames.map(({ text }) => exactJson(text));
    const { body } = await trader.call('GET', '/v1/order', { uuid });
    const trades = told.filter(({ state }) => state === 'trade');
    expect(told.map(({ state }) => state)).toEqual(['wait', ...body.trades.map(() => 'trade'), 'cancel']);
    expect(trades.map((one) => [one.trade_uuid, one.price, one.volume, one.is_maker])).toEqual(
      body.trades.map((one: Record<string, string>) =>
        [one['uuid'], one['price'], one['volume'], 'false'].map((value, index) =>
          index === 3 ? false : value,
        ),
      ),
    );
    expect([told.at(-1)?.executed_volume, told.at(-1)?.executed_funds, told.at(-1)?.trade_uuid]).toEqual([
      body.executed_volume,
      body.executed_funds,
      null,
    ]);
    // As little as a client may rely on large prices being written plainly.
    expect(client.frames.find(({ value }) => value.state === 'trade')?.text).toMatch(/"price":\d\.\d+E8,/);
  });

  it('ends a limit order that is filled with done, after its last fill', async () => {
    const client = await listening({ type: 'myOrder' });
    const { body: book } = await wire.control('GET', '/truth/book?venue=upbit&symbol=KRW-BTC&limit=1');
    await post({ ...far, price: String(book.asks[0][0]), volume: '0.0001' });
    await client.until('the end', () => client.frames.some(({ value }) => value.state === 'done'));
    const states = client.frames.map(({ value }) => value.state);
    expect([states[0], new Set(states.slice(1, -1)), states.at(-1)]).toEqual([
      'wait',
      new Set(['trade']),
      'done',
    ]);
  });

  it('tells of the currencies that changed, without what is locked, as the ledger has them', async () => {
    const client = await listening({ type: 'myAsset' });
    await post(far);
    await post(buy);
    await client.until('coins', () => client.frames.some(({ text }) => text.includes('"BTC"')));
    await pause(100);
    const last = new Map<string, unknown>();
    for (const { text } of client.frames) {
      const frame = exactJson(text);
      expect(Object.keys(frame)).toEqual([
        'type',
        'asset_uuid',
        'assets',
        'asset_timestamp',
        'timestamp',
        'stream_type',
      ]);
      for (const { currency, ...figures } of frame.assets) last.set(currency, figures);
    }
    const { body } = await wire.control('GET', '/ledger?venue=upbit&key=withdraw');
    const { body: rows } = await trader.call('GET', '/v1/accounts');
    const true_ = body.balances.map(({ currency }: { currency: string }) => {
      const row = rows.find((one: { currency: string }) => one.currency === currency);
      return [currency, { balance: row.balance, locked: row.locked }];
    });
    expect([...last].toSorted()).toEqual(true_.toSorted());
  });

  it('replaces what it was subscribed to with every request', async () => {
    const client = await listening({ type: 'myOrder' }, { type: 'myAsset' });
    request(client, { type: 'myOrder', codes: ['KRW-ETH'] });
    await pause(60);
    await post(far);
    await post({ ...far, market: 'KRW-ETH', price: 3_000_000, volume: '0.01' });
    await client.until('an order', () => client.frames.length > 0);
    await pause(60);
    expect(client.frames.map(({ value }) => `${value.type} ${value.code}`)).toEqual(['myOrder KRW-ETH']);
    const { body } = await wire.control('GET', '/stats');
    expect(body.venues.upbit.connections[0]).toMatchObject({
      route: 'private',
      streams: ['myOrder:KRW-ETH'],
    });
  });

  it('tells each account of its own alone, on every socket of every key of it', async () => {
    const [main, reader] = [
      await signerFor(wire, 'upbit', 'trade'),
      await signerFor(wire, 'upbit', 'read-only'),
    ];
    const [mine, second, other] = [await dial(main).open(), await dial(reader).open(), await dial().open()];
    for (const client of [mine, second, other]) request(client, { type: 'myOrder' });
    await pause(80);
    const { uuid } = await post(far, main);
    for (const client of [mine, second]) await client.until('it', () => client.frames.length > 0);
    await pause(60);
    expect([mine, second, other].map((client) => client.frames.map(({ value }) => value.uuid))).toEqual([
      [uuid],
      [uuid],
      [],
    ]);
  });

  it('abbreviates where it is asked to', async () => {
    const client = await listening({ type: 'myOrder' }, { type: 'myAsset' }, { format: 'SIMPLE' });
    const { uuid } = await post(far);
    await client.until('both', () => client.frames.length >= 2);
    const [order, assets] = client.frames.map(({ value }) => value);
    expect(order).toMatchObject({
      ty: 'myOrder',
      cd: 'KRW-BTC',
      uid: uuid,
      s: 'wait',
      p: 60_000_000,
      id: null,
    });
    expect(assets).toMatchObject({ ty: 'myAsset', ast: [{ cu: 'KRW', l: expect.any(Number) }] });
  });

  it.each([
    ['assets of a market', [{ ticket: 't' }, { type: 'myAsset', codes: ['KRW-BTC'] }], 'WRONG_FORMAT'],
    ['assets of no market', [{ ticket: 't' }, { type: 'myAsset', codes: [] }], 'WRONG_FORMAT'],
    ['no ticket', [{ type: 'myOrder' }], 'NO_TICKET'],
    ['no type', [{ ticket: 't' }, { codes: [] }], 'NO_TYPE'],
    ['what is public', [{ ticket: 't' }, { type: 'ticker', codes: ['KRW-BTC'] }], 'INVALID_PARAM'],
    ['no array', { ticket: 't', type: 'myOrder' }, 'WRONG_FORMAT'],
  ])('refuses %s with an error frame and closes with 1000', async (_, message, name) => {
    const client = await dial().open();
    client.ws.send(JSON.stringify(message));
    expect(await refusalOf(client)).toEqual({ name, code: 1000 });
  });

  it('offers no orders on the public socket', async () => {
    const client = await wire.connect(PUBLIC_PATH).open();
    request(client, { type: 'myOrder' });
    expect((await refusalOf(client)).code).toBe(1000);
  });

  it('answers PING with UP, and is cut after 60 seconds without traffic', async () => {
    const [pinging, silent] = [await dial().open(), await dial().open()];
    pinging.ws.send('PING');
    await pause(50);
    for (let turn = 0; turn < 7; turn++) {
      wire.skip(10_000);
      await pinging.until('one more', () => pinging.frames.length > turn);
    }
    expect((await silent.until('the cut', () => silent.closed)).code).toBe(1006);
    expect([pinging.closed, pinging.frames[0]?.text]).toEqual([undefined, '{"status":"UP"}']);
  });

  it('is closed when its key is revoked, and only then: another key of the venue goes on', async () => {
    const revocable = await signerFor(wire, 'upbit', 'revocable');
    const [client, other] = [await dial(revocable).open(), await listening()];
    request(client, { type: 'myOrder' });
    await pause(60);
    await wire.control('POST', '/accounts', { venue: 'upbit', key: 'revocable', action: 'revoke' });
    expect(await refusalOf(client)).toEqual({ name: 'INVALID_AUTH', code: 1000 });
    const again = dial(revocable);
    expect(await again.until('a refusal', () => again.failed)).toContain('401');
    expect(other.closed).toBeUndefined();
  });

  it('is closed when its key ends by the calendar', async () => {
    const client = await listening();
    wire.skip(365 * 86_400_000);
    const frame = await client.until('the end', () => client.closed ?? client.frames[0]);
    expect('text' in frame ? frame.value.error.name : frame.code).toBe('INVALID_AUTH');
  });

  it('loses, holds up, mutes and cuts as faults say, which name its route', async () => {
    const client = await listening({ type: 'myOrder' });
    const mute = await wire.fault({ kind: 'mute', venue: 'upbit', route: 'private' });
    await post({ ...far, identifier: 'unheard' });
    await wire.control('DELETE', `/faults/${mute}`);
    await wire.fault({ kind: 'delay', route: 'private', ms: 150, count: 1 });
    await post({ ...far, identifier: 'late' });
    await wire.fault({ kind: 'duplicate', stream: 'myOrder:KRW-BTC', count: 1 });
    await post({ ...far, identifier: 'twice' });
    await client.until('all', () => client.frames.length >= 3);
    expect(client.frames.map(({ value }) => value.identifier)).toEqual(['late', 'twice', 'twice']);
    await wire.fault({ kind: 'close', venue: 'upbit', route: 'private', code: 1011 });
    expect((await client.until('the close', () => client.closed)).code).toBe(1011);
    await wire.fault({ kind: 'refuse', route: 'private', status: 503 });
    const next = dial();
    expect(await next.until('a refusal', () => next.failed)).toContain('503');
  });
});
