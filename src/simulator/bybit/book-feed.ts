import type { Faults } from '../faults.ts';
import type { Hub, Listener } from '../hub.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { type BookChange, BookStream } from './book-stream.ts';
import type { Category } from './category.ts';
import { bookText } from './messages.ts';
import type { BookDepth } from './topic.ts';

/** The venue's cadences; 50 levels come every 20 ms there, which the market's slices make 50. */
const EVERY_MS: Readonly<Record<BookDepth, number>> = { 1: 50, 50: 50, 200: 100, 1000: 200 };
/** The best levels go out as they change, but no closer together than this. */
const TOP_EVERY_MS = 10;
/** An unchanged best level is told again after this. */
const REPEAT_MS = 3000;
/** Now and then a snapshot comes out of turn. */
const SNAPSHOT_EVERY_MS = 600_000;

export interface BookFeedOptions {
  readonly category: Category;
  readonly hub: Hub;
  readonly faults: Faults;
  skewMs(): number;
}

interface Told {
  readonly stream: BookStream;
  /** When it was last told, market time. */
  time: number;
}

/** The book topics of one category. */
export class BookFeed {
  readonly #options: BookFeedOptions;
  readonly #told = new Map<string, Told>();

  constructor(options: BookFeedOptions) {
    this.#options = options;
  }

  /** Where a REST answer takes its count from: the deepest stream's, told or not. */
  deepest(instrument: InstrumentMarket): BookStream {
    const text = `orderbook.1000.${instrument.coin.symbol}`;
    const told = this.#told.get(text) ?? this.#begin(text, 1000, instrument, instrument.updatedAt);
    // While somebody is told every change, none may be cut away unseen.
    if (!this.#options.hub.has(text)) told.stream.cut();
    return told.stream;
  }

  topChanged(instrument: InstrumentMarket, time: number): void {
    const text = `orderbook.1.${instrument.coin.symbol}`;
    const told = this.#told.get(text);
    if (told && time - told.time >= TOP_EVERY_MS) this.#tellTop(text, told, time);
  }

  sendDue(text: string, depth: BookDepth, instrument: InstrumentMarket, time: number): void {
    const told = this.#told.get(text) ?? this.#begin(text, depth, instrument, time);
    if (time % EVERY_MS[depth] !== 0) return;
    const { stream } = told;
    if (this.#isRestarted(text, instrument)) {
      stream.restart();
      told.time = time;
      this.#publish(text, stream, 'snapshot', stream, time);
      return;
    }
    if (depth === 1) {
      this.#tellTop(text, told, time);
      return;
    }
    const change = stream.cut();
    if (!change) return;
    told.time = time;
    const isSnapshot = time % SNAPSHOT_EVERY_MS === 0;
    this.#publish(text, stream, isSnapshot ? 'snapshot' : 'delta', isSnapshot ? stream : change, time);
  }

  /** A snapshot of what the topic's subscribers hold, for one more of them, who is not among them yet. */
  welcome(text: string, depth: BookDepth, instrument: InstrumentMarket, listener: Listener): void {
    const known = this.#told.get(text);
    const { stream, time } = known ?? this.#begin(text, depth, instrument, instrument.updatedAt);
    // Where it is the first, nobody misses what is cut away.
    if (!this.#options.hub.has(text)) stream.cut();
    listener.deliver(text, Buffer.from(this.#text(text, stream, 'snapshot', stream, time)));
  }

  /** Topics nobody listens to end; whoever comes next begins them anew. */
  forgetIdle(): void {
    for (const [text, { stream }] of this.#told) {
      // The deepest goes on counting for REST.
      if (stream.depth !== 1000 && !this.#options.hub.has(text)) this.#told.delete(text);
    }
  }

  #begin(text: string, depth: BookDepth, instrument: InstrumentMarket, time: number): Told {
    const told = { stream: new BookStream(instrument, depth), time };
    this.#told.set(text, told);
    return told;
  }

  #tellTop(text: string, told: Told, time: number): void {
    if (!told.stream.cut() && time - told.time < REPEAT_MS) return;
    told.time = time;
    this.#publish(text, told.stream, 'snapshot', told.stream, time);
  }

  #isRestarted(stream: string, { coin }: InstrumentMarket): boolean {
    const { faults, category } = this.#options;
    if (faults.quiet) return false;
    return (
      faults.strike('restartBook', { venue: 'bybit', route: category, symbol: coin.symbol, stream }) !==
      undefined
    );
  }

  #publish(
    text: string,
    stream: BookStream,
    type: 'snapshot' | 'delta',
    levels: BookChange,
    time: number,
  ): void {
    this.#options.hub.publish(text, () => this.#text(text, stream, type, levels, time));
  }

  #text(
    topic: string,
    stream: BookStream,
    type: 'snapshot' | 'delta',
    levels: BookChange,
    time: number,
  ): string {
    const { category } = this.#options;
    const skew = this.#options.skewMs();
    const { u, seq, depth, changedAt, instrument } = stream;
    return bookText(category, instrument.coin, {
      topic,
      type,
      u,
      seq,
      depth,
      ts: time + skew,
      cts: changedAt + skew,
      bids: levels.bids,
      asks: levels.asks,
    });
  }
}
