import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, CandleEvent, ProvenCandle } from '#shared/domain/market-data.ts';
import { CLOSE_GRACE_MS, closeByClock, fillTo } from './candle-close.ts';
import { type CandleLoader, isJoinable } from './candle-load.ts';
import { type CandleSeries, type Correction, createCandleSeries, type Merged } from './candle-series.ts';

export interface CandleFeedOptions {
  readonly instrument: InstrumentId;
  readonly interval: Interval;
  readonly clock: Clock;
  readonly loader: Pick<CandleLoader, 'range' | 'page'>;
  readonly maxCandles: number;
  /** The venue's time, ms epoch; `undefined` while its clock is not measured: then only data ends a candle. */
  readonly now: () => number | undefined;
  /** Candles end without a flag, and silent periods are ours to draw: built ones, and venues that leave empty ones out. */
  readonly endsByClock: boolean;
  /** Whether what feeds it is up: no silence is concluded from a dead stream. */
  readonly isTrusted: () => boolean;
  /** What is remembered from earlier: an unbroken run of closed candles up to the newest known, oldest first. */
  readonly remembered?: (limit: number) => readonly ProvenCandle[];
  /** Closed candles to be remembered. */
  readonly remember?: (candles: readonly ProvenCandle[]) => void;
  /** The candle still open as the venue told it, answered at the venue's time `asOf`. */
  readonly onOpenCandle?: (candle: Candle, asOf: number) => void;
  /** These open times changed, or the holes did. */
  readonly onChange: (openTimes: readonly number[]) => void;
  /** So many were fetched afterwards or put right. */
  readonly onRepaired: (count: number) => void;
  /** `isTaken` false: a second late change, which only the venue's own answer may make. */
  readonly onCorrected?: (correction: Correction, isTaken: boolean) => void;
  readonly onFault: (fault: unknown) => void;
}

/** Candles of one instrument and interval, live or built, that repair and prove themselves. */
export interface CandleFeed {
  readonly series: CandleSeries;
  readonly receivedAt: number;
  /** Open times known to be missing; none before the past is in. */
  holes(): readonly number[];
  apply(event: CandleEvent): void;
  /** A candle made of trades or of shorter candles. */
  take(candle: Candle, receivedAt: number): void;
  /** The latest candles over REST, for when there is no stream. Throws what the REST client throws. */
  refresh(): Promise<void>;
  /** The stream broke: the next candle starts a repair. */
  interrupted(): void;
  dispose(): void;
}

const INITIAL_CANDLES = 500;
const RETRY_MS = 3000;
const SECOND_MS = 1000;
/** A venue's REST answers may trail its stream: a candle is compared so long after its end, and many at once. */
const VERIFY_AFTER_MS = 10_000;
const VERIFY_EVERY_MS = 30_000;
/** After a break so many of the last candles are compared with the venue's. */
const COMPARED = 10;

export function createCandleFeed(options: CandleFeedOptions): CandleFeed {
  const { clock, interval } = options;
  const series = createCandleSeries(interval);
  let receivedAt = Number.NaN;
  /** Undefined: nothing to repair. */
  let repairFrom: number | undefined;
  let isLoading = false;
  let hasInitial = false;
  let isDisposed = false;
  /** Nothing has been heard since a break: REST may answer while the stream is away, and knows nothing of what comes. */
  let isBroken = false;
  let wasAnsweredAway = false;
  let brokenFrom: number | undefined;
  let verifyFrom: number | undefined;
  let verifiedAt = Number.NEGATIVE_INFINITY;
  let cancelRetry: Undo = () => undefined;
  // Timers of their own: a break or a repair must not call off the try for the history, nor the comparison.
  let cancelInitialRetry: Undo = () => undefined;
  let cancelVerify: Undo | undefined;
  const stopTicking = clock.every(SECOND_MS, tick);

  function changed(openTimes: readonly number[]): void {
    options.onChange(openTimes);
    const closed = openTimes
      .map((openTime) => series.get(openTime))
      .filter((candle) => candle?.closed === true);
    if (closed.length > 0) options.remember?.(closed as readonly ProvenCandle[]);
  }

  function needRepair(from: number): void {
    if (isDisposed) return;
    repairFrom = repairFrom === undefined ? from : Math.min(repairFrom, from);
    void repair();
  }

  /** Merges what the venue answered and tells of it; how many were repaired. */
  function merge(candles: readonly (Candle | ProvenCandle)[], isRepair: boolean): number {
    const merged: Merged = series.merge(candles, isRepair);
    if (merged.changed.length > 0) changed(merged.changed);
    for (const correction of merged.corrections) options.onCorrected?.(correction, true);
    const open = candles.at(-1);
    // The question may have waited long for its turn: what was traded until the answer came may be in it.
    if (open && !open.closed) options.onOpenCandle?.(open, options.now() ?? clock.now());
    return merged.backfilled + merged.corrections.length;
  }

  /** Asks the venue for everything from `from` on, as many answers as that takes. */
  async function loadFrom(from: number, isRepair: boolean): Promise<number> {
    const now = options.now() ?? clock.now();
    const to = Math.max(now, series.newest?.openTime ?? from);
    const previous = series.get(openTimeAt(interval, from - 1));
    const before = previous?.closed ? { openTime: from, close: previous.close } : undefined;
    let repaired = 0;
    for await (const candles of options.loader.range({ interval, from, to }, before)) {
      if (isDisposed) return repaired;
      repaired += merge(candles, isRepair);
    }
    return repaired;
  }

  async function repair(): Promise<void> {
    // The history comes first; it may lack what was missed while it was fetched, so what is due is kept.
    if (isLoading || isDisposed || !hasInitial || repairFrom === undefined) return;
    isLoading = true;
    cancelRetry();
    const from = repairFrom;
    repairFrom = undefined;
    let repaired = 0;
    let hasFailed = false;
    try {
      repaired = await loadFrom(from, true);
      wasAnsweredAway = isBroken && !options.isTrusted();
      isBroken = wasAnsweredAway;
    } catch (fault) {
      hasFailed = true;
      retryLater(from, fault);
    } finally {
      isLoading = false;
    }
    if (isDisposed) return;
    if (repaired > 0) options.onRepaired(repaired);
    if (repairFrom !== undefined && !hasFailed) void repair();
  }

  function retryLater(from: number, fault: unknown): void {
    if (isDisposed) return;
    options.onFault(fault);
    // Kept here and not with the timer: another break calls that off, and must not take the hole with it.
    repairFrom = Math.min(from, repairFrom ?? from);
    cancelRetry = clock.after(RETRY_MS, () => void repair());
  }

  /** What is on disk is shown at once, unless it is too long ago to be joined; where to go on asking. */
  function recall(): number | undefined {
    const known = options.remembered?.(INITIAL_CANDLES) ?? [];
    const last = known.at(-1);
    const now = options.now() ?? clock.now();
    if (!last || !isJoinable(last.openTime, now, interval, options.maxCandles)) return undefined;
    series.merge(known, false);
    return series.unprovenFrom(COMPARED) ?? last.openTime;
  }

  const recalledTo = recall();

  async function loadInitial(): Promise<void> {
    try {
      if (recalledTo !== undefined) await loadFrom(recalledTo, false);
      else merge(await options.loader.page({ interval, limit: INITIAL_CANDLES }), false);
      if (isDisposed) return;
      hasInitial = true;
      // What is missing counts as a hole from now on.
      options.onChange([]);
      void repair();
    } catch (fault) {
      if (isDisposed) return;
      options.onFault(fault);
      cancelInitialRetry = clock.after(RETRY_MS, () => void loadInitial());
    }
  }

  /** A candle was ended by us, or changed late: the venue's own answer decides. */
  function verifyLater(openTime: number): void {
    verifyFrom = Math.min(verifyFrom ?? openTime, openTime);
    cancelVerify ??= clock.after(
      Math.max(VERIFY_AFTER_MS, verifiedAt + VERIFY_EVERY_MS - clock.monotonic()),
      () => {
        cancelVerify = undefined;
        verifiedAt = clock.monotonic();
        const from = verifyFrom;
        verifyFrom = undefined;
        if (from !== undefined) needRepair(from);
      },
    );
  }

  function put(candle: Candle, provenance: 'live' | 'built'): void {
    const previous = series.newest;
    const wasBroken = isBroken;
    isBroken = false;
    if (wasBroken && brokenFrom !== undefined) {
      cancelRetry();
      needRepair(brokenFrom);
    }
    const isNext = previous !== undefined && candle.openTime > previous.openTime;
    const ended: number[] = [];
    if (isNext && options.endsByClock && !wasBroken && hasInitial) {
      if (series.close(previous.openTime)) ended.push(previous.openTime);
      ended.push(...fillTo(series, interval, candle.openTime));
    }
    const now = options.now();
    const isSettled = now === undefined || now >= nextOpenTime(interval, candle.openTime) + CLOSE_GRACE_MS;
    const outcome = series.applyLive(candle, provenance, isSettled);
    if (outcome.late) {
      options.onCorrected?.(outcome.late, outcome.late.isTaken);
      verifyLater(candle.openTime);
    }
    if (outcome.changed || ended.length > 0) changed([...ended, candle.openTime]);
    if (ended[0] !== undefined) verifyLater(ended[0]);
    if (outcome.gapFrom !== undefined) needRepair(outcome.gapFrom);
  }

  function tick(): void {
    const now = options.now();
    const { newest } = series;
    // The stream is back and says nothing, for nothing is traded: one more look, now that it would be heard.
    if (isBroken && wasAnsweredAway && brokenFrom !== undefined && options.isTrusted()) {
      wasAnsweredAway = false;
      needRepair(brokenFrom);
    }
    if (now === undefined || !newest || isBroken || !hasInitial) return;
    if (newest.closed && !options.endsByClock) return;
    const due = newest.closed ? nextOpenTime(interval, newest.openTime) : newest.openTime;
    if (nextOpenTime(interval, due) + CLOSE_GRACE_MS > now || !options.isTrusted()) return;
    const ended = closeByClock(series, interval, now, options.endsByClock);
    if (ended[0] === undefined) return;
    changed(ended);
    verifyLater(ended[0]);
  }

  void loadInitial();

  return {
    series,
    get receivedAt() {
      return receivedAt;
    },
    holes: () => (hasInitial ? series.holes() : []),
    apply(event) {
      receivedAt = event.receivedAt;
      put(event.candle, 'live');
    },
    take(candle, at) {
      receivedAt = at;
      put(candle, 'built');
    },
    async refresh() {
      if (!hasInitial || isLoading || isDisposed || series.newest === undefined) return;
      isLoading = true;
      try {
        await loadFrom(series.newest.openTime, false);
        receivedAt = clock.now();
      } finally {
        isLoading = false;
        // Whether it was answered or not: what fell due meanwhile waits for nobody else.
        void repair();
      }
    },
    interrupted() {
      isBroken = true;
      wasAnsweredAway = false;
      const from = series.unprovenFrom(COMPARED) ?? series.resumeFrom;
      brokenFrom = from;
      if (from === undefined) return;
      // Asking at once would ask a venue that is probably away: the first candle after the break starts the repair.
      // Where nothing is traded none may come for long, so it is tried anyway.
      cancelRetry();
      cancelRetry = clock.after(RETRY_MS, () => needRepair(from));
    },
    dispose() {
      isDisposed = true;
      stopTicking();
      cancelRetry();
      cancelInitialRetry();
      cancelVerify?.();
    },
  };
}
