import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '#shared/base/secret.ts';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '#venues/account.ts';
import { bithumbAccount } from '#venues/bithumb/account.ts';
import { upbitAccount } from '#venues/upbit/account.ts';
import { createSigner } from './signer.ts';

/**
 * What the Korean venues hash is not what travels: the query un-encoded, a body as the query it would be, in its own order
 * of keys. Written out by hand here, for every ordering call as ccxt signs it.
 */

const KEY = 'an-access-key';
const SECRET = 'a-secret-of-a-test';
const NOW = 1_795_000_000_123;
const REST = 'http://127.0.0.1:1';
const ACCOUNT = accountId('test#abc123');
const ID = '0123456789abcdefghij';

function requestAt(venue: 'upbit' | 'bithumb', changes: Partial<OrderRequest> = {}): OrderRequest {
  return {
    account: ACCOUNT,
    instrument: instrumentId(`${venue}:BTC-KRW`),
    clientOrderId: ID,
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'IOC',
    quantity: '0.0012',
    price: '116539000',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '139846.8',
    ...changes,
  };
}

function marketAt(venue: 'upbit' | 'bithumb', side: 'buy' | 'sell'): OrderRequest {
  const { price: _, ...rest } = requestAt(venue, { type: 'market', isMarket: true, side });
  return rest;
}

const ref = (venueOrderId?: string) => ({
  account: ACCOUNT,
  instrument: instrumentId('upbit:BTC-KRW'),
  clientOrderId: ID,
  isConditional: false,
  ...(venueOrderId !== undefined && { venueOrderId }),
});

interface Trial {
  readonly name: string;
  readonly call: SignedCall<unknown> | undefined;
  readonly method: string;
  /** As it travels. */
  readonly target: string;
  /** As it is hashed. */
  readonly hashed: string;
  readonly body?: string;
}

const upbit = upbitAccount.orders;
const UPBIT: readonly Trial[] = [
  {
    name: 'a limit order',
    call: upbit.place(requestAt('upbit')),
    method: 'POST',
    target: '/v1/orders',
    hashed: `market=KRW-BTC&side=bid&ord_type=limit&volume=0.0012&price=116539000&time_in_force=ioc&identifier=${ID}`,
    body: `{"market":"KRW-BTC","side":"bid","ord_type":"limit","volume":"0.0012","price":"116539000","time_in_force":"ioc","identifier":"${ID}"}`,
  },
  {
    name: 'a market purchase',
    call: upbit.place(marketAt('upbit', 'buy')),
    method: 'POST',
    target: '/v1/orders',
    hashed: `market=KRW-BTC&side=bid&ord_type=price&price=139846&identifier=${ID}`,
    body: `{"market":"KRW-BTC","side":"bid","ord_type":"price","price":"139846","identifier":"${ID}"}`,
  },
  {
    name: 'a market sale',
    call: upbit.place(marketAt('upbit', 'sell')),
    method: 'POST',
    target: '/v1/orders',
    hashed: `market=KRW-BTC&side=ask&ord_type=market&volume=0.0012&identifier=${ID}`,
    body: `{"market":"KRW-BTC","side":"ask","ord_type":"market","volume":"0.0012","identifier":"${ID}"}`,
  },
  {
    name: 'a cancel by the venue’s id',
    call: upbit.cancel(ref('3b67e543-8ad3-48d0-8451-0dad315cae73')),
    method: 'DELETE',
    target: '/v1/order?uuid=3b67e543-8ad3-48d0-8451-0dad315cae73',
    hashed: 'uuid=3b67e543-8ad3-48d0-8451-0dad315cae73',
  },
  {
    name: 'a cancel by ours',
    call: upbit.cancel(ref()),
    method: 'DELETE',
    target: `/v1/order?identifier=${ID}`,
    hashed: `identifier=${ID}`,
  },
  {
    name: 'a cancel of everything',
    call: upbit.cancelAll()[0],
    method: 'DELETE',
    target: '/v1/orders/open?cancel_side=all&count=300',
    hashed: 'cancel_side=all&count=300',
  },
  {
    name: 'a cancel of one market',
    call: upbit.cancelAll(instrumentId('upbit:BTC-KRW'))[0],
    method: 'DELETE',
    target: '/v1/orders/open?cancel_side=all&pairs=KRW-BTC&count=300',
    hashed: 'cancel_side=all&pairs=KRW-BTC&count=300',
  },
  {
    name: 'a market whose name is Korean',
    call: upbit.cancelAll(instrumentId('upbit:비트-KRW'))[0],
    method: 'DELETE',
    target: '/v1/orders/open?cancel_side=all&pairs=KRW-%EB%B9%84%ED%8A%B8&count=300',
    hashed: 'cancel_side=all&pairs=KRW-비트&count=300',
  },
];

const bithumb = bithumbAccount.orders;
const BITHUMB: readonly Trial[] = [
  {
    name: 'a limit order',
    call: bithumb.place(requestAt('bithumb', { timeInForce: 'GTX', side: 'sell' })),
    method: 'POST',
    target: '/v2/orders',
    hashed: `market=KRW-BTC&side=ask&order_type=limit&volume=0.0012&price=116539000&time_in_force=post_only&client_order_id=${ID}`,
    body: `{"market":"KRW-BTC","side":"ask","order_type":"limit","volume":"0.0012","price":"116539000","time_in_force":"post_only","client_order_id":"${ID}"}`,
  },
  {
    name: 'a market purchase',
    call: bithumb.place(marketAt('bithumb', 'buy')),
    method: 'POST',
    target: '/v2/orders',
    hashed: `market=KRW-BTC&side=bid&order_type=price&price=139846&client_order_id=${ID}`,
    body: `{"market":"KRW-BTC","side":"bid","order_type":"price","price":"139846","client_order_id":"${ID}"}`,
  },
  {
    name: 'a market sale',
    call: bithumb.place(marketAt('bithumb', 'sell')),
    method: 'POST',
    target: '/v2/orders',
    hashed: `market=KRW-BTC&side=ask&order_type=market&volume=0.0012&client_order_id=${ID}`,
    body: `{"market":"KRW-BTC","side":"ask","order_type":"market","volume":"0.0012","client_order_id":"${ID}"}`,
  },
  {
    name: 'a cancel by the venue’s id',
    call: bithumb.cancel(ref('C0101000000001799653')),
    method: 'DELETE',
    target: '/v2/order?order_id=C0101000000001799653',
    hashed: 'order_id=C0101000000001799653',
  },
  {
    name: 'a cancel by ours',
    call: bithumb.cancel(ref()),
    method: 'DELETE',
    target: `/v2/order?client_order_id=${ID}`,
    hashed: `client_order_id=${ID}`,
  },
  {
    name: 'a cancel of many, a list in the body',
    call: bithumb.cancelMany.call([ref('C1'), ref('C2'), ref('C3')]),
    method: 'POST',
    target: '/v2/orders/cancel',
    hashed: 'order_ids[]=C1&order_ids[]=C2&order_ids[]=C3',
    body: '{"order_ids":["C1","C2","C3"]}',
  },
  {
    name: 'a cancel of many by our ids',
    call: bithumb.cancelMany.call([ref()]),
    method: 'POST',
    target: '/v2/orders/cancel',
    hashed: `client_order_ids[]=${ID}`,
    body: `{"client_order_ids":["${ID}"]}`,
  },
];

const trials = [
  ...UPBIT.map((trial) => ({ ...trial, venue: upbitAccount })),
  ...BITHUMB.map((trial) => ({ ...trial, venue: bithumbAccount })),
];

test.each(trials)('$venue.id signs $name as it is read there', async ({ venue, call, hashed, ...wanted }) => {
  const signer = await createSigner({
    venue,
    endpoints: { rest: REST, ws: 'ws://127.0.0.1:2' },
    credentials: { apiKey: new Secret(KEY), secret: new Secret(SECRET) },
    now: () => NOW,
  });
  if (!call) throw new Error('no call');
  const { url, method, body, headers } = signer.sign(call);
  const [head = '', payload = '', mark] = (headers['Authorization'] ?? '').replace(/^Bearer /, '').split('.');
  expect({
    method,
    target: url.slice(REST.length),
    body,
    type: headers['Content-Type'],
    payload: JSON.parse(Buffer.from(payload, 'base64url').toString()),
    mark,
  }).toEqual({
    method: wanted.method,
    target: wanted.target,
    body: wanted.body,
    type: wanted.body === undefined ? undefined : 'application/json',
    payload: {
      access_key: KEY,
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...(venue.id === 'bithumb' && { timestamp: NOW }),
      query_hash: createHash('sha512').update(hashed).digest('hex'),
      query_hash_alg: 'SHA512',
    },
    mark: createHmac('sha256', SECRET).update(`${head}.${payload}`).digest('base64url'),
  });
});
