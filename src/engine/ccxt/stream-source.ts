import { HeartlineError } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Catalogue, Listed } from './catalogue.ts';
import type { CcxtRest } from './ccxt-rest.ts';
import { createEventReader, type EventReader } from './event-reader.ts';
import type { CcxtExchange } from './exchange.ts';
import type { StreamPlan } from './stream-plan.ts';
import { createSymbolBatch } from './symbol-batch.ts';

type Told = readonly MarketEvent[];

/** How one stream is asked for: `undefined` where that way does not exist. */
export interface StreamSource {
  readonly watch: (() => Promise<Told>) | undefined;
  readonly poll: { readonly everyMs: number; read(): Promise<Told> } | undefined;
}

export interface StreamSources {
  of(key: StreamKey): StreamSource;
  /** ccxt goes on listening to what nobody wants where it cannot unsubscribe; that does no harm. */
  release(key: StreamKey): void;
  /** The sockets are new: what was subscribed on the old ones is not. */
  forgetSubscriptions(): void;
  listed(instrument: InstrumentId): Promise<Listed>;
}

const POLLED_TRADES = 100;
/** The one under way and what a roll brings: the stream's first word may be a thousand candles of history. */
const NEWEST_CANDLES = 3;

export function createStreamSources(options: {
  readonly exchange: CcxtExchange;
  readonly plan: StreamPlan;
  readonly catalogue: Catalogue;
  readonly rest: CcxtRest;
  readonly now: () => number;
  /** The exchange's time. */
  readonly venueNow: () => number;
  readonly onReleaseFault: (fault: unknown) => void;
}): StreamSources {
  const { exchange, plan, rest, now } = options;
  const readers = new Map<InstrumentId, { readonly listed: Listed; readonly read: EventReader }>();
  /** The interval each symbol's candles are subscribed with. */
  const subscribed = new Map<string, string>();
  const tickers =
    exchange.has['fetchTickers'] === true &&
    createSymbolBatch((symbols) => rest.call(() => exchange.fetchTickers(symbols)));
  const tops = createSymbolBatch((symbols) => rest.call(() => exchange.fetchBidsAsks(symbols)));

  async function find(instrument: InstrumentId) {
    const known = readers.get(instrument);
    if (known) return known;
    const listed = (await options.catalogue.load()).get(instrument);
    if (!listed) {
      throw new HeartlineError('instrument.unknown', `${exchange.name} does not list ${instrument}`, {
        details: { instrument, venue: exchange.name },
      });
    }
    const meanwhile = readers.get(instrument);
    if (meanwhile) return meanwhile;
    const found = { listed, read: createEventReader(listed, options.venueNow) };
    readers.set(instrument, found);
    return found;
  }

  /** Asks in ccxt's words, then reads the answer at the time it came. */
  function asking<Answer>(
    key: StreamKey,
    ask: (symbol: string) => Promise<Answer>,
    read: (reader: EventReader, answer: Answer, receivedAt: number) => Told,
  ): () => Promise<Told> {
    return async () => {
      const { listed, read: reader } = await find(key.instrument);
      if (key.kind === 'mark' && listed.instrument.kind === 'spot') {
        throw new HeartlineError('stream.missing', `${listed.symbol} has no mark price`);
      }
      const answer = await ask(listed.symbol);
      return read(reader, answer, now());
    };
  }

  /**
   * Not all classes tell the intervals of a symbol apart: kraken's `watchOHLCV` names no interval in what it waits for.
   * Where nothing can be unsubscribed either, a symbol is subscribed with one interval and polled for the others.
   */
  function isOnlyInterval(symbol: string, interval: string): boolean {
    if (exchange.has['unWatchOHLCV'] === true) return true;
    const known = subscribed.get(symbol);
    if (known === undefined) subscribed.set(symbol, interval);
    return known === undefined || known === interval;
  }

  function watchOf(key: StreamKey): StreamSource['watch'] {
    if (plan.means[key.kind] !== 'native') return undefined;
    switch (key.kind) {
      case 'ticker':
        return asking(
          key,
          (symbol) => exchange.watchTicker(symbol),
          (reader, told, at) => reader.ticker(told, at),
        );
      case 'top':
        return asking(
          key,
          async (symbol) => (await exchange.watchBidsAsks([symbol]))[symbol],
          (reader, told, at) => reader.top(told, at),
        );
      case 'trade':
        return asking(
          key,
          (symbol) => exchange.watchTrades(symbol),
          (reader, told, at) => reader.trades(told, at),
        );
      case 'book':
        return asking(
          key,
          (symbol) => exchange.watchOrderBook(symbol),
          (reader, told, at) => [reader.book(told, at)],
        );
      case 'mark':
        return asking(
          key,
          (symbol) => exchange.watchMarkPrice(symbol),
          (reader, told, at) => reader.mark(told, at),
        );
      case 'candle': {
        const { interval } = key;
        return asking(
          key,
          (symbol) => {
            if (isOnlyInterval(symbol, interval)) return exchange.watchOHLCV(symbol, interval);
            throw new HeartlineError(
              'stream.unsupported',
              `${symbol} is watched with another interval already`,
            );
          },
          (reader, told, at) => reader.candles(interval, told.slice(-NEWEST_CANDLES), at),
        );
      }
    }
  }

  function readerOf(key: StreamKey): () => Promise<Told> {
    const call = <Answer>(work: () => Promise<Answer>) => rest.call(work);
    switch (key.kind) {
      case 'ticker':
        return asking(
          key,
          (symbol) => (tickers ? tickers.ask(symbol) : call(() => exchange.fetchTicker(symbol))),
          (reader, told, at) => reader.ticker(told, at),
        );
      case 'top':
        return asking(
          key,
          (symbol) => tops.ask(symbol),
          (reader, told, at) => reader.top(told, at),
        );
      case 'trade':
        return asking(
          key,
          (symbol) => call(() => exchange.fetchTrades(symbol, undefined, POLLED_TRADES)),
          (reader, told, at) => reader.trades(told, at),
        );
      case 'book':
        return asking(
          key,
          (symbol) => call(() => exchange.fetchOrderBook(symbol)),
          (reader, told, at) => [reader.book(told, at)],
        );
      case 'candle':
        return asking(
          key,
          (symbol) => call(() => exchange.fetchOHLCV(symbol, key.interval, undefined, NEWEST_CANDLES)),
          (reader, told, at) => reader.candles(key.interval, told.slice(-NEWEST_CANDLES), at),
        );
      case 'mark':
        return asking(
          key,
          (symbol) => call(() => exchange.fetchFundingRate(symbol)),
          (reader, told, at) => reader.mark(told, at),
        );
    }
  }

  function unwatch(key: StreamKey, symbol: string): Promise<unknown> | undefined {
    const has = (name: string) => exchange.has[name] === true;
    switch (key.kind) {
      case 'ticker':
        return has('unWatchTicker') ? exchange.unWatchTicker(symbol) : undefined;
      case 'trade':
        return has('unWatchTrades') ? exchange.unWatchTrades(symbol) : undefined;
      case 'book':
        return has('unWatchOrderBook') ? exchange.unWatchOrderBook(symbol) : undefined;
      case 'candle':
        return has('unWatchOHLCV') ? exchange.unWatchOHLCV(symbol, key.interval) : undefined;
      case 'top':
      case 'mark':
        return undefined;
    }
  }

  return {
    of: (key) => ({
      watch: watchOf(key),
      poll: plan.canPoll[key.kind] ? { everyMs: plan.pollMs[key.kind], read: readerOf(key) } : undefined,
    }),
    release(key) {
      const symbol = readers.get(key.instrument)?.listed.symbol;
      if (symbol === undefined || Object.keys(exchange.clients).length === 0) return;
      unwatch(key, symbol)?.catch(options.onReleaseFault);
    },
    forgetSubscriptions: () => subscribed.clear(),
    listed: async (instrument) => (await find(instrument)).listed,
  };
}
