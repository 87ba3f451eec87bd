import type { Clock } from '#shared/base/clock.ts';

/** Reads again what the stream left in doubt: at once after a quiet while, and ever slower while doubts keep coming. */
export interface Rereads {
  /** Reads what is in doubt now; what piles up meanwhile is read together. */
  go(): void;
}

const FIRST_PAUSE_MS = 250;
/** A busy account must not spend the venue's budget on rereading: this often it is told enough. */
const LONGEST_PAUSE_MS = 4000;
const QUIET_MS = 10_000;
const AFTER_FAULT_MS = 5000;

export function createRereads(options: {
  readonly clock: Clock;
  readonly isNeeded: () => boolean;
  readonly read: () => Promise<void>;
  readonly onFault: (fault: unknown) => void;
}): Rereads {
  const { clock } = options;
  let isBusy = false;
  let pauseMs = FIRST_PAUSE_MS;
  let readAt = Number.NEGATIVE_INFINITY;

  function go(): void {
    if (isBusy || !options.isNeeded()) return;
    isBusy = true;
    const now = clock.monotonic();
    pauseMs = now - readAt > QUIET_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    readAt = now;
    options.read().then(
      () => clock.after(pauseMs, again),
      (fault: unknown) => {
        options.onFault(fault);
        clock.after(AFTER_FAULT_MS, again);
      },
    );
  }

  function again(): void {
    isBusy = false;
    go();
  }

  return { go };
}
