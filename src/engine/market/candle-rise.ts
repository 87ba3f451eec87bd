import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import { coverCandle, divides } from './candle-aggregate.ts';
import type { CandleFeed } from './candle-feed.ts';
import type { CandleLoader } from './candle-load.ts';

/** The candle now forming of a longer interval, made of the minutes as they come. */
export interface CandleRise {
  /** These minutes changed. */
  minutesChanged(openTimes: readonly number[]): void;
  dispose(): void;
}

export interface CandleRiseOptions {
  readonly interval: Interval;
  /** What the venue answers for itself. */
  readonly intervals: readonly Interval[];
  readonly clock: Clock;
  /** The venue's time as well as it is known. */
  readonly now: () => number;
  readonly minutes: () => CandleFeed | undefined;
  readonly loader: Pick<CandleLoader, 'range'>;
  readonly onCandle: (candle: Candle) => void;
  readonly onFault: (fault: unknown) => void;
}

const RETRY_MS = 3000;
/** Well before the minutes that followed the last load are forgotten. */
const RELOAD_MS = 12 * 60 * 60_000;
const MISSING_RELOAD_MS = 30_000;

/**
 * Closed days and hours of the period over REST, minutes from the live series: whatever of the period has passed is
 * known exactly, and nothing is counted twice, for no two parts overlap.
 */
export function createCandleRise(options: CandleRiseOptions): CandleRise {
  const { interval, clock } = options;
  const tiers = (['1d', '1h'] as const)
    .filter((tier) => divides(tier, interval) && options.intervals.includes(tier))
    .map((tier) => ({ interval: tier, parts: new Map<number, Candle>() }));
  let loadedAt = Number.NEGATIVE_INFINITY;
  /** Before it nothing was ever traded: the venue, asked for everything since the period began, told nothing older. */
  let beginsAt = Number.NEGATIVE_INFINITY;
  let isLoaded = tiers.length === 0;
  let isLoading = false;
  let isDisposed = false;
  let cancelRetry: Undo = () => undefined;

  async function load(): Promise<void> {
    if (isLoading || isDisposed) return;
    isLoading = true;
    cancelRetry();
    loadedAt = clock.monotonic();
    try {
      const now = options.now();
      let from = openTimeAt(interval, now);
      let oldest: number | undefined;
      for (const { interval: tier, parts } of tiers) {
        const end = openTimeAt(tier, now);
        for (const openTime of parts.keys()) if (openTime < from) parts.delete(openTime);
        if (end > from) {
          for await (const page of options.loader.range({ interval: tier, from, to: end - 1 })) {
            for (const candle of page) if (candle.closed) parts.set(candle.openTime, candle);
            oldest ??= page[0]?.openTime;
          }
        }
        from = end;
      }
      if (isDisposed) return;
      isLoaded = true;
      beginsAt = oldest ?? from;
      const newest = options.minutes()?.series.newest;
      if (newest) rise(openTimeAt(interval, newest.openTime), newest.openTime);
    } catch (fault) {
      if (isDisposed) return;
      options.onFault(fault);
      cancelRetry = clock.after(RETRY_MS, () => void load());
    } finally {
      isLoading = false;
    }
  }

  function rise(openTime: number, newestMinute: number): void {
    const minutes = options.minutes();
    if (!minutes) return;
    const covered = coverCandle(
      interval,
      openTime,
      Math.max(openTime, tiers.length === 0 ? openTime : beginsAt),
      [
        ...tiers.map((tier) => ({ interval: tier.interval, get: (at: number) => tier.parts.get(at) })),
        { interval: '1m' as const, get: (at: number) => minutes.series.get(at) },
      ],
      nextOpenTime('1m', newestMinute),
    );
    // A part that is missing would make a wrong candle look right: what the venue told last stands until it is there.
    if (covered?.isWhole) options.onCandle(covered.candle);
    else if (tiers.length > 0 && clock.monotonic() - loadedAt > MISSING_RELOAD_MS) void load();
  }

  if (!isLoaded) void load();

  return {
    minutesChanged(openTimes) {
      const newest = options.minutes()?.series.newest;
      if (!isLoaded || !newest) return;
      if (tiers.length > 0 && clock.monotonic() - loadedAt > RELOAD_MS) void load();
      const present = openTimeAt(interval, newest.openTime);
      const previous = openTimeAt(interval, present - 1);
      const touched = new Set(openTimes.map((openTime) => openTimeAt(interval, openTime)));
      if (touched.has(previous)) rise(previous, newest.openTime);
      if (touched.has(present)) rise(present, newest.openTime);
    },
    dispose() {
      isDisposed = true;
      cancelRetry();
    },
  };
}
