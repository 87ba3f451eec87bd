import type { LatencyFigures, MetricsView } from '#shared/domain/metrics.ts';
import { streamId } from './stream-id.ts';

/** Seconds held: a quarter of an hour. */
const CAPACITY = 900;
/** A pause longer than this between two updates is drawn as a pause. */
const PAUSE_MS = 3_000;

/** What a plot takes: seconds since the epoch, and a row of figures per line; `null` where nothing is known. */
export type PlotColumns = readonly [times: number[], ...lines: (number | null)[][]];

export interface MetricsHistory {
  add(view: MetricsView): void;
  /** Arrival to the batch that left for a window: p50 and p99, ms. */
  publish(stream: string): PlotColumns;
  /** Event-loop delay of the engine, and p99 of a batch's leaving to its being painted, ms. */
  engine(): PlotColumns;
}

/** The last quarter of an hour of once-a-second figures, in fixed memory. */
export function createMetricsHistory(): MetricsHistory {
  const times = new Float64Array(CAPACITY);
  const delay = new Float32Array(CAPACITY);
  const paint = new Float32Array(CAPACITY);
  const streams = new Map<string, { readonly p50: Float32Array; readonly p99: Float32Array; at: number }>();
  let added = 0;

  const write = (at: number) => {
    const slot = added % CAPACITY;
    times[slot] = at;
    delay[slot] = Number.NaN;
    paint[slot] = Number.NaN;
    for (const row of streams.values()) {
      row.p50[slot] = Number.NaN;
      row.p99[slot] = Number.NaN;
    }
    added += 1;
    return slot;
  };
  const rowOf = (id: string) => {
    let row = streams.get(id);
    if (row === undefined) {
      row = {
        p50: new Float32Array(CAPACITY).fill(Number.NaN),
        p99: new Float32Array(CAPACITY).fill(Number.NaN),
        at: added,
      };
      streams.set(id, row);
    }
    return row;
  };
  // Oldest first.
  const slots = () => {
    const count = Math.min(added, CAPACITY);
    return Array.from({ length: count }, (_, at) => (added - count + at) % CAPACITY);
  };
  const line = (values: Float32Array | undefined, order: readonly number[]) =>
    order.map((slot) => known(values?.[slot]));
  const seconds = (order: readonly number[]) => order.map((slot) => (times[slot] ?? 0) / 1_000);

  return {
    add(view) {
      const last = added === 0 ? view.asOf : (times[(added - 1) % CAPACITY] ?? view.asOf);
      // An engine that repeats itself, or one that was started anew with an older clock, adds nothing to the past.
      if (added > 0 && view.asOf <= last) return;
      if (view.asOf - last > PAUSE_MS) write(last + 1);
      const slot = write(view.asOf);
      delay[slot] = view.engine.eventLoopDelayMs;
      paint[slot] = view.publishToPaint.p99;
      for (const stream of view.streams) {
        const row = rowOf(streamId(stream));
        fill(row, slot, stream.receiveToPublish);
        row.at = added;
      }
      for (const [id, { at }] of streams) if (added - at > CAPACITY) streams.delete(id);
    },
    publish(id) {
      const order = slots();
      const row = streams.get(id);
      return [seconds(order), line(row?.p50, order), line(row?.p99, order)];
    },
    engine() {
      const order = slots();
      return [seconds(order), line(delay, order), line(paint, order)];
    },
  };
}

function fill(
  row: { readonly p50: Float32Array; readonly p99: Float32Array },
  slot: number,
  { p50, p99 }: LatencyFigures,
): void {
  row.p50[slot] = p50;
  row.p99[slot] = p99;
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
