import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { Candle, Provenance, ProvenCandle } from '#shared/domain/market-data.ts';

export type HeldCandle = ProvenCandle;

/** A candle that had been shown closed turned out to be another. */
export interface Correction {
  readonly was: HeldCandle;
  readonly is: Candle;
}

export interface LiveOutcome {
  readonly changed: boolean;
  /** The open time from which the past has to be asked for again. */
  readonly gapFrom?: number;
  /** The candle had been closed: the first difference is taken, any later one only told. */
  readonly late?: Correction & { readonly isTaken: boolean };
}

export interface Merged {
  /** Open times that changed, in the order they came. */
  readonly changed: readonly number[];
  readonly backfilled: number;
  readonly verified: number;
  readonly corrections: readonly Correction[];
}

export interface CandleSeries {
  /**
   * A candle from the stream, or one built here. `isSettled` false: its grace is not over, so that what its successor has
   * ended may still change without being called late.
   */
  applyLive(candle: Candle, provenance?: 'live' | 'built', isSettled?: boolean): LiveOutcome;
  /** Candles from REST, or flat ones for its silences; `repair`: what was not held had been missed live. */
  merge(candles: readonly (Candle | ProvenCandle)[], repair: boolean): Merged;
  /** Ends an open candle by the clock: what its stream still says of it is a late correction. True when it was open. */
  close(openTime: number): boolean;
  /** From here on the past has to be asked for after a break: the oldest candle that may be wrong. */
  readonly resumeFrom: number | undefined;
  /** The oldest of the last `most` candles that only we have seen: due to be compared with the venue's. */
  unprovenFrom(most: number): number | undefined;
  readonly newest: HeldCandle | undefined;
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
  /** Ended by our clock, not by the venue's word. */
  const closedHere = new Set<number>();
  const lateTaken = new Set<number>();
  let newest: number | undefined;
  // Asked for with every batch, changes only when a candle comes or goes.
  let knownHoles: readonly number[] | undefined;

  function set(candle: Candle, provenance: Provenance): void {
    if (!byOpenTime.has(candle.openTime)) knownHoles = undefined;
    byOpenTime.set(candle.openTime, { ...candle, provenance });
    if (newest === undefined || candle.openTime > newest) newest = candle.openTime;
  }

  function trim(): void {
    if (byOpenTime.size <= kept + 200) return;
    knownHoles = undefined;
    const sorted = [...byOpenTime.keys()].sort((a, b) => a - b);
    for (const openTime of sorted.slice(0, sorted.length - kept)) {
      byOpenTime.delete(openTime);
      closedHere.delete(openTime);
      lateTaken.delete(openTime);
    }
  }

  function applyLate(known: HeldCandle, candle: Candle, isSettled: boolean): LiveOutcome {
    // Where the venue ends its candles itself, an open one after that is only late.
    if (!candle.closed && !closedHere.has(candle.openTime)) return { changed: false };
    const is = { ...candle, closed: true };
    if (sameCandle(known, is)) return { changed: false };
    if (!isSettled && closedHere.has(candle.openTime)) {
      set(is, known.provenance);
      return { changed: true };
    }
    const isTaken = !lateTaken.has(candle.openTime);
    lateTaken.add(candle.openTime);
    if (isTaken) set(is, 'corrected');
    return { changed: isTaken, late: { was: known, is, isTaken } };
  }

  /** One candle of the venue's own answer. */
  function mergeOne(candle: Candle | ProvenCandle, repair: boolean, into: MergedSoFar): void {
    const known = byOpenTime.get(candle.openTime);
    const isFlat = 'provenance' in candle && candle.provenance === 'built' && candle.volume === 0;
    // Silence is only concluded: it never takes the place of what was seen.
    if (isFlat && known && (known.volume > 0 || !candle.closed)) return;
    if (!known) {
      const own = 'provenance' in candle ? candle.provenance : undefined;
      set(candle, own ?? (repair && candle.closed ? 'backfilled' : 'history'));
      if (repair && candle.closed && own === undefined) into.backfilled += 1;
    } else if (!candle.closed) {
      // The stream is ahead of REST for the candle still open: an older picture must not win.
      if (known.closed || candle.volume < known.volume || sameCandle(known, candle)) return;
      set(candle, known.provenance);
    } else if (!known.closed) {
      set(candle, repair ? 'backfilled' : 'history');
      if (repair) into.backfilled += 1;
    } else if (!sameCandle(known, candle)) {
      into.corrections.push({ was: known, is: candle });
      set(candle, 'corrected');
    } else if (known.provenance === 'live' || known.provenance === 'built') {
      set(candle, 'verified');
      into.verified += 1;
    } else return;
    closedHere.delete(candle.openTime);
    into.changed.push(candle.openTime);
  }

  return {
    applyLive(candle, provenance = 'live', isSettled = true) {
      const known = byOpenTime.get(candle.openTime);
      if (known?.closed) return applyLate(known, candle, isSettled);
      const previous = newest === undefined ? undefined : byOpenTime.get(newest);
      const changed = known === undefined || !sameCandle(known, candle) || known.provenance !== provenance;
      if (changed) set(candle, provenance);
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
      const into: MergedSoFar = { changed: [], backfilled: 0, verified: 0, corrections: [] };
      for (const candle of candles) mergeOne(candle, repair, into);
      trim();
      return into;
    },
    close(openTime) {
      const known = byOpenTime.get(openTime);
      if (!known || known.closed) return false;
      closedHere.add(openTime);
      set({ ...known, closed: true }, known.provenance);
      return true;
    },
    get resumeFrom() {
      if (newest === undefined) return undefined;
      const known = byOpenTime.get(newest);
      return known?.closed ? nextOpenTime(of, newest) : newest;
    },
    unprovenFrom(most) {
      const latest = [...byOpenTime.keys()].sort((a, b) => a - b).slice(-most);
      return latest.find((openTime) => {
        const held = byOpenTime.get(openTime);
        return held?.closed && (held.provenance === 'live' || held.provenance === 'built');
      });
    },
    get newest() {
      return newest === undefined ? undefined : byOpenTime.get(newest);
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

interface MergedSoFar {
  readonly changed: number[];
  backfilled: number;
  verified: number;
  readonly corrections: Correction[];
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

/** Sums of quantities differ in the last bits by the order they were added in. */
function sameVolume(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function sameCandle(a: Candle, b: Candle): boolean {
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    sameVolume(a.volume, b.volume) &&
    a.closed === b.closed
  );
}
