import { type Interval, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '../candle.ts';
import type { Hub } from '../hub.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market, MarketListener } from '../market.ts';
import type { Print } from '../print.ts';
import { hash32, hashText, unit } from '../random.ts';
import type { DayBook } from './day-figures.ts';
import type { BookFacts, Dialect, StreamType, Wanted } from './dialect.ts';
import { bookFacts, tickerFacts, tradeFacts } from './facts.ts';
import { candleAt, intervalOfType, latestCandle, stampOf } from './stream-candles.ts';
import { formOf, streamOf, wantedOf } from './stream-form.ts';

const CANDLE_EVERY_MS = 1000;
const TICKER_EVERY_MS = 100;
/** Share of ended candles the venue corrects after the next one has begun. */
const CORRECTED_CANDLES = 0.12;

/** What was last sent of a stream, to tell whether there is anything new. */
interface Sent {
  /** Update id of the book, last fill of a ticker or candle. */
  state: number;
  /** Of books: what the last frame showed, by form. */
  readonly books: Map<string, BookFacts>;
  /** Of candles: an ended one whose correction is still owed. */
  owed: Candle | undefined;
}

/** Turns what happens in the market into frames, for the streams somebody listens to and for no others. */
export class KoreanFeed implements MarketListener {
  readonly #dialect: Dialect;
  readonly #hub: Hub;
  readonly #days: DayBook;
  readonly #market: () => Market;
  readonly #skewMs: () => number;
  readonly #sent = new Map<string, Sent>();
  readonly #phases = new Map<string, number>();

  constructor(dialect: Dialect, hub: Hub, days: DayBook, market: () => Market, skewMs: () => number) {
    this.#dialect = dialect;
    this.#hub = hub;
    this.#days = days;
    this.#market = market;
    this.#skewMs = skewMs;
  }

  filled(): void {
    // The venues report what one taker order did at one price, as the market prints it.
  }

  topChanged(): void {
    // Books leave on a grid, not on change.
  }

  printed(market: InstrumentMarket, print: Print): void {
    const stream = streamOf('trade', market.coin.symbol);
    if (!this.#hub.has(stream)) return;
    const facts = tradeFacts(market, print, this.#options);
    this.#hub.publish(stream, (form) => this.#dialect.trade(facts, formOf(form).format, 'REALTIME'));
  }

  sliced(time: number): void {
    for (const stream of this.#hub.streams) {
      const { type, code } = wantedOf(stream);
      const market = this.#market().instruments.get(code);
      if (!market) continue;
      if (type === 'orderbook') this.#sendBook(stream, market, time);
      else if (type === 'ticker') this.#sendTicker(stream, market, time);
      else if (time % CANDLE_EVERY_MS === 0) {
        const interval = intervalOfType(type);
        if (interval) this.#sendCandle(stream, type, interval, market, time);
      }
    }
  }

  /** Gets ready to tell of a stream from now on; what changes after this call is sent. */
  begin({ type, code }: Wanted): void {
    const market = this.#market().instruments.get(code);
    if (!market) return;
    const state = type === 'orderbook' ? market.updateId : market.tape.last.lastFill;
    this.#sentOf(streamOf(type, code), state);
  }

  /** The frame a client gets first, of what is there already. `undefined` where there is nothing. */
  snapshot(wanted: Wanted, form: string, now: number): string | undefined {
    const market = this.#market().instruments.get(wanted.code);
    if (!market) return undefined;
    const { format } = formOf(form);
    const interval = intervalOfType(wanted.type);
    if (interval) {
      const { candle, at } = latestCandle(market, interval);
      return this.#candleText(market, wanted.type, candle, at, form, 'SNAPSHOT');
    }
    switch (wanted.type) {
      case 'ticker':
        return this.#dialect.ticker(tickerFacts(market, now, this.#options), format, 'SNAPSHOT');
      case 'trade':
        return this.#dialect.trade(tradeFacts(market, market.tape.last, this.#options), format, 'SNAPSHOT');
      default: {
        const facts = this.#bookFacts(market, form);
        return facts && this.#dialect.book(facts, format, 'SNAPSHOT');
      }
    }
  }

  /** Forgets what was sent of streams nobody listens to any more. */
  forget(stream: string): void {
    if (!this.#hub.has(stream)) this.#sent.delete(stream);
  }

  get #options() {
    return { days: this.#days, skewMs: this.#skewMs() };
  }

  #sendBook(stream: string, market: InstrumentMarket, time: number): void {
    const { bookEveryMs, repeatedBooks } = this.#dialect;
    if ((time + this.#phase(stream)) % bookEveryMs !== 0) return;
    const sent = this.#sentOf(stream, market.updateId);
    if (sent.state === market.updateId) return;
    const repeats =
      repeatedBooks > 0 && sent.books.size > 0 && unit(hash32(hashText(stream), time)) < repeatedBooks;
    if (!repeats) {
      sent.state = market.updateId;
      sent.books.clear();
    }
    this.#hub.publish(stream, (form) => {
      let facts = sent.books.get(form);
      if (!facts) {
        facts = this.#bookFacts(market, form) as BookFacts;
        sent.books.set(form, facts);
      }
      return this.#dialect.book(facts, formOf(form).format, 'REALTIME');
    });
  }

  #sendTicker(stream: string, market: InstrumentMarket, time: number): void {
    if ((time + this.#phase(stream)) % TICKER_EVERY_MS !== 0) return;
    const { lastFill } = market.tape.last;
    const sent = this.#sentOf(stream, lastFill);
    if (sent.state === lastFill) return;
    sent.state = lastFill;
    const facts = tickerFacts(market, time, this.#options);
    this.#hub.publish(stream, (form) => this.#dialect.ticker(facts, formOf(form).format, 'REALTIME'));
  }

  /** At most once a second, and only when something traded: the candle of the second that has just ended. */
  #sendCandle(
    stream: string,
    type: string,
    interval: Interval,
    market: InstrumentMarket,
    time: number,
  ): void {
    const candle = candleAt(market, interval, time - 1);
    const sent = this.#sentOf(stream, market.tape.last.lastFill);
    const publish = (one: Candle, endTime: number) => {
      const at = stampOf(market, one, endTime);
      this.#hub.publish(stream, (form) => this.#candleText(market, type, one, at, form, 'REALTIME') ?? '');
    };
    const { owed } = sent;
    if (candle.fills > 0 && candle.lastFill !== sent.state) {
      const hasEnded = openTimeAt(interval, time) === time;
      const isLate =
        interval !== '1s' && hasEnded && unit(hash32(hashText(stream), time)) < CORRECTED_CANDLES;
      // What its last second brought comes later, when the next candle has begun.
      if (isLate) sent.owed = candle;
      else publish(candle, time);
      sent.state = candle.lastFill;
    }
    if (owed && owed.openTime !== candle.openTime) {
      sent.owed = undefined;
      publish(owed, openTimeAt(interval, time - 1));
    }
  }

  #candleText(
    market: InstrumentMarket,
    type: string,
    candle: Candle,
    at: number,
    form: string,
    streamType: StreamType,
  ): string | undefined {
    const facts = { coin: market.coin, type, candle, at: at + this.#skewMs() };
    return this.#dialect.candle(facts, formOf(form).format, streamType);
  }

  #bookFacts(market: InstrumentMarket, form: string): BookFacts | undefined {
    const { groupTicks } = this.#dialect;
    return bookFacts(market, formOf(form), (coin, level) => groupTicks(coin, level), this.#skewMs());
  }

  #sentOf(stream: string, state: number): Sent {
    let sent = this.#sent.get(stream);
    if (!sent) {
      sent = { state, books: new Map(), owed: undefined };
      this.#sent.set(stream, sent);
    }
    return sent;
  }

  /** Every instrument has a place of its own on the grid. */
  #phase(stream: string): number {
    let phase = this.#phases.get(stream);
    if (phase === undefined) {
      phase = (hashText(stream) % 2) * 50;
      this.#phases.set(stream, phase);
    }
    return phase;
  }
}
