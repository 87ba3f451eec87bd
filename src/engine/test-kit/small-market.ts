import type { InstrumentId } from '#shared/domain/instrument.ts';
import { smallInstruments } from './small-venue.ts';

interface Book {
  readonly bids: Map<number, number>;
  readonly asks: Map<number, number>;
  updateId: number;
}

interface Trade {
  readonly kind: 'trade';
  readonly instrument: InstrumentId;
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell';
  readonly venueTime: number;
}

interface Candle {
  readonly openTime: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  closed: boolean;
}

const MINUTE_MS = 60_000;
const TICKER_EVERY_MS = 1000;
const LEVELS = 8;
const PAST_MINUTES = 40;
/** A world may go on for days: it must not grow with them. */
const KEPT = 1000;

interface Market {
  readonly instrument: InstrumentId;
  readonly book: Book;
  /** The latest of them. */
  readonly trades: Trade[];
  traded: number;
  readonly candles: Candle[];
  price: number;
  tickerAt: number;
}

/** What really happens at one small venue. `next` is chance in [0, 1). */
export function createSmallMarket(id: string, next: () => number, startedAt: number) {
  const below = (bound: number) => Math.floor(next() * bound);
  const markets = new Map<InstrumentId, Market>(
    smallInstruments(id).map((instrument) => [instrument, open(instrument)]),
  );

  function open(instrument: InstrumentId): Market {
    const price = 10_000 + below(1000);
    const side = (sign: number) =>
      new Map(Array.from({ length: LEVELS }, (_, at) => [price + sign * (at + 1), 1 + below(90)]));
    const first = Math.floor(startedAt / MINUTE_MS) * MINUTE_MS - PAST_MINUTES * MINUTE_MS;
    const candles = Array.from({ length: PAST_MINUTES + 1 }, (_, at) => ({
      openTime: first + at * MINUTE_MS,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: 0,
      closed: at < PAST_MINUTES,
    }));
    return {
      instrument,
      price,
      book: { bids: side(-1), asks: side(1), updateId: 1 + below(1000) },
      trades: [],
      traded: 0,
      candles,
      tickerAt: 0,
    };
  }

  function marketOf(instrument: string): Market {
    const market = markets.get(instrument as InstrumentId);
    if (!market) throw new Error(`no such instrument: ${instrument}`);
    return market;
  }

  /** Frames by channel, in the order the venue sends them. */
  function step(now: number): readonly (readonly [channel: string, frame: object])[] {
    const frames: [string, object][] = [];
    for (const market of markets.values()) {
      const { instrument } = market;
      roll(market, now, frames);
      frames.push([`book ${instrument}`, changeBook(market, now)]);
      if (now >= market.tickerAt + TICKER_EVERY_MS)
        frames.push([`ticker ${instrument}`, ticker(market, now)]);
      if (next() < 0.4) {
        frames.push([`trade ${instrument}`, trade(market, now)]);
        frames.push([`candle:1m ${instrument}`, candleFrame(market, now)]);
      }
    }
    return frames;
  }

  function changeBook(market: Market, now: number): object {
    const { book, instrument, price } = market;
    const change = { bids: [] as number[], asks: [] as number[] };
    for (const [name, sign] of [
      ['bids', -1],
      ['asks', 1],
    ] as const) {
      const at = price + sign * (1 + below(LEVELS));
      const quantity = book[name].size > 2 && next() < 0.3 ? 0 : 1 + below(90);
      if (quantity === 0) book[name].delete(at);
      else book[name].set(at, quantity);
      change[name].push(at, quantity);
    }
    const previousUpdateId = book.updateId;
    book.updateId += 1 + below(3);
    return {
      kind: 'book-delta',
      instrument,
      firstUpdateId: previousUpdateId + 1,
      lastUpdateId: book.updateId,
      previousUpdateId,
      priceScale: 0,
      quantityScale: 0,
      ...change,
      venueTime: now,
    };
  }

  function ticker(market: Market, now: number): object {
    market.tickerAt = now;
    const { instrument, price } = market;
    const day = { open: price, high: price, low: price, volume: 1, quoteVolume: price };
    return { kind: 'ticker', instrument, last: market.candles.at(-1)?.close, ...day, venueTime: now };
  }

  function trade(market: Market, now: number): Trade {
    market.traded += 1;
    const one: Trade = {
      kind: 'trade',
      instrument: market.instrument,
      id: String(market.traded),
      price: market.price - 2 + below(5),
      quantity: 1 + below(9),
      side: next() < 0.5 ? 'buy' : 'sell',
      venueTime: now,
    };
    market.trades.push(one);
    if (market.trades.length > KEPT) market.trades.shift();
    const candle = market.candles.at(-1);
    if (candle) {
      candle.high = Math.max(candle.high, one.price);
      candle.low = Math.min(candle.low, one.price);
      candle.close = one.price;
      candle.volume += one.quantity;
    }
    return one;
  }

  /** A minute is over: its candle is told once more, closed. */
  function roll(market: Market, now: number, frames: [string, object][]): void {
    for (
      let last = market.candles.at(-1);
      last && now >= last.openTime + MINUTE_MS;
      last = market.candles.at(-1)
    ) {
      last.closed = true;
      frames.push([`candle:1m ${market.instrument}`, candleFrame(market, now)]);
      const { openTime, close } = last;
      if (market.candles.length > KEPT) market.candles.shift();
      market.candles.push({
        openTime: openTime + MINUTE_MS,
        open: close,
        high: close,
        low: close,
        close,
        volume: 0,
        closed: false,
      });
    }
  }

  function candleFrame(market: Market, now: number): object {
    const { instrument } = market;
    return {
      kind: 'candle',
      instrument,
      interval: '1m',
      candle: { ...market.candles.at(-1) },
      venueTime: now,
    };
  }

  function answer(path: string, now: number): unknown {
    const [what, query = ''] = path.split('?');
    const [instrument = '', from = '', to = '', limit = ''] = query.split('&');
    switch (what) {
      case '/time':
        return { time: now };
      case '/instruments':
        return [...markets.keys()].map((one) => listed(id, one));
      case '/book':
        return { kind: 'book-snapshot', ...bookOf(instrument), venueTime: now };
      case '/trades':
        return marketOf(instrument).trades.slice(-Number(from));
      case '/candles':
        return marketOf(instrument)
          .candles.filter(({ openTime }) => openTime >= Number(from || 0) && openTime <= Number(to || now))
          .slice(-Number(limit));
      default:
        throw new Error(`the small venue has no ${path}`);
    }
  }

  /** Best first. */
  function bookOf(instrument: string) {
    const { book } = marketOf(instrument);
    const flat = (side: ReadonlyMap<number, number>, sign: number) =>
      [...side].toSorted(([one], [other]) => sign * (one - other)).flat();
    return {
      instrument: instrument as InstrumentId,
      lastUpdateId: book.updateId,
      priceScale: 0,
      quantityScale: 0,
      bids: flat(book.bids, -1),
      asks: flat(book.asks, 1),
    };
  }

  return { step, answer, bookOf, tradedOf: (instrument: string) => marketOf(instrument).traded };
}

function listed(venue: string, id: InstrumentId) {
  return {
    id,
    venue,
    kind: 'perpetual',
    base: id.slice(venue.length + 1).split('-')[0],
    quote: 'USDT',
    status: 'trading',
    tickSize: '1',
    priceScale: 0,
    quantityStep: '1',
    quantityScale: 0,
    minQuantity: '1',
  };
}
