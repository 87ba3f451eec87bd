import Big from 'big.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { pause } from '#simulator/test-kit/wire.ts';
import type { AccountRefusal, SignedCall } from '#venues/account.ts';
import { bithumbAccount } from '#venues/bithumb/account.ts';
import type { OrderVerdict, TradingVenue } from '#venues/order.ts';
import { upbitAccount } from '#venues/upbit/account.ts';
import { type KoreanAccountStage, openKoreanAccountStage } from '../test-kit/korean-account-stage.ts';
import type { AccountClient } from './account-client.ts';

/** For so long Bithumb knows nothing of an order it has just taken. */
const REGISTERING_MS = 100;
const COINS = ['BTC', 'ETH', 'XRP'];
const VENUES = { upbit: upbitAccount as TradingVenue, bithumb: bithumbAccount as TradingVenue } as const;
const WORDS = {
  upbit: { place: '/v1/orders', cancel: '/v1/order', clientId: 'identifier' },
  bithumb: { place: '/v2/orders', cancel: '/v2/order', clientId: 'client_order_id' },
} as const;

describe.each(['upbit', 'bithumb'] as const)('orders at the simulated %s', (venue) => {
  const { orders, rest } = VENUES[venue];
  const words = WORDS[venue];
  const instrument = instrumentId(`${venue}:BTC-KRW`);
  const account = accountId(`${venue}#abc123`);
  let stage: KoreanAccountStage;
  let client: AccountClient;
  let bid: string;
  let ask: string;
  let deep: string;
  /** Takes, however thin the book is. */
  let high: string;
  let count = 0;

  beforeEach(async () => {
    stage = await openKoreanAccountStage(venue, COINS);
    ({ client } = await stage.clientOf('trade'));
    ({ bid, ask } = await stage.pricesOf());
    deep = new Big(bid).minus(1_000_000).toFixed();
    high = new Big(ask).plus(1_000_000).toFixed();
  });
  afterEach(() => stage.close());

  const newId = () => `o${String(++count).padStart(19, '0')}`;

  function limit(changes: Partial<OrderRequest> = {}): OrderRequest {
    return {
      account,
      instrument,
      clientOrderId: newId(),
      side: 'buy',
      type: 'limit',
      isMarket: false,
      timeInForce: 'GTC',
      quantity: '0.001',
      price: deep,
      reduceOnly: false,
      closePosition: false,
      leg: 'both',
      notional: '100000',
      ...changes,
    };
  }

  function market(side: 'buy' | 'sell'): OrderRequest {
    const { price: _, ...rest } = limit({ type: 'market', isMarket: true, timeInForce: 'IOC', side });
    return rest;
  }

  const ref = (ids: { readonly venueOrderId?: string; readonly clientOrderId?: string }) => ({
    account,
    instrument,
    isConditional: false,
    ...ids,
  });

  async function requests(path: string) {
    const { body } = await stage.wire.control('GET', `/requests?venue=${venue}`);
    return body.requests.filter((one: { path: string }) => one.path === path);
  }

  /** What a refused call proves, by the way the engine finds it out, and the venue's own word for it. */
  async function refusalOf(
    action: 'place' | 'cancel',
    call: SignedCall<unknown>,
    by = client,
  ): Promise<readonly [OrderVerdict | 'accepted', string]> {
    try {
      await by.call(call);
      return ['accepted', ''];
    } catch (fault) {
      if (!(fault instanceof HeartlineError)) throw fault;
      const { status, venueCode } = fault.details;
      const code = fault.code.replace('account.', '') as AccountRefusal['code'];
      const refusal = { code, venueCode: String(venueCode), message: fault.message };
      return [orders.verdictOf(action, Number(status), refusal), refusal.venueCode];
    }
  }

  async function verdictOf(...asked: Parameters<typeof refusalOf>): Promise<OrderVerdict | 'accepted'> {
    const [verdict] = await refusalOf(...asked);
    return verdict;
  }

  test('leave once each, in the venue’s words, and are found and told of by our id', async () => {
    const ear = await stage.listen(client);
    const kinds: readonly (readonly [OrderRequest, readonly string[]])[] = [
      [limit(), ['NEW', '0']],
      [limit({ price: high, timeInForce: 'IOC', isMarket: true }), ['FILLED', '0.001']],
      [limit({ timeInForce: 'IOC' }), ['EXPIRED', '0']],
      [limit({ timeInForce: 'FOK' }), ['EXPIRED', '0']],
      [limit({ timeInForce: 'GTX' }), ['NEW', '0']],
      // Taken, and cancelled by the venue at once.
      [limit({ timeInForce: 'GTX', price: ask }), [venue === 'upbit' ? 'CANCELED' : 'EXPIRED', '0']],
      [market('sell'), ['FILLED', '0.001']],
    ];
    for (const [request, wanted] of kinds) {
      const call = orders.place(request);
      const placed = await client.call(call, 'urgent');
      const { clientOrderId } = request;
      await ear.until(() => ear.lastOf(clientOrderId)?.status === wanted[0]);
      await pause(REGISTERING_MS);
      const found = await client.call(rest.order({ instrument, clientOrderId }));
      expect([found?.order.status, found?.order.filledQuantity]).toEqual(wanted);
      expect([found?.order.venueOrderId, found?.order.clientOrderId]).toEqual([
        placed.venueOrderId,
        clientOrderId,
      ]);
      expect(placed.report?.clientOrderId).toBe(venue === 'upbit' ? clientOrderId : undefined);
      const traded = ear.of('fill').filter(({ fill }) => fill.clientOrderId === clientOrderId);
      expect(sumOf(traded.map(({ fill }) => fill.quantity))).toBe(wanted[1]);
      const posts = (await requests(words.place)).filter(
        (one: { params: Record<string, unknown> }) => one.params[words.clientId] === clientOrderId,
      );
      expect(posts).toMatchObject([{ method: 'POST', status: 201, params: call.params, key: 'trade' }]);
    }
    expect(ear.of('failed')).toEqual([]);
  });

  test('are told of by our id in short keys as well', async () => {
    const ear = await stage.listen(client);
    ear.socket.send(
      JSON.stringify([{ ticket: 'short' }, { type: 'myOrder' }, { type: 'myAsset' }, { format: 'SIMPLE' }]),
    );
    await pause(REGISTERING_MS);
    const request = limit({ price: high });
    const { clientOrderId } = request;
    await client.call(orders.place(request));
    await ear.until(() => ear.lastOf(clientOrderId)?.status === 'FILLED' && ear.of('balance').length > 0);
    const fills = ear.of('fill').filter(({ fill }) => fill.clientOrderId === clientOrderId);
    expect([sumOf(fills.map(({ fill }) => fill.quantity)), ear.of('failed')]).toEqual(['0.001', []]);
  });

  test('buy for what they may spend', async () => {
    const request = { ...market('buy'), notional: '123456.78' };
    const placed = await client.call(orders.place(request));
    await pause(REGISTERING_MS);
    const found = await client.call(rest.order({ instrument, venueOrderId: placed.venueOrderId ?? '' }));
    const spent = new Big(found?.order.filledQuantity ?? 0).times(found?.order.averagePrice ?? 0);
    expect(found?.order).toMatchObject({ status: 'FILLED', type: 'market', quoteQuantity: '123456' });
    expect([spent.gt(100_000), spent.round(4).lte(123_456)]).toEqual([true, true]);
  });

  test.each(['theirs', 'ours'] as const)(
    'are cancelled by an id of %s, a moment after the answer',
    async (by) => {
      const ear = await stage.listen(client);
      const request = limit();
      const { clientOrderId } = request;
      const { venueOrderId = '' } = await client.call(orders.place(request));
      await pause(REGISTERING_MS);
      const cancel = orders.cancel(
        ref(by === 'theirs' ? { venueOrderId, clientOrderId } : { clientOrderId }),
      );
      expect(await client.call(cancel)).toEqual({ venueOrderId });
      await ear.until(() => ear.lastOf(clientOrderId)?.status === 'CANCELED');
      expect(await verdictOf('cancel', cancel)).toBe('gone');
      expect((await requests(words.cancel)).map(({ status }: { status: number }) => status)).toEqual([
        200, 404,
      ]);
    },
  );

  test('are cancelled many at a time', async () => {
    const placed = [];
    for (const _ of [1, 2, 3]) placed.push(await client.call(orders.place(limit())));
    await pause(REGISTERING_MS);
    const before = (await stage.ledgerOf('trade')).openOrders.length;
    const mine = placed.map(({ venueOrderId = '' }) => venueOrderId);
    const isAll = venue === 'upbit';
    const call = isAll
      ? orders.cancelAll(instrument)[0]
      : orders.cancelMany?.call([...mine, 'C9999000000000000001'].map((id) => ref({ venueOrderId: id })));
    if (!call) throw new Error('no call');
    const answer = await client.call(call, 'urgent');
    await pause(REGISTERING_MS);
    const named = answer.cancelled.map(({ venueOrderId }) => venueOrderId);
    expect(mine.filter((id) => !named.includes(id))).toEqual([]);
    expect([answer.isBlind, answer.failed.map(({ venueOrderId }) => venueOrderId)]).toEqual([
      false,
      isAll ? [] : ['C9999000000000000001'],
    ]);
    expect((await stage.ledgerOf('trade')).openOrders.length).toBe(before - named.length);
  });

  if (venue === 'upbit') {
    test('are cancelled at all markets by one call', async () => {
      const { client: busy } = await stage.clientOf('busy');
      await busy.call(rest.balances());
      const { openOrders } = await stage.ledgerOf('busy');
      expect(openOrders.length).toBeGreaterThan(150);
      const [all] = orders.cancelAll();
      if (!all) throw new Error('no call');
      const answer = await busy.call(all, 'urgent');
      await pause(REGISTERING_MS);
      expect([answer.cancelled.length, (await stage.ledgerOf('busy')).openOrders]).toEqual([
        openOrders.length,
        [],
      ]);
    });
  }

  test('that are refused prove that they were, and nothing is left of them', async () => {
    const { client: reader } = await stage.clientOf('read-only');
    const { client: stranger } = await stage.clientOf('trade', 'another-secret-than-the-key-has');
    const off = new Big(deep).plus(1).toFixed();
    const tried = {
      tick: await refusalOf('place', orders.place(limit({ price: off }))),
      least: await refusalOf('place', orders.place(limit({ quantity: '0.00001' }))),
      // Less than the most an order may be worth.
      money: await refusalOf('place', orders.place(limit({ quantity: '8' }))),
      coins: await refusalOf('place', orders.place(limit({ side: 'sell', quantity: '8', price: high }))),
      right: await refusalOf('place', orders.place(limit()), reader),
      secret: await refusalOf('place', orders.place(limit()), stranger),
    };
    expect(tried).toEqual({
      tick: ['rejected', 'invalid_price_bid'],
      least: ['rejected', 'under_min_total_bid'],
      money: ['rejected', 'insufficient_funds_bid'],
      coins: ['rejected', 'insufficient_funds_ask'],
      right: ['rejected', 'out_of_scope'],
      // Bithumb says the same to a token that was there before.
      secret: [venue === 'upbit' ? 'unsent' : 'unknown', 'jwt_verification'],
    });
    const ours = (await stage.ledgerOf('trade')).openOrders.filter(
      ({ clientOrderId }: { clientOrderId?: string }) => clientOrderId?.startsWith('o0'),
    );
    expect(ours).toEqual([]);
  });

  test('that reach the venue twice are one order', async () => {
    const request = limit();
    const call = orders.place(request);
    const first = await client.call(call);
    const { clientOrderId } = request;
    if (venue === 'upbit') {
      expect(await verdictOf('place', call)).toBe('exists');
    } else {
      expect(await client.call(call)).toEqual(first);
    }
    await pause(REGISTERING_MS);
    const { openOrders } = await stage.ledgerOf('trade');
    const here = openOrders.filter((one: { clientOrderId?: string }) => one.clientOrderId === clientOrderId);
    const found = await client.call(rest.order({ instrument, clientOrderId }));
    expect([here.length, found?.order.venueOrderId]).toEqual([1, first.venueOrderId]);
  });

  if (venue === 'upbit') {
    test('use up their id even where they are refused: it is "used", and no order is there', async () => {
      const { clientOrderId } = limit();
      const bad = orders.place(limit({ clientOrderId, quantity: '0.00001' }));
      const good = orders.place(limit({ clientOrderId }));
      expect([await verdictOf('place', bad), await verdictOf('place', good)]).toEqual(['rejected', 'exists']);
      await expect(client.call(rest.order({ instrument, clientOrderId }))).rejects.toMatchObject({
        code: 'account.not-found',
      });
    });
  } else {
    test('cannot be cancelled while they are registered, which proves nothing but that they exist', async () => {
      let verdict: OrderVerdict | 'accepted' = 'accepted';
      let cancel: SignedCall<unknown> | undefined;
      // A machine that was busy with something else may come too late.
      for (let tries = 0; tries < 5 && verdict === 'accepted'; tries++) {
        const request = limit();
        cancel = orders.cancel(ref({ clientOrderId: request.clientOrderId }));
        await client.call(orders.place(request));
        verdict = await verdictOf('cancel', cancel);
      }
      expect(verdict).toBe('unknown');
      await pause(REGISTERING_MS);
      expect(cancel && (await verdictOf('cancel', cancel))).toBe('accepted');
    });
  }

  test('that nobody knows are gone when they are cancelled, and not found when they are looked for', async () => {
    const clientOrderId = newId();
    expect(await verdictOf('cancel', orders.cancel(ref({ clientOrderId })))).toBe('gone');
    await expect(client.call(rest.order({ instrument, clientOrderId }))).rejects.toMatchObject({
      code: 'account.not-found',
      details: { venue, status: 404 },
    });
  });
});

function sumOf(quantities: readonly string[]): string {
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Big(0)).toFixed();
}
