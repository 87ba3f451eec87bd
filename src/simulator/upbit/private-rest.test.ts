import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KoreanSigner, type Odd, signerFor } from '../test-kit/korean-signer.ts';
import { openKoreanWire } from '../test-kit/korean-wire.ts';
import type { Answered } from '../test-kit/signing-client.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

const DAY = 86_400_000;

let wire: Wire;
let trader: KoreanSigner;
beforeEach(async () => {
  wire = await openKoreanWire('upbit', ['BTC', 'ETH', 'XRP']);
  await wire.control('POST', '/pause');
  trader = await signerFor(wire, 'upbit', 'withdraw');
});
afterEach(() => wire.close());

const wordOf = ({ status, body }: Answered) => [status, body.error?.name ?? 'ok'];

/** Best bid and ask as the ticks of the book. */
async function best(symbol = 'KRW-BTC'): Promise<{ bid: number; ask: number }> {
  const { body } = await wire.control('GET', `/truth/book?venue=upbit&symbol=${symbol}&limit=1`);
  return { bid: Number(body.bids[0][0]), ask: Number(body.asks[0][0]) };
}

async function ledger(key = 'withdraw') {
  return (await wire.control('GET', `/ledger?venue=upbit&key=${key}`)).body;
}

/** A limit bid nobody will meet. */
const far = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: 60_000_000, volume: '0.001' };

describe('who may ask Upbit', () => {
  it.each<[string, Odd, (string | number)[]]>([
    ['HS256', {}, [200, 'ok']],
    ['HS512', { alg: 'HS512' }, [200, 'ok']],
    ['another algorithm', { alg: 'HS384' }, [401, 'jwt_verification']],
    ['no algorithm at all', { alg: 'none' }, [401, 'jwt_verification']],
    ['a wrong secret', { secret: 'wrong' }, [401, 'jwt_verification']],
    ['no nonce', { payload: { nonce: undefined } }, [401, 'jwt_verification']],
    ['an unknown key', { payload: { access_key: 'nobody' } }, [401, 'invalid_access_key']],
    ['another address', { from: '127.0.0.2' }, [200, 'ok']],
  ])('with %s', async (_, odd, answer) => {
    expect(wordOf(await trader.call('GET', '/v1/accounts', {}, odd))).toEqual(answer);
  });

  it('says what is wrong with a key: expired, of another environment, bound to another address, without a token', async () => {
    const [expired, mainnet, bound] = await Promise.all(
      ['expired', 'mainnet', 'trade'].map((name) => signerFor(wire, 'upbit', name)),
    );
    const bare = await wire.rest('/v1/accounts');
    expect([
      wordOf((await expired?.call('GET', '/v1/accounts')) as Answered),
      wordOf((await mainnet?.call('GET', '/v1/accounts')) as Answered),
      wordOf((await bound?.call('GET', '/v1/accounts', {}, { from: '127.0.0.2' })) as Answered),
      wordOf((await bound?.call('GET', '/v1/accounts')) as Answered),
      [bare.status, bare.body.error.name],
    ]).toEqual([
      [401, 'expired_access_key'],
      [401, 'invalid_access_key'],
      [401, 'no_authorization_ip'],
      [200, 'ok'],
      [401, 'no_authorization_token'],
    ]);
  });

  it('takes a nonce once, whatever became of the request', async () => {
    const nonce = 'f0f1f2f3-0000-4000-8000-000000000000';
    const first = await trader.call('GET', '/v1/order', { uuid: 'nobody' }, { nonce });
    expect([wordOf(first), wordOf(await trader.call('GET', '/v1/accounts', {}, { nonce }))]).toEqual([
      [404, 'order_not_found'],
      [401, 'nonce_used'],
    ]);
  });

  it('hashes the query as a person would write it, not as it is sent', async () => {
    const params = { market: 'KRW-BTC', states: ['wait', 'watch'] };
    const right = await trader.call('GET', '/v1/orders/open', params);
    const encoded = await trader.call('GET', '/v1/orders/open', params, {
      hashed: 'market=KRW-BTC&states%5B%5D=wait&states%5B%5D=watch',
    });
    const weak = await trader.call('GET', '/v1/orders/open', params, { hashAlg: 'SHA256' });
    const none = await trader.call('GET', '/v1/orders/open', params, {
      payload: { query_hash: undefined, query_hash_alg: undefined },
    });
    expect([right, encoded, weak, none].map(wordOf)).toEqual([
      [200, 'ok'],
      [401, 'invalid_query_payload'],
      [401, 'invalid_query_payload'],
      [401, 'invalid_query_payload'],
    ]);
  });

  it('takes bodies as JSON alone, hashed in the order of their keys', async () => {
    const form = await trader.call('POST', '/v1/orders/test', far, {
      contentType: 'application/x-www-form-urlencoded',
    });
    const turned = await trader.call('POST', '/v1/orders/test', far, {
      rawBody: JSON.stringify(Object.fromEntries(Object.entries(far).toReversed())),
    });
    const torn = await trader.call('POST', '/v1/orders/test', far, { rawBody: '{"market":' });
    const right = await trader.call('POST', '/v1/orders/test', far);
    expect([form, turned, torn, right].map(wordOf)).toEqual([
      [400, 'validation_error'],
      [401, 'invalid_query_payload'],
      [400, 'validation_error'],
      [201, 'ok'],
    ]);
  });

  it('lets a key do what its groups of rights allow, so that they can be found out by asking', async () => {
    const asked = {
      assets: ['GET', '/v1/accounts', {}],
      orders: ['GET', '/v1/orders/open', {}],
      ordering: ['POST', '/v1/orders/test', far],
      withdrawals: ['GET', '/v1/withdraws', {}],
      takingBack: ['DELETE', '/v1/withdraws/coin', { uuid: '00000000-0000-4000-8000-000000000000' }],
      deposits: ['GET', '/v1/deposits', {}],
      pockets: ['GET', '/v1/pockets/transfers', {}],
    } as const;
    const rights: Record<string, string> = {};
    for (const name of ['trade', 'read-only', 'no-read', 'withdraw', 'transfer']) {
      const signer = await signerFor(wire, 'upbit', name);
      const allowed = [];
      for (const [what, [method, path, params]] of Object.entries(asked)) {
        const answer = await signer.call(method, path, params);
        // There is no withdrawal to take back; whoever hears so may take back.
        if (answer.status < 300 || answer.status === 404) allowed.push(what);
        else expect(wordOf(answer)).toEqual([401, 'out_of_scope']);
      }
      rights[name] = allowed.join(' ');
    }
    expect(rights).toEqual({
      trade: 'assets orders ordering',
      'read-only': 'assets orders',
      'no-read': 'ordering',
      withdraw: 'assets orders ordering withdrawals takingBack deposits',
      transfer: 'assets orders ordering deposits pockets',
    });
  });

  it('tells of keys when they end, and nothing of what they may do', async () => {
    const { body } = await (await signerFor(wire, 'upbit', 'trade')).call('GET', '/v1/api_keys');
    expect(body.length).toBe(2);
    for (const row of body) {
      expect(row).toEqual({
        access_key: expect.any(String),
        expire_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/),
      });
    }
  });

  it('refuses a key that was revoked while it was in use, and takes it again once it is given back', async () => {
    const signer = await signerFor(wire, 'upbit', 'revocable');
    const answers = [wordOf(await signer.call('GET', '/v1/accounts'))];
    for (const action of ['revoke', 'restore']) {
      await wire.control('POST', '/accounts', { venue: 'upbit', key: 'revocable', action });
      answers.push(wordOf(await signer.call('GET', '/v1/accounts')));
    }
    expect(answers).toEqual([
      [200, 'ok'],
      [401, 'invalid_access_key'],
      [200, 'ok'],
    ]);
  });

  it('keeps every private request in the order they came, without token and signature', async () => {
    await trader.call('POST', '/v1/orders', { ...far, identifier: 'noted-1' });
    await trader.call('GET', '/v1/order', { identifier: 'nobody' });
    await trader.call('GET', '/v1/accounts', {}, { secret: 'wrong' });
    const { body } = await wire.control('GET', '/requests?venue=upbit');
    const told = body.requests.map(
      ({ method, path, params, key, status, code }: Record<string, unknown>) => ({
        method,
        path,
        params,
        key,
        status,
        code,
      }),
    );
    expect(told).toEqual([
      {
        method: 'POST',
        path: '/v1/orders',
        params: { ...far, price: '60000000', identifier: 'noted-1' },
        key: 'withdraw',
        status: 201,
      },
      {
        method: 'GET',
        path: '/v1/order',
        params: { identifier: 'nobody' },
        key: 'withdraw',
        status: 404,
        code: 'order_not_found',
      },
      {
        method: 'GET',
        path: '/v1/accounts',
        params: {},
        key: 'withdraw',
        status: 401,
        code: 'jwt_verification',
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(trader.key.secret);
    expect(JSON.stringify(body)).not.toContain('eyJ');
  });
});

describe('accounts and orders of Upbit', () => {
  it('tells what is there without what is locked, and locks the fee with the total', async () => {
    const before = await ledger();
    const { body: order } = await trader.call('POST', '/v1/orders', far);
    const { body: rows } = await trader.call('GET', '/v1/accounts');
    const won = before.balances.find((one: { currency: string }) => one.currency === 'KRW');
    const row = rows.find((one: { currency: string }) => one.currency === 'KRW');
    expect(order).toMatchObject({
      state: 'wait',
      ord_type: 'limit',
      side: 'bid',
      price: '60000000',
      volume: '0.001',
      remaining_volume: '0.001',
      reserved_fee: '30',
      locked: '60030',
      trades_count: 0,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/),
    });
    expect([Number(row.locked), Number(row.balance)]).toEqual([
      Number(won.used) + 60_030,
      Number(won.total) - Number(won.used) - 60_030,
    ]);
  });

  it('answers a cancel with the order as it still waits, and cancels it a moment later', async () => {
    const { body: order } = await trader.call('POST', '/v1/orders', { ...far, identifier: 'mine-1' });
    const { body: asked } = await trader.call('DELETE', '/v1/order', { identifier: 'mine-1' });
    await pause(60);
    const { body: found } = await trader.call('GET', '/v1/order', { uuid: order.uuid });
    const again = await trader.call('DELETE', '/v1/order', { uuid: order.uuid });
    expect([asked.state, asked.locked, found.state, found.locked, wordOf(again)]).toEqual([
      'wait',
      '60030',
      'cancel',
      '0',
      [404, 'order_not_found'],
    ]);
  });

  it('ends a market buy with the cancel of what it could not spend, though it was filled', async () => {
    const { body: placed } = await trader.call('POST', '/v1/orders', {
      market: 'KRW-BTC',
      side: 'bid',
      ord_type: 'price',
      price: '55555',
    });
    const { body: order } = await trader.call('GET', '/v1/order', { uuid: placed.uuid });
    const spent = Number(order.executed_funds);
    expect({ ...order, ...{} }).toMatchObject({
      ord_type: 'price',
      state: 'cancel',
      price: '55555',
      volume: null,
      remaining_volume: null,
      trades_count: order.trades.length,
    });
    expect([spent > 55_000, spent < 55_555, Number(order.executed_volume) > 0]).toEqual([true, true, true]);
    const sum = order.trades.reduce(
      (total: number, { funds }: { funds: string }) => total + Number(funds),
      0,
    );
    expect([sum, Number(order.paid_fee)]).toEqual([
      expect.closeTo(spent, 6),
      expect.closeTo(spent * 0.0005, 6),
    ]);
  });

  it('sells at the market and at best, ends what only takes, and refuses to take with what must not', async () => {
    const { bid, ask } = await best();
    const buy = { market: 'KRW-BTC', side: 'bid', ord_type: 'best', price: '100000', time_in_force: 'ioc' };
    const post = { ...far, time_in_force: 'post_only', price: ask };
    const [bought, posted, killed] = [
      await trader.call('POST', '/v1/orders', buy),
      await trader.call('POST', '/v1/orders', post),
      await trader.call('POST', '/v1/orders', { ...far, price: bid - 1000, time_in_force: 'fok' }),
    ];
    const volume = bought.body.executed_volume;
    const sold = await trader.call('POST', '/v1/orders', {
      market: 'KRW-BTC',
      side: 'ask',
      ord_type: 'market',
      volume,
    });
    expect([bought, posted, killed, sold].map(({ body }) => [body.ord_type, body.state, body.price])).toEqual(
      [
        ['best', 'cancel', '100000'],
        ['limit', 'cancel', String(ask)],
        ['limit', 'cancel', String(bid - 1000)],
        ['market', 'done', null],
      ],
    );
    expect([posted.body.executed_volume, killed.body.executed_volume, sold.body.executed_volume]).toEqual([
      '0',
      '0',
      volume,
    ]);
  });

  it.each<[string, Record<string, string | number | undefined>, string]>([
    ['a price off its tick', { price: 60_000_500 }, 'invalid_price_bid'],
    ['a price that is none', { price: '6e7' }, 'invalid_price_bid'],
    ['too little', { volume: '0.00008' }, 'under_min_total_bid'],
    ['too much', { volume: '1000' }, 'over_max_total_bid'],
    ['more digits than there are', { volume: '0.001000001' }, 'invalid_volume_bid'],
    ['more than there is', { volume: '10' }, 'insufficient_funds_bid'],
    ['coins nobody has', { side: 'ask', price: 200_000_000, volume: '5' }, 'insufficient_funds_ask'],
    ['no volume', { volume: undefined }, 'validation_error'],
    ['no side', { side: 'long' }, 'validation_error'],
    ['a type there is not', { ord_type: 'stop' }, 'validation_error'],
    ['a total and a volume', { ord_type: 'price' }, 'validation_error'],
    ['a sale by total', { ord_type: 'price', side: 'ask', volume: undefined }, 'validation_error'],
    ['the best price without a time', { ord_type: 'best', volume: undefined }, 'validation_error'],
    ['a market there is not', { market: 'KRW-NOPE' }, 'validation_error'],
    ['two ways not to meet oneself', { time_in_force: 'post_only', smp_type: 'reduce' }, 'validation_error'],
    [
      'more than thirty levels hold',
      { ord_type: 'price', price: 999_999_999, volume: undefined },
      'create_bid_error',
    ],
  ])('refuses %s, tested or in earnest', async (_, change, name) => {
    const order = Object.fromEntries(
      Object.entries({ ...far, ...change }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const answers = [
      await trader.call('POST', '/v1/orders/test', order),
      await trader.call('POST', '/v1/orders', order),
    ];
    // How deep thirty levels are depends on the market of the day.
    const names = name === 'create_bid_error' ? [name, 'insufficient_funds_bid'] : [name];
    for (const answer of answers) {
      expect([answer.status, names.includes(answer.body.error?.name), answer.body.error?.name]).toEqual([
        400,
        true,
        expect.any(String),
      ]);
    }
  });

  it('uses an identifier up even with a request it refuses, and never forgets it', async () => {
    const refused = await trader.call('POST', '/v1/orders', {
      ...far,
      price: 60_000_500,
      identifier: 'once',
    });
    const retried = await trader.call('POST', '/v1/orders', { ...far, identifier: 'once' });
    const poor = await trader.call('POST', '/v1/orders', { ...far, volume: '10', identifier: 'twice' });
    const again = await trader.call('POST', '/v1/orders', { ...far, identifier: 'twice' });
    const good = await trader.call('POST', '/v1/orders', { ...far, identifier: 'thrice' });
    await trader.call('DELETE', '/v1/order', { identifier: 'thrice' });
    await pause(60);
    const late = await trader.call('POST', '/v1/orders', { ...far, identifier: 'thrice' });
    expect([refused, retried, poor, again, good, late].map(wordOf)).toEqual([
      [400, 'invalid_price_bid'],
      [400, 'duplicate_identifier'],
      [400, 'insufficient_funds_bid'],
      [400, 'duplicate_identifier'],
      [201, 'ok'],
      [400, 'duplicate_identifier'],
    ]);
  });

  it('finds an order by either id, its own first', async () => {
    const { body: one } = await trader.call('POST', '/v1/orders', { ...far, identifier: 'one' });
    const { body: two } = await trader.call('POST', '/v1/orders', { ...far, identifier: 'two' });
    const found = await trader.call('GET', '/v1/order', { uuid: one.uuid, identifier: 'two' });
    const none = await trader.call('GET', '/v1/order');
    const stranger = await (await signerFor(wire, 'upbit', 'transfer')).call('GET', '/v1/order', {
      uuid: one.uuid,
    });
    expect([found.body.identifier, wordOf(none), wordOf(stranger)]).toEqual([
      'one',
      [400, 'validation_error'],
      [404, 'order_not_found'],
    ]);
    const many = await trader.call('GET', '/v1/orders/uuids', { uuids: [two.uuid, 'nobody', one.uuid] });
    const byId = await trader.call('GET', '/v1/orders/uuids', { identifiers: ['one', 'three'] });
    expect([many.body, byId.body].map((rows) => rows.map(({ identifier }: never) => identifier))).toEqual([
      ['two', 'one'],
      ['one'],
    ]);
  });

  it('lists open orders by page, newest first, and ended ones of seven days at most', async () => {
    for (const identifier of ['a', 'b', 'c']) await trader.call('POST', '/v1/orders', { ...far, identifier });
    const idsOf = (answer: Answered) =>
      answer.body.map(({ identifier }: { identifier?: string }) => identifier);
    const first = await trader.call('GET', '/v1/orders/open', { limit: 2 });
    const second = await trader.call('GET', '/v1/orders/open', { limit: 2, page: 2 });
    const oldest = await trader.call('GET', '/v1/orders/open', { limit: 100, order_by: 'asc' });
    expect([idsOf(first), idsOf(second)[0], idsOf(oldest).slice(-3)]).toEqual([
      ['c', 'b'],
      'a',
      ['a', 'b', 'c'],
    ]);
    await trader.call('DELETE', '/v1/order', { identifier: 'b' });
    await pause(60);
    const { now } = (await wire.control('GET', '/stats')).body;
    const at = (days: number) => now - days * DAY;
    const asked = [
      {},
      { states: ['done'] },
      { start_time: at(6), end_time: now + 1000 },
      { start_time: at(8), end_time: at(6) },
      { start_time: at(8), end_time: now },
      { states: ['wait'] },
    ];
    const answers = [];
    for (const params of asked) {
      const answer = await trader.call('GET', '/v1/orders/closed', params);
      answers.push(answer.status === 200 ? idsOf(answer) : wordOf(answer));
    }
    expect(answers).toEqual([['b'], [], ['b'], [], [400, 'validation_error'], [400, 'validation_error']]);
  });

  it('pages through many open orders without losing or repeating one', async () => {
    const busy = await signerFor(wire, 'upbit', 'busy');
    const pages = [];
    for (let page = 1; page <= 3; page++) {
      pages.push((await busy.call('GET', '/v1/orders/open', { limit: 100, page, order_by: 'asc' })).body);
    }
    const { openOrders } = await ledger('busy');
    expect(pages.map((rows) => rows.length)).toEqual([100, openOrders.length - 100, 0]);
    expect(
      pages.flat().map(({ price, volume, side }: Record<string, string>) => `${side} ${volume} at ${price}`),
    ).toEqual(
      openOrders.map(
        ({ price, quantity, side }: Record<string, string>) =>
          `${side === 'buy' ? 'bid' : 'ask'} ${quantity} at ${price}`,
      ),
    );
  });

  it('cancels everything at once, once in two seconds', async () => {
    for (const identifier of ['a', 'b']) await trader.call('POST', '/v1/orders', { ...far, identifier });
    const all = await trader.call('DELETE', '/v1/orders/open', {
      cancel_side: 'bid',
      pairs: 'KRW-BTC,KRW-ETH',
    });
    const hasty = await trader.call('DELETE', '/v1/orders/open');
    await pause(60);
    const left = await trader.call('GET', '/v1/orders/open');
    wire.skip(2000);
    const later = await trader.call('DELETE', '/v1/orders/open');
    expect([all.body.failed, all.body.success.count >= 2, left.body, wordOf(hasty), later.status]).toEqual([
      { count: 0, orders: [] },
      true,
      [],
      [429, 'too_many_requests'],
      200,
    ]);
  });

  it('puts a new order in the place of an old one', async () => {
    const { body: old } = await trader.call('POST', '/v1/orders', { ...far, identifier: 'old' });
    const { status, body } = await trader.call('POST', '/v1/orders/cancel_and_new', {
      prev_order_uuid: old.uuid,
      new_ord_type: 'limit',
      new_price: 61_000_000,
      new_volume: 'remain_only',
      new_identifier: 'new',
    });
    const { body: fresh } = await trader.call('GET', '/v1/order', { uuid: body.new_order_uuid });
    const { body: gone } = await trader.call('GET', '/v1/order', { identifier: 'old' });
    expect([status, body.uuid, fresh.identifier, fresh.price, fresh.volume, fresh.state, gone.state]).toEqual(
      [201, old.uuid, 'new', '61000000', '0.001', 'wait', 'cancel'],
    );
  });

  it('counts requests by account and group, says what is left, and blocks who does not stop', async () => {
    wire.skip(3000);
    const left = [];
    const other = await signerFor(wire, 'upbit', 'trade');
    for (let turn = 0; turn < 3; turn++) {
      const { headers } = await trader.call('POST', '/v1/orders/test', far);
      left.push(headers['remaining-req']);
    }
    const { headers } = await other.call('GET', '/v1/accounts');
    expect(left[0]).toMatch(/^group=order-test; min=\d+; sec=11$/);
    expect(headers['remaining-req']).toMatch(/^group=default; min=\d+; sec=(29|28)$/);
    const statuses = new Set<number>();
    for (let turn = 0; turn < 20 && !statuses.has(418); turn++) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => trader.call('POST', '/v1/orders/test', far)),
      );
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses].toSorted()).toEqual([201, 418, 429]);
  });

  it('tells what may be ordered of a market, and with what', async () => {
    const { body } = await trader.call('GET', '/v1/orders/chance', { market: 'KRW-ETH' });
    expect(body).toMatchObject({
      bid_fee: '0.0005',
      maker_ask_fee: '0.0005',
      market: { id: 'KRW-ETH', bid: { currency: 'KRW', min_total: '5000' }, state: 'active' },
      bid_account: { currency: 'KRW' },
      ask_account: { currency: 'ETH', balance: '0', locked: '0' },
    });
  });

  it('fails as told by a fault, in the words of the venue, and keeps note of it', async () => {
    await wire.fault({ kind: 'rest', venue: 'upbit', path: '/v1/orders', status: 503, count: 1 });
    await wire.fault({
      kind: 'rest',
      venue: 'upbit',
      path: '/v1/accounts',
      status: 401,
      msg: 'nonce_used',
      count: 1,
    });
    const answers = [
      await trader.call('POST', '/v1/orders', { ...far, identifier: 'lost' }),
      await trader.call('GET', '/v1/accounts'),
      await trader.call('GET', '/v1/order', { identifier: 'lost' }),
    ];
    expect(answers.map(wordOf)).toEqual([
      [503, 'server_error'],
      [401, 'nonce_used'],
      [404, 'order_not_found'],
    ]);
    const { body } = await wire.control('GET', '/requests?venue=upbit');
    expect(body.requests.map(({ status }: { status: number }) => status)).toEqual([503, 401, 404]);
  });
});
