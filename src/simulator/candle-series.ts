import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import { addCandle, addPrint, type Candle, emptyCandle } from './candle.ts';
import type { History } from './history.ts';
import type { Print } from './print.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** What minutes can be folded to. */
export type WholeMinutes = Exclude<Interval, '1s'>;

/**
 * All candles of one instrument: the past from its history, the minutes since the start from its prints, and any
 * longer interval as the fold of minutes. The minute of the start holds the last prints of the past and the first
 * live ones.
 */
export class CandleSeries {
  readonly #history: History;
  /** When the instrument came into being, ms epoch: nothing before it. */
  readonly onboardTime: number;
  readonly #startMinute: number;
  readonly #live: Candle[];
  #dayFold: { readonly minute: number; readonly candle: Candle } | undefined;
  readonly #openFolds = new Map<WholeMinutes, { readonly minute: number; readonly candle: Candle }>();

  constructor(history: History, startTime: number, onboardTime: number) {
    this.#history = history;
    this.onboardTime = onboardTime;
    this.#startMinute = Math.floor(startTime / MINUTE);
    const before = history.closeOf(this.#startMinute - 1);
    const first = emptyCandle(this.#startMinute * MINUTE, before);
    for (const print of history.printsUntil(startTime)) addPrint(first, print);
    this.#live = [first];
  }

  /** The minute that is still open. */
  get openMinute(): Candle {
    return this.#live[this.#live.length - 1] as Candle;
  }

  /** Adds a live print; its minute must be the open one. */
  add(print: Print): void {
    addPrint(this.openMinute, print);
  }

  /** Closes minutes until the one that holds `time` is open. */
  advanceTo(time: number): void {
    while (this.openMinute.openTime + MINUTE <= time) {
      this.#live.push(emptyCandle(this.openMinute.openTime + MINUTE, this.openMinute.close));
    }
  }

  minute(minute: number): Candle {
    const index = minute - this.#startMinute;
    return index < 0 ? this.#history.minute(minute) : (this.#live[index] as Candle);
  }

  /**
   * Folds a whole past day (days since the epoch), so that long intervals over it answer at once.
   * False when that had been done before.
   */
  prepareDay(day: number): boolean {
    if (this.#history.knowsHour(day * 24) && this.#history.knowsHour(day * 24 + 23)) return false;
    for (let hour = day * 24; hour < day * 24 + 24; hour++) this.#history.hour(hour);
    return true;
  }

  /** The candle of `interval` that opens at `openTime`, folded from minutes; the open one is as of now. */
  candle(interval: WholeMinutes, openTime: number): Candle {
    const end = nextOpenTime(interval, openTime);
    if (interval === '1m') return this.minute(openTime / MINUTE);
    if (end <= this.openMinute.openTime) return this.fold(openTime, end, openTime);
    // The open candle: what its closed minutes folded to is kept until the next minute closes.
    const minute = this.openMinute.openTime;
    let kept = this.#openFolds.get(interval);
    if (kept?.minute !== minute || kept.candle.openTime !== openTime) {
      kept = { minute, candle: this.fold(openTime, minute, openTime) };
      this.#openFolds.set(interval, kept);
    }
    const candle = { ...kept.candle };
    addCandle(candle, this.openMinute);
    return candle;
  }

  /** Up to `limit` candles ending with the one that holds `endTime`, oldest first. */
  latest(interval: WholeMinutes, endTime: number, limit: number): Candle[] {
    const first = openTimeAt(interval, this.onboardTime);
    let openTime = openTimeAt(interval, Math.min(endTime, this.openMinute.openTime));
    const candles: Candle[] = [];
    while (candles.length < limit && openTime >= first) {
      candles.push(this.candle(interval, openTime));
      openTime = openTimeAt(interval, openTime - 1);
    }
    return candles.reverse();
  }

  /** Up to `limit` candles that open at or after `startTime` and not after `endTime`, oldest first. */
  from(interval: WholeMinutes, startTime: number, endTime: number, limit: number): Candle[] {
    const from = Math.max(startTime, openTimeAt(interval, this.onboardTime));
    let openTime = openTimeAt(interval, from);
    if (openTime < from) openTime = nextOpenTime(interval, openTime);
    const last = Math.min(endTime, this.openMinute.openTime);
    const candles: Candle[] = [];
    while (candles.length < limit && openTime <= last) {
      candles.push(this.candle(interval, openTime));
      openTime = nextOpenTime(interval, openTime);
    }
    return candles;
  }

  /** The last 24 hours up to now, starting on a whole minute: the window of the rolling ticker. */
  rollingDay(): Candle {
    const minute = this.openMinute.openTime;
    if (this.#dayFold?.minute !== minute) {
      this.#dayFold = { minute, candle: this.fold(minute - DAY, minute, minute - DAY) };
    }
    const candle = { ...this.#dayFold.candle };
    addCandle(candle, this.openMinute);
    return candle;
  }

  /** Does `rollingDay` answer at once? Otherwise it takes some milliseconds: a day of history. */
  get isRollingDayReady(): boolean {
    const minute = this.openMinute.openTime;
    if (this.#dayFold?.minute === minute) return true;
    // The hours in the middle of the day are known: what has to be folded then is an hour or two.
    const hour = Math.floor((minute - DAY) / HOUR) + 1;
    return this.#history.knowsHour(hour) || hour * HOUR >= this.#startMinute * MINUTE;
  }

  /** Folds the minutes of [from, to), leaving out what lies before the onboarding or after now. */
  fold(from: number, to: number, openTime: number): Candle {
    const end = Math.min(to, this.openMinute.openTime + MINUTE);
    const begin = Math.max(from, this.onboardTime);
    let at = begin;
    const candle = emptyCandle(openTime, 0);
    const historyEnd = this.#startMinute * MINUTE;
    while (at < end) {
      if (at % HOUR === 0 && at + HOUR <= Math.min(end, historyEnd)) {
        addCandle(candle, this.#history.hour(at / HOUR));
        at += HOUR;
      } else {
        addCandle(candle, this.minute(at / MINUTE));
        at += MINUTE;
      }
    }
    if (candle.fills > 0) return candle;
    // Only live minutes can be empty, so there is one before them. Looked up last: it may make an hour of history.
    return emptyCandle(openTime, this.minute(begin / MINUTE - 1).close);
  }
}
