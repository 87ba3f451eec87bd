import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { HeatMeasure, HeatView } from '#shared/domain/metrics.ts';
import type { Pulse } from './pulse.ts';
import { type Range, rangeMs } from './range.ts';
import { type Reading, repeatReading } from './reading.ts';

/** Divides every range into whole milliseconds. */
export const HEAT_COLUMNS = 120;
const OFTEN_MS = 3_000;
const SELDOM_MS = 60_000;

export interface Heat {
  readonly store: StoreApi<Reading<HeatView>>;
  follow(range: Range): void;
  retry(): void;
  readonly dispose: Undo;
}

/** One measure, streams × time, up to now. */
export function createHeat(
  client: ContractClient,
  clock: Clock,
  pulse: Pick<StoreApi<Pulse>, 'getState'>,
  measure: HeatMeasure,
  first: Range,
): Heat {
  let range = first;
  const reading = repeatReading<HeatView>({
    client,
    clock,
    everyMs: () => Math.min(SELDOM_MS, Math.max(OFTEN_MS, rangeMs(range) / HEAT_COLUMNS / 2)),
    ask() {
      const width = rangeMs(range) / HEAT_COLUMNS;
      // Columns stand still on the clock: a cell says the same each time it is read, and only the last one grows.
      const to = Math.ceil((pulse.getState().now + 1) / width) * width;
      return client.request('heat.read', { measure, from: to - rangeMs(range), to, columns: HEAT_COLUMNS });
    },
  });
  return {
    store: reading.store,
    follow(wanted) {
      if (wanted === range) return;
      range = wanted;
      reading.anew();
    },
    retry: reading.again,
    dispose: reading.dispose,
  };
}
