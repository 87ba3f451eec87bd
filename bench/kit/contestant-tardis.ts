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
import type { Contestant } from './contestants.ts';
import type { SessionVenue } from './recorded-session.ts';

type AnyMapper = Mapper<never, NormalizedData>;

/** Its mappers for the kinds of frames in the sessions of each venue. */
function mappersOf(venue: SessionVenue, now: Date): readonly AnyMapper[] {
  switch (venue) {
    case 'binance':
      return [
        normalizeTrades('binance-futures', now),
        normalizeBookChanges('binance-futures', now),
        normalizeBookTickers('binance-futures', now),
        normalizeDerivativeTickers('binance-futures', now),
      ] as unknown as readonly AnyMapper[];
    case 'bybit':
      return [
        normalizeTrades('bybit', now),
        normalizeBookChanges('bybit', now),
        normalizeDerivativeTickers('bybit', now),
      ] as unknown as readonly AnyMapper[];
    case 'upbit':
      return [
        normalizeTrades('upbit', now),
        normalizeBookChanges('upbit', now),
      ] as unknown as readonly AnyMapper[];
  }
}

/** tardis-dev, with its order books or without. */
export function tardis(venue: SessionVenue, symbols: readonly string[], withBook: boolean): Contestant {
  const mappers = mappersOf(venue, new Date());
  const books = new Map<string, OrderBook>();
  let events = 0;
  const take = (message: unknown) => {
    const receivedAt = new Date();
    for (const mapper of mappers) {
      if (!mapper.canHandle(message)) continue;
      for (const event of mapper.map(message as never, receivedAt) ?? []) {
        events += 1;
        if (!withBook || event.type !== 'book_change') continue;
        const change = event as unknown as BookChange;
        let book = books.get(change.symbol);
        if (!book) {
          book = new OrderBook();
          books.set(change.symbol, book);
        }
        book.update(change);
      }
    }
  };
  return {
    frame(bytes) {
      take(JSON.parse(bytes.toString()));
    },
    snapshot(text) {
      const [symbol = ''] = symbols;
      take({ stream: `${symbol.toLowerCase()}@depthSnapshot`, data: JSON.parse(text), generated: true });
    },
    get events() {
      return events;
    },
    get tops() {
      return Object.fromEntries(
        [...books].flatMap(([symbol, book]) => {
          const [bid, ask] = [book.bestBid(), book.bestAsk()];
          if (!bid || !ask) return [];
          return [[symbol, { bid: [bid.price, bid.amount], ask: [ask.price, ask.amount] }] as const];
        }),
      );
    },
  };
}
