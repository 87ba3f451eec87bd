import { openTimeAt } from '#shared/domain/interval.ts';
import type { Faults } from '../faults.ts';
import type { HistoryWarmer } from '../history-warmer.ts';
import type { Hub, Listener } from '../hub.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market, MarketListener } from '../market.ts';
import type { Print } from '../print.ts';
import { BookFeed } from './book-feed.ts';
import type { Category } from './category.ts';
import {
  type CandleRow,
  klineText,
  type TickDirection,
  tickerText,
  tradeRowText,
  tradesText,
} from './messages.ts';
import { changedFields, tickerFields } from './ticker.ts';
import { parseTopic, type Topic } from './topic.ts';

const MINUTE = 60_000;
const TICKER_EVERY_MS = { linear: 100, spot: 50 } as const;
const KLINE_EVERY_MS = 1000;
/** A candle nothing trades in is told again this often. */
const KLINE_REPEAT_MS = 3000;
/** More trades than this do not go into one frame. */
const MAX_TRADES = 1024;

export interface FeedOptions {
  readonly category: Category;
  readonly hub: Hub;
  readonly warmer: HistoryWarmer;
  readonly faults: Faults;
}

interface SentCandle {
  readonly state: string;
  readonly time: number;
}

/** Turns what happens in one category's market into frames, for the topics somebody listens to and for no others. */
export class Feed implements MarketListener {
  readonly books: BookFeed;
  readonly #options: FeedOptions;
  #market: Market | undefined;
  /** Topics taken apart once. */
  readonly #parsed = new Map<string, Topic | undefined>();
  /** Trades since the last slice, as rows, by topic. */
  readonly #trades = new Map<string, string[]>();
  readonly #directions = new Map<
    InstrumentMarket,
    { readonly price: number; readonly word: TickDirection }
  >();
  /** What was last sent of a candle topic, and when. */
  readonly #sentCandles = new Map<string, SentCandle>();
  /** What subscribers of a ticker topic hold. */
  readonly #sentTickers = new Map<string, Readonly<Record<string, string>>>();
  /** The state of the instrument a ticker was last looked at in. */
  readonly #tickerStates = new Map<string, string>();

  constructor(options: FeedOptions) {
    this.#options = options;
    this.books = new BookFeed({ ...options, skewMs: () => this.#skewMs() });
  }

  attach(market: Market): void {
    this.#market = market;
  }

  filled(): void {
    // The venue tells prints, not single fills.
  }

  printed(instrument: InstrumentMarket, print: Print): void {
    const before = this.#directions.get(instrument);
    const word = directionAfter(before, print.price);
    this.#directions.set(instrument, { price: print.price, word });
    const topic = `publicTrade.${instrument.coin.symbol}`;
    if (!this.#options.hub.has(topic)) return;
    const row = tradeRowText(this.#options.category, instrument.coin, print, word, this.#skewMs());
    const rows = this.#trades.get(topic);
    if (rows) rows.push(row);
    else this.#trades.set(topic, [row]);
  }

  topChanged(instrument: InstrumentMarket, time: number): void {
    this.books.topChanged(instrument, time);
  }

  sliced(time: number): void {
    this.#sendTrades(time);
    for (const text of this.#options.hub.streams) {
      const found = this.#find(text);
      if (!found) continue;
      const { topic, instrument } = found;
      if (topic.kind === 'orderbook') this.books.sendDue(text, topic.depth, instrument, time);
      else if (topic.kind === 'kline') this.#sendCandle(text, topic, instrument, time);
      else if (topic.kind === 'tickers') this.#sendTicker(text, instrument, time);
    }
    this.books.forgetIdle();
    for (const text of this.#sentTickers.keys()) {
      if (!this.#options.hub.has(text)) this.#sentTickers.delete(text);
    }
  }

  /** Sends a new subscriber what a topic begins with, where it begins with something. */
  welcome(text: string, listener: Listener): void {
    const found = this.#find(text);
    if (!found) return;
    if (found.topic.kind === 'orderbook') {
      this.books.welcome(text, found.topic.depth, found.instrument, listener);
    } else if (found.topic.kind === 'tickers') {
      // Where nobody has it yet, the next slice begins it for all.
      const fields = this.#sentTickers.get(text);
      if (fields)
        listener.deliver(text, Buffer.from(this.#tickerText(text, found.instrument, 'snapshot', fields)));
    }
  }

  #skewMs(): number {
    return this.#options.faults.skewMs('bybit');
  }

  #find(text: string): { readonly topic: Topic; readonly instrument: InstrumentMarket } | undefined {
    let topic = this.#parsed.get(text);
    if (!topic) {
      topic = parseTopic(text);
      this.#parsed.set(text, topic);
    }
    const instrument = topic && this.#market?.instruments.get(topic.symbol);
    return topic && instrument && { topic, instrument };
  }

  #sendTrades(time: number): void {
    const { category, hub } = this.#options;
    for (const [topic, rows] of this.#trades) {
      for (let from = 0; from < rows.length; from += MAX_TRADES) {
        const some = rows.slice(from, from + MAX_TRADES);
        hub.publish(topic, () => tradesText(category, topic, some, time + this.#skewMs()));
      }
    }
    this.#trades.clear();
  }

  #sendCandle(
    text: string,
    topic: Extract<Topic, { kind: 'kline' }>,
    instrument: InstrumentMarket,
    time: number,
  ): void {
    const { category, hub } = this.#options;
    const { candles, coin, tape } = instrument;
    const { interval, word } = topic;
    const openTime = openTimeAt(interval, time);
    const at = Math.max(openTime, tape.last.time) + this.#skewMs();
    const open = (): CandleRow => ({
      interval,
      word,
      candle: candles.candle(interval, openTime),
      isClosed: false,
      at,
    });
    const send = (rows: readonly CandleRow[]) =>
      hub.publish(text, () => klineText(category, coin, text, rows, time + this.#skewMs()));
    if (time % MINUTE === 0 && openTime === time) {
      const candle = candles.candle(interval, openTimeAt(interval, time - 1));
      const closed = { ...open(), candle, isClosed: true, at: Math.min(at, time - 1 + this.#skewMs()) };
      // Linear tells the end and the beginning in one frame, spot in two.
      if (category === 'linear') send([closed, open()]);
      else {
        send([closed]);
        send([open()]);
      }
      this.#sentCandles.set(text, { state: `${openTime} -1`, time });
      return;
    }
    const sent = this.#sentCandles.get(text);
    if (sent && time - sent.time < KLINE_EVERY_MS) return;
    const row = open();
    const state = `${openTime} ${row.candle.lastFill}`;
    if (sent?.state === state && time - sent.time < KLINE_REPEAT_MS) return;
    this.#sentCandles.set(text, { state, time });
    send([row]);
  }

  #sendTicker(text: string, instrument: InstrumentMarket, time: number): void {
    const { category, hub, warmer } = this.#options;
    const { candles, updateId, mark, tape } = instrument;
    if (!warmer.hasRollingDay(candles)) return;
    const before = this.#sentTickers.get(text);
    if (before && time % TICKER_EVERY_MS[category] !== 0) return;
    const state = `${updateId} ${mark.time} ${tape.last.id} ${candles.openMinute.openTime}`;
    if (before && this.#tickerStates.get(text) === state) return;
    this.#tickerStates.set(text, state);
    const word = this.#directions.get(instrument)?.word ?? 'ZeroPlusTick';
    const fields = tickerFields(category, {
      instrument,
      seed: this.#market?.seed ?? 0,
      time,
      direction: word,
    });
    const changed = before ? changedFields(before, fields) : fields;
    if (!changed) return;
    this.#sentTickers.set(text, fields);
    const isDelta = before !== undefined && category === 'linear';
    const type = isDelta ? 'delta' : 'snapshot';
    hub.publish(text, () => this.#tickerText(text, instrument, type, isDelta ? changed : fields));
  }

  #tickerText(
    topic: string,
    instrument: InstrumentMarket,
    type: 'snapshot' | 'delta',
    fields: Readonly<Record<string, string>>,
  ): string {
    const ts = (this.#market?.now ?? 0) + this.#skewMs();
    return tickerText(this.#options.category, {
      topic,
      type,
      cs: instrument.updateId,
      ts: Math.floor(ts),
      fields,
    });
  }
}

function directionAfter(
  before: { readonly price: number; readonly word: TickDirection } | undefined,
  price: number,
): TickDirection {
  if (!before) return 'ZeroPlusTick';
  if (price > before.price) return 'PlusTick';
  if (price < before.price) return 'MinusTick';
  return before.word.endsWith('PlusTick') ? 'ZeroPlusTick' : 'ZeroMinusTick';
}
