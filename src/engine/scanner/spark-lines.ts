import type { Clock } from '#shared/base/clock.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import { SPARK_POINTS, SPARK_STEP_MS } from '#shared/domain/scanner.ts';
import type { Market } from '../market/market.ts';

/** So many points may be missing before the past is asked for: what has just been listed has none. */
const ENOUGH = SPARK_POINTS - 3;
const ASK_AGAIN_MS = 10 * 60_000;
/** Between two questions to one venue: a list of charts nobody opened must not take the pace of those that are. */
const GAP_MS = 300;

interface Spark {
  /** Close of each half hour, by its number since the epoch. */
  readonly closes: Map<number, number>;
  /** Not before then, monotonic ms. */
  asksAt: number;
}

/** A day of closes per instrument, out of what is remembered, one page of history, and the prices as they come. */
export interface SparkLines {
  /** Looks at what is known and has the rest fetched, one instrument of a venue after the other. */
  want(instruments: Iterable<InstrumentId>): void;
  /** A price of now. */
  note(instrument: InstrumentId, price: number): void;
  /** Into `points` from `at` on: `SPARK_POINTS` closes, oldest first. */
  read(instrument: InstrumentId, points: Float64Array, at: number): void;
  dispose(): void;
}

export function createSparkLines(options: {
  readonly clock: Clock;
  /** `undefined` where the venue is gone. */
  readonly marketOf: (venue: string) => Market | undefined;
  /** Something of the past came. */
  readonly onCome: () => void;
}): SparkLines {
  const { clock, marketOf, onCome } = options;
  const sparks = new Map<InstrumentId, Spark>();
  const queues = new Map<string, InstrumentId[]>();
  let isDisposed = false;

  const slotNow = () => Math.floor(clock.now() / SPARK_STEP_MS);

  function sparkOf(instrument: InstrumentId): Spark {
    let spark = sparks.get(instrument);
    if (!spark) {
      spark = { closes: new Map(), asksAt: Number.NEGATIVE_INFINITY };
      sparks.set(instrument, spark);
    }
    return spark;
  }

  function take(
    spark: Spark,
    candles: readonly { readonly openTime: number; readonly close: number }[],
  ): void {
    const slot = slotNow();
    for (const slotOf of spark.closes.keys()) if (slotOf <= slot - SPARK_POINTS) spark.closes.delete(slotOf);
    for (const { openTime, close } of candles) {
      const at = Math.floor(openTime / SPARK_STEP_MS);
      // What runs is told by the prices themselves.
      if (at > slot - SPARK_POINTS && (at < slot || !spark.closes.has(at))) spark.closes.set(at, close);
    }
  }

  async function ask(venue: string, queue: InstrumentId[]): Promise<void> {
    for (let instrument = queue[0]; instrument !== undefined && !isDisposed; instrument = queue[0]) {
      const market = marketOf(venue);
      if (!market) break;
      const spark = sparkOf(instrument);
      try {
        take(spark, await market.loadCandles({ instrument, interval: '30m', limit: SPARK_POINTS }));
        onCome();
      } catch {
        // No past is no fault of the list: the line begins with what comes, and is asked for again later.
      }
      queue.shift();
      await new Promise<void>((resolve) => {
        clock.after(GAP_MS, resolve);
      });
    }
    queues.delete(venue);
  }

  return {
    want(instruments) {
      const slot = slotNow();
      for (const instrument of instruments) {
        const spark = sparkOf(instrument);
        const now = clock.monotonic();
        if (now < spark.asksAt) continue;
        const market = marketOf(venueOf(instrument));
        if (!market) continue;
        const isFull = () =>
          [...spark.closes.keys()].filter((at) => at > slot - SPARK_POINTS).length >= ENOUGH;
        if (!isFull()) {
          take(spark, market.recallCandles?.({ instrument, interval: '30m', limit: SPARK_POINTS }) ?? []);
        }
        spark.asksAt = now + ASK_AGAIN_MS;
        if (isFull() || market.isPaused) continue;
        const venue = venueOf(instrument);
        const queue = queues.get(venue);
        if (queue) queue.push(instrument);
        else {
          const begun = [instrument];
          queues.set(venue, begun);
          void ask(venue, begun);
        }
      }
    },
    note(instrument, price) {
      if (price > 0) sparkOf(instrument).closes.set(slotNow(), price);
    },
    read(instrument, points, at) {
      const { closes } = sparkOf(instrument);
      const first = slotNow() - SPARK_POINTS + 1;
      for (let point = 0; point < SPARK_POINTS; point += 1) {
        points[at + point] = closes.get(first + point) ?? Number.NaN;
      }
    },
    dispose() {
      isDisposed = true;
    },
  };
}
