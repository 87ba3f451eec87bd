import type { Coin } from '../coins.ts';
import { Hub } from '../hub.ts';
import { DayBook } from '../korean/day-figures.ts';
import type { Dialect, Format } from '../korean/dialect.ts';
import { KoreanFeed } from '../korean/feed.ts';
import { formKey, streamOf } from '../korean/stream-form.ts';
import { krwBasis } from '../krw-coins.ts';
import { createMarket, type Market } from '../market.ts';
import { createCommonFactor, PricePath } from '../price-path.ts';
import { exactJson } from './exact-json.ts';
import { START } from './trace.ts';

export interface StagedFrame {
  readonly stream: string;
  readonly text: string;
  /** Numbers as plain decimal text. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into frames of any shape.
  readonly value: any;
}

/** A Korean venue's market and feed without sockets or clocks: it moves when told to. */
export class KoreanStage {
  readonly market: Market;
  readonly feed: KoreanFeed;
  readonly frames: StagedFrame[] = [];
  /** Called with every frame as it leaves, while the market stands where it left it. */
  onFrame: (frame: StagedFrame) => void = () => undefined;
  readonly #hub = new Hub();

  constructor(dialect: Dialect, coins: readonly Coin[], seed = 3) {
    const basisOf = krwBasis(dialect.venue);
    const days = new DayBook(dialect.dayOffsetMs, (coin, time) =>
      new PricePath(seed, coin, createCommonFactor(seed), basisOf(coin, seed)).ticksAt(time),
    );
    this.feed = new KoreanFeed(
      dialect,
      this.#hub,
      days,
      () => this.market,
      () => 0,
    );
    this.market = createMarket({ seed, startTime: START, coins, basisOf, listener: this.feed });
  }

  listen(type: string, code: string, format: Format = 'DEFAULT', units = 30, level = 0): void {
    const form = formKey({ format, units, level });
    const wanted = { type, code, units, level, isSnapshot: true, isRealtime: true };
    this.feed.begin(wanted);
    this.#hub.add(streamOf(type, code), {
      form,
      deliver: (stream, buffer) => {
        const text = String(buffer);
        const frame = { stream, text, value: exactJson(text) };
        this.frames.push(frame);
        this.onFrame(frame);
      },
    });
  }
}
