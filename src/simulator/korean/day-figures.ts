import { addCandle, type Candle } from '../candle.ts';
import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { dateText } from './korean-time.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;
const WEEKS = 52;

/** Prices in ticks. */
export interface DayFigures {
  /** Since the venue's midnight. */
  readonly day: Candle;
  /** The last 24 hours. */
  readonly rolling: Candle;
  /** Last price of the day before. */
  readonly previousClose: number;
  readonly yearHigh: { readonly price: number; readonly date: string };
  readonly yearLow: { readonly price: number; readonly date: string };
}

interface Kept {
  readonly dayStart: number;
  readonly previousClose: number;
  readonly samples: readonly { readonly price: number; readonly time: number }[];
  minute: number;
  closed: Candle | undefined;
}

/** What tickers say about days: kept per instrument, so that a ticker costs next to nothing. */
export class DayBook {
  readonly #offsetMs: number;
  readonly #fairTicks: (coin: Coin, time: number) => number;
  readonly #kept = new Map<string, Kept>();

  /** `offsetMs`: the zone whose midnight counts, ms ahead of UTC. */
  constructor(offsetMs: number, fairTicks: (coin: Coin, time: number) => number) {
    this.#offsetMs = offsetMs;
    this.#fairTicks = fairTicks;
  }

  /** Last price of the day before the one that holds `now`, in ticks. */
  previousClose(market: InstrumentMarket, now: number): number {
    return this.#keptFor(market, now).previousClose;
  }

  figures(market: InstrumentMarket, now: number): DayFigures {
    const kept = this.#keptFor(market, now);
    const { candles } = market;
    const { openMinute } = candles;
    if (kept.minute !== openMinute.openTime) {
      kept.minute = openMinute.openTime;
      kept.closed = candles.fold(kept.dayStart, openMinute.openTime, kept.dayStart);
    }
    const day = { ...(kept.closed as Candle) };
    // The open minute may still be one of yesterday's.
    if (openMinute.openTime >= kept.dayStart) addCandle(day, openMinute);
    const rolling = candles.rollingDay();
    return { day, rolling, previousClose: kept.previousClose, ...this.#year(kept, [day, rolling], now) };
  }

  /** A year is longer than the market's history: it is told from weekly looks at the fair price. */
  #year(kept: Kept, recent: readonly Candle[], now: number) {
    let high = { price: 0, time: now };
    let low = { price: Number.POSITIVE_INFINITY, time: now };
    const seen = [
      ...kept.samples,
      ...recent.flatMap(({ high: top, low: bottom }) => [
        { price: top, time: now },
        { price: bottom, time: now },
      ]),
    ];
    for (const one of seen) {
      if (one.price > high.price) high = one;
      if (one.price < low.price) low = one;
    }
    const dated = ({ price, time }: { price: number; time: number }) => ({
      price,
      date: dateText(time + this.#offsetMs),
    });
    return { yearHigh: dated(high), yearLow: dated(low) };
  }

  #keptFor(market: InstrumentMarket, now: number): Kept {
    const { coin } = market;
    const dayStart = Math.floor((now + this.#offsetMs) / DAY) * DAY - this.#offsetMs;
    const known = this.#kept.get(coin.symbol);
    if (known?.dayStart === dayStart) return known;
    const kept: Kept = {
      dayStart,
      previousClose: closeBefore(market, dayStart),
      samples: Array.from({ length: WEEKS }, (_, week) => {
        const time = dayStart - (week + 1) * WEEK + DAY;
        const fair = this.#fairTicks(coin, time);
        const grain = coin.grainAt?.(fair) ?? 1;
        return { price: Math.max(1, Math.round(fair / grain)) * grain, time };
      }),
      minute: Number.NaN,
      closed: undefined,
    };
    this.#kept.set(coin.symbol, kept);
    return kept;
  }
}

/** The last price before `time`, a whole minute. Looked up as a trade, because a past minute's candle costs its day. */
function closeBefore({ tape, candles }: InstrumentMarket, time: number): number {
  const last = tape.between(time - MINUTE, time - 1).at(-1);
  return last?.price ?? candles.minute(time / MINUTE - 1).close;
}
