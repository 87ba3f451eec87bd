import { type Book, createBook } from '../../src/engine/market/book.ts';
import { fromScaled } from '../../src/shared/base/decimal.ts';
import { type InstrumentId, instrumentId } from '../../src/shared/domain/instrument.ts';
import { binance } from '../../src/venues/binance/index.ts';
import { createParsingDecoder as createBinanceParser } from '../../src/venues/binance/market-codec.ts';
import { bybit } from '../../src/venues/bybit/index.ts';
import { createParsingDecoder as createBybitParser } from '../../src/venues/bybit/market-codec.ts';
import { upbit } from '../../src/venues/upbit/index.ts';
import { createParsingDecoder as createUpbitParser } from '../../src/venues/upbit/market-codec.ts';
import type { Decode, Venue } from '../../src/venues/venue.ts';
import type { SessionVenue } from './recorded-session.ts';

/** The best bid and ask of one book a contestant ends with, as numbers. */
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
  /** By the venue's name of each market: they prove that the books really took the frames. */
  readonly tops: Readonly<Record<string, FinalTop>>;
}

export type MakeContestant = () => Contestant;

const VENUES: Readonly<Record<SessionVenue, { venue: Venue; parser: () => Decode; route?: string }>> = {
  binance: { venue: binance, parser: () => createBinanceParser() },
  bybit: { venue: bybit, parser: () => createBybitParser({ route: 'linear' }), route: 'linear' },
  upbit: { venue: upbit, parser: () => createUpbitParser() },
};

/** Heartline: decode, normalise, keep the books. */
function heartline(venue: Venue, createDecoder: () => Decode): Contestant {
  const decode = createDecoder();
  const books = new Map<InstrumentId, Book>();
  let events = 0;
  const bookOf = (instrument: InstrumentId) => {
    let book = books.get(instrument);
    if (!book) {
      book = createBook(venue.book);
      books.set(instrument, book);
    }
    return book;
  };
  return {
    frame(bytes) {
      for (const decoded of decode(bytes, 0)) {
        events += 1;
        if (decoded.kind === 'book-delta') bookOf(decoded.instrument).applyDelta(decoded);
        else if (decoded.kind === 'book-snapshot') bookOf(decoded.instrument).applySnapshot(decoded);
      }
    },
    snapshot(text) {
      const instrument = instrumentId('binance:BTC-USDT-PERP');
      bookOf(instrument).applySnapshot(binance.rest.bookSnapshot(instrument).parse(JSON.parse(text), 0));
    },
    get events() {
      return events;
    },
    get tops() {
      return Object.fromEntries(
        [...books].flatMap(([instrument, book]) => {
          const { bid, ask } = book.best();
          if (!bid || !ask) return [];
          const level = (at: { price: number; quantity: number }) =>
            [
              Number(fromScaled(at.price, book.priceScale)),
              Number(fromScaled(at.quantity, book.quantityScale)),
            ] as const;
          return [[venue.symbolOf(instrument), { bid: level(bid), ask: level(ask) }]];
        }),
      );
    },
  };
}

export function scanning(name: SessionVenue): Contestant {
  const { venue, route } = VENUES[name];
  return heartline(venue, () => venue.createDecoder(route === undefined ? {} : { route }));
}

export function parsing(name: SessionVenue): Contestant {
  const { venue, parser } = VENUES[name];
  return heartline(venue, parser);
}

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
    tops: {},
  };
};
