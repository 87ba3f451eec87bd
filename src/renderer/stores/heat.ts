import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { HeatMeasure, HeatView } from '#shared/domain/metrics.ts';
import type { Pulse } from './pulse.ts';
import { heatMs, type Range } from './range.ts';
import { type Reading, repeatReading } from './reading.ts';

/** Divides every range into whole tens of seconds, which is how finely the engine keeps it. */
export const HEAT_COLUMNS = 90;
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
    everyMs: () => Math.min(SELDOM_MS, Math.max(OFTEN_MS, heatMs(range) / HEAT_COLUMNS / 2)),
    ask() {
      const width = heatMs(range) / HEAT_COLUMNS;
      // Columns stand still on the clock: a cell says the same each time it is read, and only the last one grows.
      const to = Math.ceil((pulse.getState().now + 1) / width) * width;
      return client.request('heat.read', { measure, from: to - heatMs(range), to, columns: HEAT_COLUMNS });
    },
  });
  return {
    store: reading.store,
    follow(wanted) {
      const same = heatMs(wanted) === heatMs(range);
      range = wanted;
      if (same) return;
      reading.anew();
    },
    retry: reading.again,
    dispose: reading.dispose,
  };
}
