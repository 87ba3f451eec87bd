import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type KoreanSigner, type Odd, type Params, signerFor } from '../test-kit/korean-signer.ts';
import { openKoreanWire } from '../test-kit/korean-wire.ts';
import type { Answered } from '../test-kit/signing-client.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

const HOUR = 3_600_000;
/** An order is ready by then, and a cancel done. */
const SETTLED_MS = 90;

let wire: Wire;
let trader: KoreanSigner;
beforeEach(async () => {
  wire = await openKoreanWire('bithumb', ['BTC', 'ETH', 'XRP']);
  await wire.control('POST', '/pause');
  trader = await signerFor(wire, 'bithumb', 'withdraw');
});
afterEach(() => wire.close());

const wordOf = ({ status, body }: Answered) => [status, body.error?.name ?? 'ok'];
const far = { market: 'KRW-BTC', side: 'bid', order_type: 'limit', price: 60_000_000, volume: '0.001' };

async function place(more: Params = {}): Promise<string> {
  const { status, body } = await trader.call('POST', '/v2/orders', { ...far, ...more });
  expect(status).toBe(201);
  await pause(SETTLED_MS);
  return body.order_id;
}

describe('who may ask Bithumb', () => {
  it.each<[string, Odd, (string | number)[]]>([
    ['HS256', {}, [200, 'ok']],
    ['HS512, which is not taken here', { alg: 'HS512' }, [401, 'jwt_verification']],
    ['a wrong secret', { secret: 'wrong' }, [401, 'jwt_verification']],
    ['an unknown key', { payload: { access_key: 'nobody' } }, [401, 'jwt_verification']],
    ['no time', { payload: { timestamp: undefined } }, [401, 'jwt_verification']],
    ['a time in words', { payload: { timestamp: '2026-11-21' } }, [401, 'jwt_verification']],
    ['a time in seconds', { now: systemClock.now() / 1000 }, [401, 'expired_jwt']],
    ['a clock an hour slow', { now: systemClock.now() - HOUR }, [401, 'expired_jwt']],
    ['a clock an hour fast', { now: systemClock.now() + HOUR }, [401, 'expired_jwt']],
    ['a clock five seconds slow', { now: systemClock.now() - 5000 }, [200, 'ok']],
  ])('with %s', async (_, odd, answer) => {
    expect(wordOf(await trader.call('GET', '/v1/accounts', {}, odd))).toEqual(answer);
  });

  it('measures time by its own clock, which its Date header tells', async () => {
    await wire.fault({ kind: 'clockSkew', venue: 'bithumb', ms: HOUR });
    const early = await trader.call('GET', '/v1/accounts');
    const told = Date.parse(String(early.headers['date']));
    const right = await trader.call('GET', '/v1/accounts', {}, { now: told });
    expect([wordOf(early), wordOf(right)]).toEqual([
      [401, 'expired_jwt'],
      [200, 'ok'],
    ]);
  });

  it('takes a token once, from its own address, of a key that has not ended', async () => {
    const nonce = 'bbbbbbbb-0000-4000-8000-000000000000';
    const main = await signerFor(wire, 'bithumb', 'trade');
    const answers = [
      await trader.call('GET', '/v1/accounts', {}, { nonce }),
      await trader.call('GET', '/v1/accounts', {}, { nonce }),
      await main.call('GET', '/v1/accounts', {}, { from: '127.0.0.2' }),
      await (await signerFor(wire, 'bithumb', 'expired')).call('GET', '/v1/accounts'),
      await (await signerFor(wire, 'bithumb', 'mainnet')).call('GET', '/v1/accounts'),
    ];
    expect(answers.map(wordOf)).toEqual([
      [200, 'ok'],
      [401, 'jwt_verification'],
      [401, 'NotAllowIP'],
      [401, 'jwt_verification'],
      [401, 'jwt_verification'],
    ]);
  });

  it('hashes lists as k[]=v, of the query un-encoded and of the body in its order', async () => {
    const ids = ['C0101000000000000001', 'C0101000000000000002'];
    const asked = [
      await trader.call('GET', '/v1/orders', { market: 'KRW-BTC', uuids: ids }),
      await trader.call('POST', '/v2/orders/search', { order_ids: ids }),
      await trader.call(
        'POST',
        '/v2/orders/search',
        { order_ids: ids },
        { hashed: `order_ids=${ids.join(',')}` },
      ),
      await trader.call(
        'GET',
        '/v2/orders/history',
        { start_time: '2026-11-20T00:00:00+09:00' },
        {
          hashed: 'start_time=2026-11-20T00%3A00%3A00%2B09%3A00',
        },
      ),
    ];
    expect(asked.map(wordOf)).toEqual([
      [200, 'ok'],
      [200, 'ok'],
      [401, 'invalid_query_payload'],
      [401, 'invalid_query_payload'],
    ]);
  });

  it('lets a key do what it has the rights to, so that they can be found out by asking', async () => {
    const asked = {
      assets: ['GET', '/v1/accounts', {}],
      orders: ['GET', '/v2/orders/pending', {}],
      ordering: ['DELETE', '/v2/order', { order_id: 'nobody' }],
      withdrawals: ['GET', '/v1/withdraws', {}],
      sending: ['POST', '/v1/withdraws/krw', { amount: '5000' }],
      deposits: ['GET', '/v1/deposits', {}],
    } as const;
    const rights: Record<string, string> = {};
    for (const name of ['trade', 'read-only', 'no-read', 'withdraw']) {
      const signer = await signerFor(wire, 'bithumb', name);
      const allowed = [];
      for (const [what, [method, path, params]] of Object.entries(asked)) {
        const [, word] = wordOf(await signer.call(method, path, params));
        if (word !== 'out_of_scope') allowed.push(`${what} ${word}`);
      }
      rights[name] = allowed.join(', ');
    }
    expect(rights).toEqual({
      trade: 'assets ok, orders ok, ordering order_not_found',
      'read-only': 'assets ok, orders ok',
      'no-read': 'ordering order_not_found',
      withdraw:
        'assets ok, orders ok, ordering order_not_found, withdrawals ok, sending invalid_parameter, deposits ok',
    });
  });

  it('refuses a key that was revoked while it was in use', async () => {
    const signer = await signerFor(wire, 'bithumb', 'revocable');
    const before = await signer.call('GET', '/v1/accounts');
    await wire.control('POST', '/accounts', { venue: 'bithumb', key: 'revocable', action: 'revoke' });
    expect([wordOf(before), wordOf(await signer.call('GET', '/v1/accounts'))]).toEqual([
      [200, 'ok'],
      [401, 'jwt_verification'],
    ]);
    const { body } = await wire.control('GET', '/requests?venue=bithumb');
    expect(body.requests.map(({ key, status }: never) => [key, status])).toEqual([
      ['revocable', 200],
      ['revocable', 401],
    ]);
  });
});

describe('orders of Bithumb', () => {
  it('takes an order without a word about what became of it', async () => {
    const { status, body } = await trader.call('POST', '/v2/orders', { ...far, client_order_id: 'mine-1' });
    await pause(SETTLED_MS);
    const found = await trader.call('GET', '/v1/order', { uuid: body.order_id });
    expect([status, body, found.body.state, found.body.trades]).toEqual([
      201,
      {
        order_id: expect.stringMatching(/^C0101\d{15}$/),
        market: 'KRW-BTC',
        side: 'bid',
        order_type: 'limit',
        created_at: expect.stringMatching(/\+09:00$/),
        stp_type: 'cancel_taker',
        client_order_id: 'mine-1',
      },
      'wait',
      [],
    ]);
  });

  it('takes back only its own word for an id it has seen: the same order, not another', async () => {
    const id = await place({ client_order_id: 'again' });
    const { status, body } = await trader.call('POST', '/v2/orders', { ...far, client_order_id: 'again' });
    const refused = await trader.call('POST', '/v2/orders', { ...far, price: 1, client_order_id: 'free' });
    const retried = await trader.call('POST', '/v2/orders', { ...far, client_order_id: 'free' });
    expect([status, body.order_id, wordOf(refused)[0], wordOf(retried)]).toEqual([201, id, 400, [201, 'ok']]);
    const { body: ledger } = await wire.control('GET', '/ledger?venue=bithumb&key=withdraw');
    const ids = ledger.openOrders.map(({ clientOrderId }: { clientOrderId?: string }) => clientOrderId);
    expect(ids.filter((one?: string) => one === 'again').length).toBe(1);
  });

  it('counts what only takes as done with whatever it got, and as canceled with nothing', async () => {
    // As much as the best level may cost.
    const gift = {
      venue: 'bithumb',
      key: 'withdraw',
      action: 'deposit',
      currency: 'KRW',
      quantity: '100000000',
    };
    await wire.control('POST', '/accounts', gift);
    // What is read of the book has to stand there until it is taken.
    await wire.control('POST', '/pause');
    const { body: book } = await wire.control('GET', '/truth/book?venue=bithumb&symbol=KRW-BTC&limit=1');
    const [ask, depth] = book.asks[0] as [string, string];
    const some = String(Number((Number(depth) + 0.001).toFixed(4)));
    const part = await place({ price: ask, volume: some, time_in_force: 'ioc' });
    const none = await place({ time_in_force: 'ioc' });
    const all = await place({ volume: '0.01', time_in_force: 'fok' });
    const post = await place({ price: String(Number(ask) + 100_000), time_in_force: 'post_only' });
    const spent = await trader.call('POST', '/v2/orders', {
      market: 'KRW-BTC',
      side: 'bid',
      order_type: 'price',
      price: '55555',
    });
    await wire.control('POST', '/resume');
    await pause(SETTLED_MS);
    const orders = [];
    for (const uuid of [part, none, all, post, spent.body.order_id]) {
      orders.push((await trader.call('GET', '/v1/order', { uuid })).body);
    }
    expect(orders.map(({ state, cancel_type }) => [state, cancel_type])).toEqual([
      ['done', undefined],
      ['cancel', 'tif_cancel'],
      ['cancel', 'tif_cancel'],
      ['cancel', 'tif_cancel'],
      ['done', undefined],
    ]);
    const [first] = orders;
    expect([
      Number(first.executed_volume) < Number(first.volume),
      Number(first.remaining_volume) > 0,
    ]).toEqual([true, true]);
    const funds = first.trades.reduce((sum: number, one: { funds: string }) => sum + Number(one.funds), 0);
    expect([Number(first.executed_funds), Number(first.paid_fee)]).toEqual([
      expect.closeTo(funds, 6),
      expect.closeTo(funds * 0.0025, 6),
    ]);
  });

  it('cancels one, or many each by itself', async () => {
    const ids = [await place(), await place({ client_order_id: 'two' }), await place()];
    const one = await trader.call('DELETE', '/v2/order', { client_order_id: 'two' });
    await pause(SETTLED_MS);
    const many = await trader.call('POST', '/v2/orders/cancel', {
      order_ids: [ids[0], ids[1], 'nobody'] as string[],
    });
    await pause(SETTLED_MS);
    const found = await trader.call('GET', '/v1/order', { uuid: ids[0] as string });
    expect([one.status, one.body.order_id, many.body, found.body.state, found.body.cancel_type]).toEqual([
      200,
      ids[1],
      {
        success: [{ order_id: ids[0], created_at: expect.any(String) }],
        fail: [
          { order_id: ids[1], error: { name: 'order_not_found', message: expect.any(String) } },
          { order_id: 'nobody', error: { name: 'order_not_found', message: expect.any(String) } },
        ],
      },
      'cancel',
      'user',
    ]);
    expect((await trader.call('DELETE', '/v2/orders/open')).status).toBe(404);
  });

  it('lists by a key from page to page, in the names of version 2, and by number in those of version 1', async () => {
    const ids = [await place(), await place(), await place({ client_order_id: 'last' })];
    const pages = [];
    let key: string | null = null;
    do {
      const { body }: Answered = await trader.call('GET', '/v2/orders/pending', {
        limit: 2,
        order_by: 'asc',
        market: 'KRW-BTC',
        ...(key === null ? {} : { next_key: key }),
      });
      pages.push(body.orders.map(({ order_id }: { order_id: string }) => order_id));
      expect(body.has_next).toBe(body.next_key !== null);
      key = body.next_key;
    } while (key !== null);
    expect(pages.flat().slice(-3)).toEqual(ids);
    const { body: old } = await trader.call('GET', '/v1/orders', { limit: 2, page: 1, state: 'wait' });
    const { body: searched } = await trader.call('POST', '/v2/orders/search', {
      client_order_ids: ['last', 'none'],
    });
    expect([
      old.map(({ uuid, ord_type }: Record<string, unknown>) => [uuid, ord_type]),
      searched.orders.map((one: Record<string, unknown>) => [
        one['order_id'],
        one['order_type'],
        one['uuid'],
      ]),
    ]).toEqual([
      [
        [ids[2], 'limit'],
        [ids[1], 'limit'],
      ],
      [[ids[2], 'limit', undefined]],
    ]);
    await trader.call('DELETE', '/v2/order', { order_id: ids[2] as string });
    await pause(SETTLED_MS);
    const history = await trader.call('GET', '/v2/orders/history', { states: ['cancel'] });
    const wide = await trader.call('GET', '/v2/orders/history', {
      start_time: 1,
      end_time: systemClock.now(),
    });
    expect([history.body.orders[0].client_order_id, wordOf(wide)[0]]).toEqual(['last', 400]);
  });

  it('leads by keys through many open orders without losing or repeating one', async () => {
    const busy = await signerFor(wire, 'bithumb', 'busy');
    const found: string[] = [];
    let key: string | null = null;
    do {
      const params: Params = { limit: 70, ...(key === null ? {} : { next_key: key }) };
      const { body }: Answered = await busy.call('GET', '/v2/orders/pending', params);
      found.push(...body.orders.map(({ price, volume }: Record<string, string>) => `${volume} at ${price}`));
      key = body.next_key;
    } while (key !== null);
    const { body: ledger } = await wire.control('GET', '/ledger?venue=bithumb&key=busy');
    expect(found.length).toBeGreaterThan(140);
    expect(found.toReversed()).toEqual(
      ledger.openOrders.map(({ price, quantity }: Record<string, string>) => `${quantity} at ${price}`),
    );
  });

  it.each<[string, Params, string]>([
    ['a price off its tick', { price: 60_000_500 }, 'invalid_price_bid'],
    ['a price that is none', { price: 'much' }, 'invalid_price'],
    ['too little', { volume: '0.00005' }, 'under_min_total_bid'],
    ['more than there is', { volume: '10' }, 'insufficient_funds_bid'],
    ['the other venue’s word for the type', { order_type: '', ord_type: 'limit' }, 'invalid_parameter'],
    ['an id that is too long', { client_order_id: 'x'.repeat(37) }, 'invalid_parameter'],
    ['an id with a blank', { client_order_id: 'a b' }, 'invalid_parameter'],
    ['a market there is not', { market: 'BTC' }, 'invalid_parameter'],
  ])('refuses %s', async (_, change, name) => {
    expect(wordOf(await trader.call('POST', '/v2/orders', { ...far, ...change }))).toEqual([400, name]);
  });

  it('tells what is there, and says with every answer how much may still be asked', async () => {
    await place();
    const { body: rows, headers } = await trader.call('GET', '/v1/accounts');
    const { body: ledger } = await wire.control('GET', '/ledger?venue=bithumb&key=withdraw');
    const won = ledger.balances.find(({ currency }: { currency: string }) => currency === 'KRW');
    const row = rows.find(({ currency }: { currency: string }) => currency === 'KRW');
    const locked = ledger.openOrders.reduce(
      (sum: number, one: { price: string; quantity: string }) =>
        sum + Number(one.price) * Number(one.quantity) * 1.0025,
      0,
    );
    expect([Number(row.locked), Number(row.balance) + Number(row.locked), Number(row.locked)]).toEqual([
      Number(won.used),
      Number(won.total),
      expect.closeTo(locked, 6),
    ]);
    expect(headers).toMatchObject({
      'x-ratelimit-burst-capacity': '140',
      'x-ratelimit-replenish-rate': '140',
      'x-ratelimit-requested-tokens': '1',
      'x-ratelimit-remaining': expect.stringMatching(/^13\d$/),
    });
  });
});
