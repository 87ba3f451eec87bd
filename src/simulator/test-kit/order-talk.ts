import { systemClock } from '#shared/base/system-clock.ts';
import { BINANCE_COINS } from '../binance/coins.ts';
import { BITHUMB_COINS } from '../bithumb/coins.ts';
import { BYBIT_COINS } from '../bybit/coins.ts';
import { UPBIT_COINS } from '../upbit/coins.ts';
import { KoreanSigner } from './korean-signer.ts';
import { type Answered, BinanceSigner, BybitSigner, type TestKey } from './signing-client.ts';
import { Wire } from './wire.ts';

export type VenueId = 'binance' | 'bybit' | 'upbit' | 'bithumb';
export const VENUE_IDS: readonly VenueId[] = ['binance', 'bybit', 'upbit', 'bithumb'];

/** Bitcoin on each venue, and how much of it is a small order. */
export const BITCOIN = {
  binance: { symbol: 'BTCUSDT', quantity: '0.010', category: '', cash: 'USDT' },
  bybit: { symbol: 'BTCUSDT', quantity: '0.010', category: 'linear', cash: 'USDT' },
  upbit: { symbol: 'KRW-BTC', quantity: '0.001', category: '', cash: 'KRW' },
  bithumb: { symbol: 'KRW-BTC', quantity: '0.001', category: '', cash: 'KRW' },
} as const;

const COINS = {
  binance: BINANCE_COINS,
  bybit: Object.values(BYBIT_COINS).flat(),
  upbit: UPBIT_COINS,
  bithumb: BITHUMB_COINS,
};

export interface LimitOrder {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly price: string;
  /** Default: a small one. */
  readonly quantity?: string;
  /** Its recvWindow, ms. */
  readonly window?: number;
}

/** One key's own way of speaking to a venue about limit orders in bitcoin, signed by hand. */
export interface OrderTalk {
  place(order: LimitOrder): Promise<Answered>;
  lookUp(id: string): Promise<Answered>;
  open(): Promise<Answered>;
  cancel(id: string): Promise<Answered>;
}

/** A simulator with bitcoin on one venue alone. */
export function openBitcoin(venue: VenueId): Promise<Wire> {
  return Wire.open({ venue, coins: COINS[venue].filter(({ path }) => path === 'BTC') });
}

export async function talkTo(wire: Wire, venue: VenueId, name = 'trade'): Promise<OrderTalk> {
  const { body } = await wire.control('GET', `/keys?venue=${venue}`);
  const key = body.keys.find((one: { readonly name: string }) => one.name === name) as TestKey;
  const rest = wire.simulation.address.venues[venue]?.rest ?? '';
  switch (venue) {
    case 'binance':
      return binanceTalk(new BinanceSigner(rest, key));
    case 'bybit':
      return bybitTalk(new BybitSigner(rest, key));
    case 'upbit':
      return upbitTalk(new KoreanSigner('upbit', rest, key));
    case 'bithumb':
      return bithumbTalk(new KoreanSigner('bithumb', rest, key));
  }
}

function binanceTalk(signer: BinanceSigner): OrderTalk {
  const { symbol, quantity: small } = BITCOIN.binance;
  return {
    place: ({ id, side, price, quantity = small, window }) =>
      signer.call('POST', '/fapi/v1/order', {
        symbol,
        side: side.toUpperCase(),
        type: 'LIMIT',
        timeInForce: 'GTC',
        quantity,
        price,
        newClientOrderId: id,
        ...(window === undefined ? {} : { recvWindow: window }),
      }),
    lookUp: (id) => signer.call('GET', '/fapi/v1/order', { symbol, origClientOrderId: id }),
    open: () => signer.call('GET', '/fapi/v1/openOrders', { symbol }),
    cancel: (id) => signer.call('DELETE', '/fapi/v1/order', { symbol, origClientOrderId: id }),
  };
}

function bybitTalk(signer: BybitSigner): OrderTalk {
  const { symbol, quantity: small } = BITCOIN.bybit;
  const at = { category: 'linear', symbol };
  return {
    place: ({ id, side, price, quantity = small, window }) =>
      signer.call(
        'POST',
        '/v5/order/create',
        {
          ...at,
          side: side === 'buy' ? 'Buy' : 'Sell',
          orderType: 'Limit',
          qty: quantity,
          price,
          timeInForce: 'GTC',
          orderLinkId: id,
        },
        window === undefined ? {} : { window: String(window) },
      ),
    lookUp: (id) => signer.call('GET', '/v5/order/realtime', { ...at, orderLinkId: id }),
    open: () => signer.call('GET', '/v5/order/realtime', at),
    cancel: (id) => signer.call('POST', '/v5/order/cancel', { ...at, orderLinkId: id }),
  };
}

const koreanSide = (side: 'buy' | 'sell') => (side === 'buy' ? 'bid' : 'ask');

function upbitTalk(signer: KoreanSigner): OrderTalk {
  const { symbol, quantity: small } = BITCOIN.upbit;
  return {
    place: ({ id, side, price, quantity = small }) =>
      signer.call('POST', '/v1/orders', {
        market: symbol,
        side: koreanSide(side),
        ord_type: 'limit',
        price,
        volume: quantity,
        identifier: id,
      }),
    lookUp: (identifier) => signer.call('GET', '/v1/order', { identifier }),
    open: () => signer.call('GET', '/v1/orders/open', { market: symbol }),
    cancel: (identifier) => signer.call('DELETE', '/v1/order', { identifier }),
  };
}

function bithumbTalk(signer: KoreanSigner): OrderTalk {
  const { symbol, quantity: small } = BITCOIN.bithumb;
  return {
    place: ({ id, side, price, quantity = small }) =>
      signer.call('POST', '/v2/orders', {
        market: symbol,
        side: koreanSide(side),
        order_type: 'limit',
        price,
        volume: quantity,
        client_order_id: id,
      }),
    lookUp: (id) => signer.call('GET', '/v1/order', { client_order_id: id }),
    open: () => signer.call('GET', '/v2/orders/pending', { market: symbol }),
    cancel: (id) => signer.call('DELETE', '/v2/order', { client_order_id: id }),
  };
}

/** A round price that far from the market: `0.9` is a tenth below. */
export async function priceAt(wire: Wire, venue: VenueId, share: number): Promise<string> {
  const { symbol, category } = BITCOIN[venue];
  const named = category === '' ? '' : `&category=${category}`;
  const { body } = await wire.control('GET', `/truth/book?venue=${venue}&symbol=${symbol}${named}&limit=1`);
  const best = Number(body.bids[0][0]);
  const grain = venue === 'binance' || venue === 'bybit' ? 10 : 1000;
  return String(Math.floor((best * share) / grain) * grain);
}

/** What was heard of a request: its status, that the connection was lost, or nothing for that long. */
export async function heard(
  asked: Promise<Answered>,
  patienceMs = 250,
): Promise<number | 'lost' | 'nothing'> {
  const silence = new Promise<'nothing'>((resolve) =>
    systemClock.after(patienceMs, () => resolve('nothing')),
  );
  const answer = asked.then(
    ({ status }) => status,
    () => 'lost' as const,
  );
  return Promise.race([answer, silence]);
}
