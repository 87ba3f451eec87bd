import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { TimelineRow } from '#shared/domain/incident.ts';
import type { Pulse } from './pulse.ts';
import { type Range, rangeMs } from './range.ts';
import { type Reading, repeatReading } from './reading.ts';

/** Shares of the range after which it is read again: a strip a thousand pixels wide has then moved by about one. */
const STEPS = 720;
const OFTEN_MS = 5_000;
const SELDOM_MS = 60_000;

export interface TimelineView {
  /** Engine wall times, ms epoch. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly TimelineRow[];
}

export interface Timeline {
  readonly store: StoreApi<Reading<TimelineView>>;
  follow(range: Range): void;
  retry(): void;
  readonly dispose: Undo;
}

/** Every connection's states over a range up to now; read again as time goes on, and at once when a state changes. */
export function createTimeline(
  client: ContractClient,
  clock: Clock,
  pulse: Pick<StoreApi<Pulse>, 'getState' | 'subscribe'>,
  first: Range,
): Timeline {
  let range = first;
  const reading = repeatReading<TimelineView>({
    client,
    clock,
    everyMs: () => Math.min(SELDOM_MS, Math.max(OFTEN_MS, rangeMs(range) / STEPS)),
    async ask() {
      const to = Math.floor(pulse.getState().now);
      const from = to - rangeMs(range);
      return { from, to, rows: await client.request('timeline.read', { from, to }) };
    },
  });
  let states = statesOf(pulse.getState());
  const undoPulse = pulse.subscribe((now) => {
    const changed = statesOf(now);
    if (changed === states) return;
    states = changed;
    reading.again();
  });
  return {
    store: reading.store,
    follow(wanted) {
      if (wanted === range) return;
      range = wanted;
      reading.anew();
    },
    retry: reading.again,
    dispose() {
      undoPulse();
      reading.dispose();
    },
  };
}

function statesOf({ health }: Pulse): string {
  return (health?.connections ?? []).map(({ id, state }) => `${id} ${state.kind}`).join();
}
