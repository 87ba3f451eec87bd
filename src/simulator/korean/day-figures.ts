import { addCandle, type Candle } from '../candle.ts';
import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { dateText } from './korean-time.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS = 364;

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
  /** The open minute `closed` reaches up to. */
  minute: number;
  closed: Candle | undefined;
}

interface Extreme {
  price: number;
  time: number;
}

/** What tickers say about days: kept per instrument, so that a ticker costs next to nothing. */
export class DayBook {
  readonly #offsetMs: number;
  readonly #fairTicks: (coin: Coin, time: number) => number;
  readonly #kept = new Map<string, Kept>();
  readonly #years = new Map<string, { readonly high: Extreme; readonly low: Extreme }>();

  /** `offsetMs`: the zone whose midnight counts, ms ahead of UTC. */
  constructor(offsetMs: number, fairTicks: (coin: Coin, time: number) => number) {
    this.#offsetMs = offsetMs;
    this.#fairTicks = fairTicks;
  }

  /** Last price of the day before the one that holds `now`, in ticks. */
  previousClose(market: InstrumentMarket, now: number): number {
    return this.#keptFor(market, now).previousClose;
  }

  /** False while figures would first have to be added up from the trades of days. */
  knows({ coin }: InstrumentMarket): boolean {
    return this.#kept.get(coin.symbol)?.closed !== undefined;
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
    return {
      day,
      rolling,
      previousClose: kept.previousClose,
      ...this.#year(market.coin, [day, rolling], now),
    };
  }

  /** A year is longer than the market's history: it is told from daily looks at the fair price. */
  #year(coin: Coin, recent: readonly Candle[], now: number): Pick<DayFigures, 'yearHigh' | 'yearLow'> {
    let year = this.#years.get(coin.symbol);
    if (!year) {
      year = { high: { price: 0, time: now }, low: { price: Number.POSITIVE_INFINITY, time: now } };
      this.#years.set(coin.symbol, year);
      for (let day = DAYS; day > 0; day--) {
        const time = Math.floor(now / DAY) * DAY - day * DAY;
        const fair = this.#fairTicks(coin, time);
        const grain = coin.grainAt?.(fair) ?? 1;
        widen(year, Math.max(1, Math.round(fair / grain)) * grain, time);
      }
    }
    for (const { high, low } of recent) {
      widen(year, high, now);
      widen(year, low, now);
    }
    const dated = ({ price, time }: Extreme) => ({ price, date: dateText(time + this.#offsetMs) });
    return { yearHigh: dated(year.high), yearLow: dated(year.low) };
  }

  #keptFor(market: InstrumentMarket, now: number): Kept {
    const { symbol } = market.coin;
    const dayStart = Math.floor((now + this.#offsetMs) / DAY) * DAY - this.#offsetMs;
    const known = this.#kept.get(symbol);
    if (known?.dayStart === dayStart) return known;
    const previousClose = closeBefore(market, dayStart);
    const kept: Kept = { dayStart, previousClose, minute: Number.NaN, closed: undefined };
    this.#kept.set(symbol, kept);
    return kept;
  }
}

function widen(year: { readonly high: Extreme; readonly low: Extreme }, price: number, time: number): void {
  if (price > year.high.price) Object.assign(year.high, { price, time });
  if (price < year.low.price) Object.assign(year.low, { price, time });
}

/** The last price before `time`, a whole minute. Looked up as a trade, because a past minute's candle costs its day. */
function closeBefore({ tape, candles }: InstrumentMarket, time: number): number {
  const last = tape.between(time - MINUTE, time - 1).at(-1);
  return last?.price ?? candles.minute(time / MINUTE - 1).close;
}
