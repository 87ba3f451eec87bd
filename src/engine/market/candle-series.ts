import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { Candle } from '#shared/domain/market-data.ts';

/** A candle with where it came from. */
export interface HeldCandle extends Candle {
  /** Missed live and repaired over REST. */
  readonly backfilled: boolean;
}

export interface CandleSeries {
  /** A candle from the stream. `gapFrom`: the open time from which the past has to be asked for again. */
  applyLive(candle: Candle): { readonly changed: boolean; readonly gapFrom?: number };
  /** Candles from REST; `repair` marks those that fill what was missed live. Returns the open times that changed. */
  merge(candles: readonly Candle[], repair: boolean): readonly number[];
  /** From here on the past has to be asked for after a break: the oldest candle that may be wrong. */
  readonly resumeFrom: number | undefined;
  /** Open times missing between the first and the last candle held. */
  holes(): readonly number[];
  get(openTime: number): HeldCandle | undefined;
  /** All held, oldest first. */
  all(): readonly HeldCandle[];
}

/**
 * Candles of one instrument and interval, by open time. A closed candle is replaced only by another closed
 * one (a correction); an open one by anything newer. Keeps the latest `kept`.
 */
export function createCandleSeries(of: Interval, kept = 2000): CandleSeries {
  const byOpenTime = new Map<number, HeldCandle>();
  let newest: number | undefined;
  // Asked for with every batch, changes only when a candle comes or goes.
  let knownHoles: readonly number[] | undefined;

  function put(candle: HeldCandle): boolean {
    const known = byOpenTime.get(candle.openTime);
    if (known) {
      if (known.closed && !candle.closed) return false;
      if (sameCandle(known, candle)) return false;
    }
    if (!known) knownHoles = undefined;
    byOpenTime.set(candle.openTime, candle);
    if (newest === undefined || candle.openTime > newest) newest = candle.openTime;
    return true;
  }

  function trim(): void {
    if (byOpenTime.size <= kept + 200) return;
    knownHoles = undefined;
    const sorted = [...byOpenTime.keys()].sort((a, b) => a - b);
    for (const openTime of sorted.slice(0, sorted.length - kept)) byOpenTime.delete(openTime);
  }

  return {
    applyLive(candle) {
      const previous = newest === undefined ? undefined : byOpenTime.get(newest);
      const changed = put({ ...candle, backfilled: false });
      trim();
      if (previous && candle.openTime > previous.openTime) {
        const missedClose = !previous.closed;
        const skipped = nextOpenTime(of, previous.openTime) < candle.openTime;
        if (missedClose || skipped) {
          return { changed, gapFrom: missedClose ? previous.openTime : nextOpenTime(of, previous.openTime) };
        }
      }
      return { changed };
    },
    merge(candles, repair) {
      const changed: number[] = [];
      for (const candle of candles) {
        const known = byOpenTime.get(candle.openTime);
        // The stream is ahead of REST for the candle still open: an older picture must not win.
        if (known && !known.closed && !candle.closed && candle.volume < known.volume) continue;
        if (put({ ...candle, backfilled: repair && candle.closed && known?.closed !== true })) {
          changed.push(candle.openTime);
        }
      }
      trim();
      return changed;
    },
    get resumeFrom() {
      if (newest === undefined) return undefined;
      const known = byOpenTime.get(newest);
      return known?.closed ? nextOpenTime(of, newest) : newest;
    },
    holes() {
      knownHoles ??= missingBetween(
        of,
        [...byOpenTime.keys()].sort((a, b) => a - b),
        kept,
      );
      return knownHoles;
    },
    get: (openTime) => byOpenTime.get(openTime),
    all: () => [...byOpenTime.values()].sort((a, b) => a.openTime - b.openTime),
  };
}

/** Open times missing between the given ones (sorted), at most `limit`. */
function missingBetween(of: Interval, sorted: readonly number[], limit: number): readonly number[] {
  const missing: number[] = [];
  for (let index = 1; index < sorted.length; index += 1) {
    const until = sorted[index] ?? 0;
    let openTime = nextOpenTime(of, sorted[index - 1] ?? until);
    for (; openTime < until && missing.length < limit; openTime = nextOpenTime(of, openTime)) {
      missing.push(openTime);
    }
  }
  return missing;
}

function sameCandle(a: HeldCandle, b: HeldCandle): boolean {
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    a.volume === b.volume &&
    a.closed === b.closed
  );
}
