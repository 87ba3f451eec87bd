import { pro } from 'ccxt';
import type { Contestant } from './contestants.ts';
import type { SessionVenue } from './recorded-session.ts';

/**
 * ccxt.pro's own message path without a socket: `client.onMessage` → handlers → its order books, limited after each
 * change as its consumers see them. A snapshot goes in where the recording has it.
 */
export function ccxtPro(venue: SessionVenue, symbols: readonly string[]): Contestant {
  const { create, url, depth, marketOf } = WAYS[venue];
  // Its types say nothing of the pieces below a socket.
  const exchange = create() as unknown as CcxtInnards;
  exchange.setMarkets(symbols.map((symbol) => marketOf(exchange, symbol)));
  const client = exchange.client(url);
  // Where the first frame of a market is none that makes a book there: a REST snapshot comes later, or none at all.
  if (venue !== 'bybit') {
    for (const { symbol } of Object.values(exchange.markets)) {
      exchange.orderbooks[symbol] = exchange.orderBook({}, depth);
    }
  }
  let events = 0;
  return {
    frame(bytes) {
      client.onMessage({ data: bytes.toString() });
      events += 1;
      for (const symbol in exchange.orderbooks) exchange.orderbooks[symbol]?.limit();
    },
    async snapshot(text) {
      const body = JSON.parse(text);
      const [symbol = ''] = Object.keys(exchange.markets);
      exchange.fetchRestOrderBookSafe = async () => ({
        ...exchange.parseOrderBook(body, symbol, body.T),
        nonce: body.lastUpdateId,
      });
      const subscription = { symbol, limit: depth, type: 'future', params: {} };
      await exchange.fetchOrderBookSnapshot(client, undefined, subscription);
    },
    get events() {
      return events;
    },
    get tops() {
      return Object.fromEntries(
        Object.values(exchange.markets).flatMap(({ id, symbol }) => {
          const { bids, asks } = exchange.orderbooks[symbol] ?? { bids: [], asks: [] };
          const [bid, ask] = [bids[0], asks[0]];
          return bid && ask ? [[id, { bid: [bid[0], bid[1]], ask: [ask[0], ask[1]] }] as const] : [];
        }),
      );
    },
  };
}

interface CcxtMarket {
  readonly id: string;
  readonly symbol: string;
}

interface CcxtInnards {
  readonly markets: Readonly<Record<string, CcxtMarket>>;
  parseMarket(row: unknown): CcxtMarket;
  safeMarketStructure(market: unknown): CcxtMarket;
  setMarkets(markets: readonly unknown[]): void;
  client(url: string): { onMessage(message: { readonly data: string }): void };
  orderBook(snapshot: object, depth: number): CcxtBook;
  orderbooks: Record<string, CcxtBook>;
  parseOrderBook(body: unknown, symbol: string, time: number): object;
  fetchRestOrderBookSafe: () => Promise<object>;
  fetchOrderBookSnapshot(client: unknown, message: unknown, subscription: object): Promise<void>;
}

interface CcxtBook {
  readonly bids: readonly (readonly [number, number])[];
  readonly asks: readonly (readonly [number, number])[];
  limit(): void;
}

interface Way {
  create(): object;
  readonly url: string;
  readonly depth: number;
  /** As much of the venue's instrument list as ccxt needs to know one symbol. */
  marketOf(exchange: CcxtInnards, symbol: string): CcxtMarket;
}

const WAYS: Readonly<Record<SessionVenue, Way>> = {
  binance: {
    create: () => new pro.binanceusdm(),
    url: 'wss://fstream.binance.com/public/stream',
    depth: 1_000,
    marketOf: (exchange, symbol) =>
      exchange.parseMarket({
        symbol,
        pair: symbol,
        contractType: 'PERPETUAL',
        status: 'TRADING',
        baseAsset: symbol.replace(/USDT$/, ''),
        quoteAsset: 'USDT',
        marginAsset: 'USDT',
        pricePrecision: 2,
        quantityPrecision: 3,
        filters: [
          { filterType: 'PRICE_FILTER', tickSize: '0.01', minPrice: '0.01', maxPrice: '1000000' },
          { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
        ],
      }),
  },
  bybit: {
    create: () => new pro.bybit(),
    url: 'wss://stream.bybit.com/v5/public/linear',
    depth: 200,
    marketOf(exchange, symbol) {
      const base = symbol.replace(/USDT$/, '');
      return exchange.safeMarketStructure({
        ...{ id: symbol, symbol: `${base}/USDT:USDT`, base, quote: 'USDT', settle: 'USDT' },
        ...{ baseId: base, quoteId: 'USDT', settleId: 'USDT', type: 'swap', swap: true, spot: false },
        ...{ contract: true, linear: true, inverse: false, precision: { price: 0.1, amount: 0.001 } },
      });
    },
  },
  upbit: {
    create: () => new pro.upbit(),
    url: 'wss://api.upbit.com/websocket/v1',
    depth: 15,
    marketOf(exchange, symbol) {
      const [quote = '', base = ''] = symbol.split('-');
      return exchange.safeMarketStructure({
        ...{ id: symbol, symbol: `${base}/${quote}`, base, quote, baseId: base, quoteId: quote },
        ...{ type: 'spot', spot: true, precision: { price: 1e-8, amount: 1e-8 } },
      });
    },
  },
};
