import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';

/** Takes turns at asking one exchange over REST: one question at a time, and never sooner than ccxt's own limit allows. */
export interface RestTurns {
  /** Resolves when it is one's turn; false when there will be none. */
  enter(): Promise<boolean>;
  /** Nobody asks for so long. */
  silence(ms: number): void;
  /** A call left, whoever made it. */
  spent(): void;
  gauge(venue: VenueId): BudgetGauge;
  dispose(): void;
}

const WINDOW_MS = 10_000;

/** `spacingMs` between the beginnings of two turns. */
export function createRestTurns(clock: Clock, spacingMs: number): RestTurns {
  const queue: ((isIn: boolean) => void)[] = [];
  const calls: number[] = [];
  let nextAt = Number.NEGATIVE_INFINITY;
  let silentUntil = Number.NEGATIVE_INFINITY;
  let cancel: Undo | undefined;
  let isDisposed = false;

  function serve(): void {
    if (cancel || queue.length === 0) return;
    const waitMs = Math.max(nextAt, silentUntil) - clock.monotonic();
    if (waitMs > 0) {
      cancel = clock.after(waitMs, () => {
        cancel = undefined;
        serve();
      });
      return;
    }
    nextAt = clock.monotonic() + spacingMs;
    queue.shift()?.(true);
    serve();
  }

  function recent(): number {
    const since = clock.monotonic() - WINDOW_MS;
    while (calls[0] !== undefined && calls[0] < since) calls.shift();
    return calls.length;
  }

  return {
    enter() {
      if (isDisposed) return Promise.resolve(false);
      return new Promise((resolve) => {
        queue.push(resolve);
        serve();
      });
    },
    silence(ms) {
      silentUntil = Math.max(silentUntil, clock.monotonic() + ms);
    },
    spent() {
      recent();
      calls.push(clock.monotonic());
    },
    gauge(venue) {
      const silentMs = silentUntil - clock.monotonic();
      return {
        venue,
        scope: 'rest',
        used: recent(),
        capacity: Math.max(1, Math.floor(WINDOW_MS / Math.max(1, spacingMs))),
        windowMs: WINDOW_MS,
        reserve: 0,
        factor: 1,
        state: silentMs > 0 ? 'silent' : 'normal',
        ...(silentMs > 0 ? { until: clock.now() + silentMs } : {}),
      };
    },
    dispose() {
      isDisposed = true;
      cancel?.();
      for (const leave of queue.splice(0)) leave(false);
    },
  };
}
