import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '#shared/base/secret.ts';
import { accountId } from '#shared/domain/account.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '#venues/account.ts';
import { binanceAccount } from '#venues/binance/account.ts';
import { bybitAccount } from '#venues/bybit/account.ts';
import type { TradingVenue } from '#venues/order.ts';
import { createSigner } from './signer.ts';

// What leaves, to the last character: the library that signs may not add, drop or rewrite anything of an order.

const NOW = 1_795_000_000_123;
const KEY = 'k'.repeat(64);
const SECRET = 's'.repeat(64);
const ID = 'h1abcdefghijklmnopqrst';
const REST = 'http://127.0.0.1:1';

const hmac = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex');

async function signed(venue: TradingVenue, call: SignedCall<unknown>) {
  const { sign } = await createSigner({
    venue,
    endpoints: { rest: REST, ws: 'ws://127.0.0.1:2' },
    credentials: { apiKey: new Secret(KEY), secret: new Secret(SECRET) },
    now: () => NOW,
  });
  return sign(call);
}

function requestOf(instrument: InstrumentId, changes: Partial<OrderRequest> = {}): OrderRequest {
  return {
    account: accountId('any#abc123'),
    instrument,
    clientOrderId: ID,
    side: 'sell',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTX',
    // A float would lose its end, and write the price another way.
    quantity: '0.10000000000000000001',
    price: '83800.10',
    reduceOnly: true,
    closePosition: false,
    leg: 'both',
    notional: '0',
    ...changes,
  };
}

function stopOf(instrument: InstrumentId): OrderRequest {
  const { price: _, ...rest } = requestOf(instrument, { type: 'stop-market', timeInForce: 'GTC' });
  return { ...rest, triggerPrice: '80000.00', triggerBy: 'mark' };
}

function reportOf(instrument: InstrumentId): OrderReport {
  return {
    instrument,
    venueOrderId: '8886774',
    clientOrderId: ID,
    side: 'sell',
    type: 'limit',
    timeInForce: 'GTC',
    status: 'NEW',
    venueStatus: 'NEW',
    price: '83800.10',
    quantity: '0.010',
    filledQuantity: '0',
    reduceOnly: false,
    postOnly: false,
    venueTime: NOW,
    isConditional: false,
  };
}

test('Binance: every order call is signed as it is described', async () => {
  const { orders } = binanceAccount;
  const at = instrumentId('binance:BTC-USDT-PERP');
  const ref = { account: accountId('any#abc123'), instrument: at, clientOrderId: ID };
  const [regular, waiting] = orders.cancelAll(at);
  if (regular === undefined || waiting === undefined) throw new Error('two calls sweep an instrument');
  const head = `timestamp=${NOW}&`;
  const tail = '&recvWindow=5000';
  const expected: readonly (readonly [SignedCall<unknown>, string, string])[] = [
    [
      orders.place(requestOf(at)),
      'order',
      `symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTX&quantity=0.10000000000000000001&price=83800.10&reduceOnly=true&newClientOrderId=${ID}&newOrderRespType=ACK`,
    ],
    [
      orders.place(stopOf(at)),
      'algoOrder',
      `algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=80000.00&workingType=MARK_PRICE&quantity=0.10000000000000000001&reduceOnly=true&clientAlgoId=${ID}`,
    ],
    [
      orders.amend(reportOf(at), { price: '83700.00' }, ID),
      'order',
      'symbol=BTCUSDT&orderId=8886774&side=SELL&quantity=0.010&price=83700.00',
    ],
    [orders.cancel({ ...ref, isConditional: false }), 'order', `symbol=BTCUSDT&origClientOrderId=${ID}`],
    [orders.cancel({ ...ref, isConditional: true }), 'algoOrder', `clientAlgoId=${ID}`],
    [regular, 'allOpenOrders', 'symbol=BTCUSDT'],
    [waiting, 'algoOpenOrders', 'symbol=BTCUSDT'],
  ];
  for (const [call, path, params] of expected) {
    const request = await signed(binanceAccount, call);
    const query = head + params + tail;
    const sent = `${query}&signature=${hmac(query)}`;
    const isInAddress = call.method === 'DELETE';
    expect(request).toEqual({
      method: call.method,
      url: `${REST}/fapi/v1/${path}${isInAddress ? `?${sent}` : ''}`,
      headers: {
        'X-MBX-APIKEY': KEY,
        ...(!isInAddress && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(!isInAddress && { body: sent }),
    });
  }
});

test('Bybit: every order call is signed as it is described', async () => {
  const { orders } = bybitAccount;
  const at = instrumentId('bybit:BTC-USDT-PERP');
  const coin = instrumentId('bybit:BTC-USDT');
  const account = accountId('any#abc123');
  const linear = '"category":"linear","symbol":"BTCUSDT"';
  const sweeps = orders.cancelAll().map((call) => [call, 'cancel-all'] as const);
  const bodies = [
    '"category":"linear","settleCoin":"USDT"',
    '"category":"linear","settleCoin":"USDC"',
    '"category":"spot","orderFilter":"Order"',
    '"category":"spot","orderFilter":"StopOrder"',
    '"category":"spot","orderFilter":"tpslOrder"',
  ];
  const expected: readonly (readonly [SignedCall<unknown>, string, string])[] = [
    [
      orders.place(requestOf(at)),
      'create',
      `${linear},"side":"Sell","orderType":"Limit","price":"83800.10","timeInForce":"PostOnly","qty":"0.10000000000000000001","positionIdx":0,"reduceOnly":true,"orderLinkId":"${ID}"`,
    ],
    [
      orders.place(stopOf(at)),
      'create',
      `${linear},"side":"Sell","orderType":"Market","qty":"0.10000000000000000001","triggerPrice":"80000.00","triggerDirection":2,"triggerBy":"MarkPrice","positionIdx":0,"reduceOnly":true,"orderLinkId":"${ID}"`,
    ],
    [
      orders.place(requestOf(coin, { reduceOnly: false, timeInForce: 'IOC' })),
      'create',
      `"category":"spot","symbol":"BTCUSDT","side":"Sell","orderType":"Limit","price":"83800.10","timeInForce":"IOC","qty":"0.10000000000000000001","orderLinkId":"${ID}"`,
    ],
    [
      orders.amend(reportOf(at), { price: '83700.00' }, ID),
      'amend',
      `${linear},"orderId":"8886774","price":"83700.00"`,
    ],
    [
      orders.cancel({ account, instrument: at, clientOrderId: ID, isConditional: false }),
      'cancel',
      `${linear},"orderLinkId":"${ID}"`,
    ],
    ...sweeps.map(([call, path], index) => [call, path, bodies[index] ?? ''] as const),
  ];
  for (const [call, path, fields] of expected) {
    const body = `{${fields}}`;
    expect(await signed(bybitAccount, call)).toEqual({
      method: 'POST',
      url: `${REST}/v5/order/${path}`,
      headers: {
        'Content-Type': 'application/json',
        'X-BAPI-API-KEY': KEY,
        'X-BAPI-TIMESTAMP': String(NOW),
        'X-BAPI-RECV-WINDOW': String(orders.absence.recvWindowMs),
        'X-BAPI-SIGN': hmac(`${NOW}${KEY}${orders.absence.recvWindowMs}${body}`),
      },
      body,
    });
  }
});
