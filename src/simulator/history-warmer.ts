import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { CandleSeries } from './candle-series.ts';

const DAY = 86_400_000;
const TURN_MS = 12;
/** One day of one instrument per this many turns: a few milliseconds in a tenth of a second. */
const TURNS_PER_DAY = 8;
/** So many instruments are made ready without being asked for old days: more than anybody has charts open. */
const MAX_WARMED = 24;

/**
 * Makes the past of instruments ready in small turns, so that nothing holds up the streams of all the others: first
 * the rolling days somebody waits for, then, newest first, the days behind instruments somebody has asked candles of
 * (otherwise the first request for daily candles would fold three months at once).
 */
export class HistoryWarmer {
  readonly #clock: Clock;
  readonly #urgent = new Map<CandleSeries, (() => void)[]>();
  /** The next day to make, by instrument; instruments that are done stay in the map. */
  readonly #nextDay = new Map<CandleSeries, number>();
  #turns = 0;
  #undo: Undo | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks for one instrument's whole past; asking again changes nothing. */
  want(candles: CandleSeries): void {
    if (this.#nextDay.has(candles) || this.#nextDay.size >= MAX_WARMED) return;
    this.#nextDay.set(candles, Math.floor(candles.openMinute.openTime / DAY) - 1);
    this.#begin();
  }

  /** Does the instrument's rolling day answer at once? If not it will soon. */
  hasRollingDay(candles: CandleSeries): boolean {
    if (candles.isRollingDayReady) return true;
    if (!this.#urgent.has(candles)) this.#urgent.set(candles, []);
    this.#begin();
    return false;
  }

  /** Resolves when the rolling days of all these answer at once. */
  async rollingDays(all: readonly CandleSeries[]): Promise<void> {
    const missing = all.filter((candles) => !this.hasRollingDay(candles));
    await Promise.all(
      missing.map((candles) => new Promise<void>((done) => this.#urgent.get(candles)?.push(done))),
    );
  }

  stop(): void {
    this.#undo?.();
    this.#undo = undefined;
    for (const waiting of this.#urgent.values()) for (const done of waiting) done();
    this.#urgent.clear();
  }

  #begin(): void {
    this.#undo ??= this.#clock.every(TURN_MS, () => this.#turn());
  }

  #turn(): void {
    const next = this.#urgent.entries().next().value;
    if (next) {
      const [candles, waiting] = next;
      this.#urgent.delete(candles);
      candles.rollingDay();
      for (const done of waiting) done();
      return;
    }
    if (++this.#turns % TURNS_PER_DAY !== 0) return;
    for (const [candles, from] of this.#nextDay) {
      for (let day = from; day * DAY >= candles.onboardTime; day--) {
        this.#nextDay.set(candles, day - 1);
        if (candles.prepareDay(day)) return;
      }
    }
    this.stop();
  }
}
