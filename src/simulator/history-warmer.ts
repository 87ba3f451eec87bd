import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { CandleSeries } from './candle-series.ts';

const DAY = 86_400_000;
/** One day of one instrument per turn: a few milliseconds. */
const EVERY_MS = 40;

/**
 * Makes the past of instruments somebody looks at ready in small turns, newest day first. Otherwise the first
 * request for daily candles would fold three months at once and hold up every stream meanwhile.
 */
export class HistoryWarmer {
  readonly #clock: Clock;
  /** The next day to make, by instrument; instruments that are done stay in the map. */
  readonly #nextDay = new Map<CandleSeries, number>();
  #undo: Undo | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks for one instrument's past; asking again changes nothing. */
  want(candles: CandleSeries): void {
    if (this.#nextDay.has(candles)) return;
    this.#nextDay.set(candles, Math.floor(candles.openMinute.openTime / DAY) - 1);
    this.#undo ??= this.#clock.every(EVERY_MS, () => this.#turn());
  }

  stop(): void {
    this.#undo?.();
    this.#undo = undefined;
  }

  #turn(): void {
    for (const [candles, next] of this.#nextDay) {
      for (let day = next; day * DAY >= candles.onboardTime; day--) {
        this.#nextDay.set(candles, day - 1);
        if (candles.prepareDay(day)) return;
      }
    }
    this.stop();
  }
}
