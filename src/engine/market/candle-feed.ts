import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import { nominalWidthMs } from '#shared/domain/interval.ts';
import type { Candle, CandleEvent } from '#shared/domain/market-data.ts';
import { type CandleSeries, createCandleSeries } from './candle-series.ts';

export interface CandleFeedOptions {
  readonly instrument: InstrumentId;
  readonly interval: Interval;
  readonly clock: Clock;
  /** Candles with `openTime` ≥ `from`, oldest first, over REST; without `from` the latest `limit`. */
  readonly load: (query: { readonly from?: number; readonly limit: number }) => Promise<readonly Candle[]>;
  readonly maxCandles: number;
  /** These open times changed, or the holes did. */
  readonly onChange: (openTimes: readonly number[]) => void;
  readonly onRepaired: (count: number) => void;
  readonly onFault: (fault: unknown) => void;
}

/** Live candles of one instrument and interval that repair themselves after every break. */
export interface CandleFeed {
  readonly series: CandleSeries;
  readonly receivedAt: number;
  apply(event: CandleEvent): void;
  /** The stream broke: the next candle starts a repair. */
  interrupted(): void;
  dispose(): void;
}

const INITIAL_CANDLES = 500;
const RETRY_MS = 3000;

export function createCandleFeed(options: CandleFeedOptions): CandleFeed {
  const { clock } = options;
  const series = createCandleSeries(options.interval);
  let receivedAt = Number.NaN;
  /** Undefined: nothing to repair. */
  let repairFrom: number | undefined;
  let isLoading = false;
  let hasInitial = false;
  let isDisposed = false;
  let cancelRetry: Undo = () => undefined;
  // A timer of its own: a break or a repair must not call off the try for the history.
  let cancelInitialRetry: Undo = () => undefined;

  function needRepair(from: number): void {
    repairFrom = repairFrom === undefined ? from : Math.min(repairFrom, from);
    void repair();
  }

  /** A range longer than one answer is asked for piece by piece until it reaches the present. */
  async function repair(): Promise<void> {
    // The history comes first; it may lack what was missed while it was fetched, so what is due is kept.
    if (isLoading || isDisposed || !hasInitial || repairFrom === undefined) return;
    isLoading = true;
    cancelRetry();
    let from = repairFrom;
    repairFrom = undefined;
    let repaired = 0;
    try {
      for (;;) {
        const candles = await options.load({ from, limit: options.maxCandles });
        if (isDisposed) return;
        const changed = series.merge(candles, true);
        repaired += changed.filter((openTime) => series.get(openTime)?.backfilled).length;
        if (changed.length > 0) options.onChange(changed);
        const last = candles.at(-1);
        const reachedNow =
          last === undefined ||
          candles.length < options.maxCandles ||
          last.openTime + nominalWidthMs(options.interval) > clock.now();
        if (reachedNow) break;
        from = last.openTime;
      }
    } catch (fault) {
      retryLater(from, fault);
    } finally {
      isLoading = false;
    }
    if (repaired > 0) options.onRepaired(repaired);
    if (repairFrom !== undefined) void repair();
  }

  function retryLater(from: number, fault: unknown): void {
    if (isDisposed) return;
    options.onFault(fault);
    const wanted = repairFrom === undefined ? from : Math.min(repairFrom, from);
    repairFrom = undefined;
    cancelRetry = clock.after(RETRY_MS, () => needRepair(wanted));
  }

  async function loadInitial(): Promise<void> {
    try {
      const candles = await options.load({ limit: INITIAL_CANDLES });
      if (isDisposed) return;
      hasInitial = true;
      options.onChange(series.merge(candles, false));
      void repair();
    } catch (fault) {
      if (isDisposed) return;
      options.onFault(fault);
      cancelInitialRetry = clock.after(RETRY_MS, () => void loadInitial());
    }
  }

  void loadInitial();

  return {
    series,
    get receivedAt() {
      return receivedAt;
    },
    apply(event) {
      receivedAt = event.receivedAt;
      const { changed, gapFrom } = series.applyLive(event.candle);
      if (changed) options.onChange([event.candle.openTime]);
      if (gapFrom !== undefined) needRepair(gapFrom);
    },
    interrupted() {
      const from = series.resumeFrom;
      if (from === undefined) return;
      // Asking at once would ask a venue that is probably away; the first live candle finds the gap by itself,
      // but not one that opened and closed inside the break within the same candle: so a repair is due anyway.
      cancelRetry();
      cancelRetry = clock.after(RETRY_MS, () => needRepair(from));
    },
    dispose() {
      isDisposed = true;
      cancelRetry();
      cancelInitialRetry();
    },
  };
}
