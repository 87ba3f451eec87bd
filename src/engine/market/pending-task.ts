import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

/** At most one task waits; asking for it again can only bring it forward. */
export interface PendingTask {
  /** Monotonic ms. */
  at(dueAt: number): void;
  cancel(): void;
}

export function createPendingTask(clock: Clock, run: () => void): PendingTask {
  let cancel: Undo | undefined;
  let pendingAt = Number.POSITIVE_INFINITY;
  return {
    at(dueAt) {
      if (cancel !== undefined && pendingAt <= dueAt) return;
      cancel?.();
      pendingAt = dueAt;
      cancel = clock.after(dueAt - clock.monotonic(), () => {
        cancel = undefined;
        run();
      });
    },
    cancel() {
      cancel?.();
      cancel = undefined;
    },
  };
}
