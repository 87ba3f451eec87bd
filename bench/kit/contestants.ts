import { pro } from 'ccxt';
import {
  type BookChange,
  type Mapper,
  type NormalizedData,
  normalizeBookChanges,
  normalizeBookTickers,
  normalizeDerivativeTickers,
  normalizeTrades,
  OrderBook,
} from 'tardis-dev';
import { createBook } from '../../src/engine/market/book.ts';
import { fromScaled } from '../../src/shared/base/decimal.ts';
import { instrumentId } from '../../src/shared/domain/instrument.ts';
import { binance } from '../../src/venues/binance/index.ts';
import { createParsingDecoder } from '../../src/venues/binance/market-codec.ts';
import type { Decode } from '../../src/venues/venue.ts';

/** The best bid and ask a contestant ends with, as numbers; it proves that its book really took the frames. */
export interface FinalTop {
  readonly bid: readonly [number, number];
  readonly ask: readonly [number, number];
}

/** Takes a session's frames as bytes, as `ws` hands them over. A fresh one for every round. */
export interface Contestant {
  frame(bytes: Buffer): void;
  snapshot(text: string): void | Promise<void>;
  /** Events it brought out. */
  readonly events: number;
  readonly top: FinalTop | undefined;
}

export type MakeContestant = () => Contestant;

/** Heartline: decode, normalise, keep the book. */
function heartline(createDecoder: () => Decode): Contestant {
  const decode = createDecoder();
  const book = createBook(binance.book);
  let events = 0;
  return {
    frame(bytes) {
      for (const decoded of decode(bytes, 0)) {
        events += 1;
        if (decoded.kind === 'book-delta') book.applyDelta(decoded);
      }
    },
    snapshot(text) {
      const instrument = instrumentId('binance:BTC-USDT-PERP');
      book.applySnapshot(binance.rest.bookSnapshot(instrument).parse(JSON.parse(text), 0));
    },
    get events() {
      return events;
    },
    get top() {
      const { bid, ask } = book.best();
      if (!bid || !ask) return undefined;
      const level = (at: { price: number; quantity: number }) =>
        [
          Number(fromScaled(at.price, book.priceScale)),
          Number(fromScaled(at.quantity, book.quantityScale)),
        ] as const;
      return { bid: level(bid), ask: level(ask) };
    },
  };
}

export const scanning: MakeContestant = () => heartline(() => binance.createDecoder());
export const parsing: MakeContestant = () => heartline(() => createParsingDecoder());

/** What any JSON-based reader pays before it does anything. */
export const bareParse: MakeContestant = () => {
  let events = 0;
  return {
    frame(bytes) {
      if (JSON.parse(bytes.toString()) !== null) events += 1;
    },
    snapshot: () => undefined,
    get events() {
      return events;
    },
    top: undefined,
  };
};

/**
 * ccxt.pro's own message path without a socket: `client.onMessage` → handlers → its order book, limited to 1,000
 * levels after each change as its consumers see it. The snapshot goes in where the recording has it.
 */
export function ccxtPro(coin: string): Contestant {
  // Its types say nothing of the pieces below a socket.
  const exchange = new pro.binanceusdm() as unknown as CcxtInnards;
  const market = exchange.parseMarket(marketOf(coin));
  exchange.setMarkets([market]);
  const symbol = market.symbol;
  const client = exchange.client('wss://fstream.binance.com/public/stream');
  const book = exchange.orderBook({}, 1_000);
  exchange.orderbooks[symbol] = book;
  let events = 0;
  return {
    frame(bytes) {
      client.onMessage({ data: bytes.toString() });
      events += 1;
      book.limit();
    },
    async snapshot(text) {
      const body = JSON.parse(text);
      exchange.fetchRestOrderBookSafe = async () => ({
        ...exchange.parseOrderBook(body, symbol, body.T),
        nonce: body.lastUpdateId,
      });
      await exchange.fetchOrderBookSnapshot(client, undefined, {
        symbol,
        limit: 1_000,
        type: 'future',
        params: {},
      });
    },
    get events() {
      return events;
    },
    get top(): FinalTop | undefined {
      const [bid, ask] = [book.bids[0], book.asks[0]];
      return bid && ask ? { bid: [bid[0], bid[1]], ask: [ask[0], ask[1]] } : undefined;
    },
  };
}

interface CcxtInnards {
  parseMarket(row: unknown): { readonly symbol: string };
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

/** As much of the venue's instrument list as ccxt needs to know one symbol. */
function marketOf(coin: string): object {
  return {
    symbol: `${coin}USDT`,
    pair: `${coin}USDT`,
    contractType: 'PERPETUAL',
    status: 'TRADING',
    baseAsset: coin,
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: 2,
    quantityPrecision: 3,
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: '0.01', minPrice: '0.01', maxPrice: '1000000' },
      { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
    ],
  };
}

/** tardis-dev's mappers for the four kinds of frames in the sessions, with its order book or without. */
export function tardis(coin: string, withBook: boolean): Contestant {
  const now = new Date();
  const mappers = [
    normalizeTrades('binance-futures', now),
    normalizeBookChanges('binance-futures', now),
    normalizeBookTickers('binance-futures', now),
    normalizeDerivativeTickers('binance-futures', now),
  ] as readonly Mapper<'binance-futures', NormalizedData>[];
  const book = new OrderBook();
  let events = 0;
  const take = (message: unknown) => {
    const receivedAt = new Date();
    for (const mapper of mappers) {
      if (!mapper.canHandle(message)) continue;
      for (const event of mapper.map(message, receivedAt) ?? []) {
        events += 1;
        if (withBook && event.type === 'book_change') book.update(event as unknown as BookChange);
      }
    }
  };
  return {
    frame(bytes) {
      take(JSON.parse(bytes.toString()));
    },
    snapshot(text) {
      take({
        stream: `${coin.toLowerCase()}usdt@depthSnapshot`,
        data: JSON.parse(text),
        generated: true,
      });
    },
    get events() {
      return events;
    },
    get top(): FinalTop | undefined {
      const [bid, ask] = [book.bestBid(), book.bestAsk()];
      return bid && ask ? { bid: [bid.price, bid.amount], ask: [ask.price, ask.amount] } : undefined;
    },
  };
}
