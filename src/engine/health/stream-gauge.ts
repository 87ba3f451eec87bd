import type { LatencyFigures } from '#shared/domain/metrics.ts';
import type { HeatCell } from './heat-grid.ts';
import { createRollingLatency } from './latency-histogram.ts';
import type { StreamMeter } from './stream-meter.ts';

/** Everything counted of one stream. Times are wall ms. */
export interface StreamGauge extends StreamMeter {
  /** Once a second. */
  second(): void;
  /** Ends the ten seconds that began at `since` and tells what they were. */
  turn(since: number, now: number): HeatCell;
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  readonly lastAt: number;
  venueToReceive(): LatencyFigures;
  receiveToPublish(): LatencyFigures;
}

const SECONDS = 10;
const CLOCK_SET_MS = 60_000;

/** `offsetMs`: venue clock minus ours; NaN while unknown, and then no latency is. */
export function createStreamGauge(offsetMs: () => number): StreamGauge {
  const arrival = createRollingLatency();
  const publishing = createRollingLatency();
  const frames = new Uint32Array(SECONDS);
  const bytes = new Float64Array(SECONDS);
  let second = 0;
  let seconds = 0;
  let framesInCell = 0;
  let lastAt = Number.NaN;
  let publishedAt = Number.NEGATIVE_INFINITY;
  let longestSilenceMs = 0;
  const mean = (counts: Uint32Array | Float64Array) => {
    let sum = 0;
    for (const count of counts) sum += count;
    return sum / Math.max(1, Math.min(SECONDS, seconds));
  };

  return {
    frame(length, venueTime, receivedAt) {
      arrival.note(receivedAt + offsetMs() - venueTime);
      frames[second] = (frames[second] ?? 0) + 1;
      bytes[second] = (bytes[second] ?? 0) + length;
      framesInCell += 1;
      if (receivedAt - lastAt > longestSilenceMs) longestSilenceMs = receivedAt - lastAt;
      lastAt = receivedAt;
    },
    published(receivedAt, now) {
      // Only what is new: the first batch of a window, and rows that changed in another figure, bring old news as well.
      // A wall clock set back makes everything look old: what lies that far behind begins anew.
      const isOld = receivedAt <= publishedAt && receivedAt > publishedAt - CLOCK_SET_MS;
      if (isOld || Number.isNaN(receivedAt)) return;
      publishedAt = receivedAt;
      publishing.note(now - receivedAt);
    },
    second() {
      second = (second + 1) % SECONDS;
      seconds += 1;
      frames[second] = 0;
      bytes[second] = 0;
    },
    turn(since, now) {
      const { p50, p99 } = arrival.turn();
      publishing.turn();
      const cell = {
        medianMs: p50,
        p99Ms: p99,
        longestSilenceMs: Number.isNaN(lastAt) ? Number.NaN : Math.max(longestSilenceMs, now - lastAt),
        perSecond: framesInCell / Math.max(1, (now - since) / 1000),
      };
      framesInCell = 0;
      longestSilenceMs = 0;
      return cell;
    },
    get perSecond() {
      return mean(frames);
    },
    get bytesPerSecond() {
      return mean(bytes);
    },
    get lastAt() {
      return lastAt;
    },
    venueToReceive: () => arrival.figures(),
    receiveToPublish: () => publishing.figures(),
  };
}
