import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ConnectionGate } from '../net/connection-gate.ts';

/**
 * Keeps one venue quiet whose frames make our own code throw again and again, so that the others do not pay for it.
 * Reliability law G16.
 */
export interface FrameCircuit {
  readonly isClosed: boolean;
  /** Something threw over a frame. */
  failed(reason: string): void;
  /** A data frame went through. */
  passed(): void;
  dispose(): void;
}

export interface FrameCircuitOptions {
  readonly clock: Clock;
  readonly gate: Pick<ConnectionGate, 'silence' | 'narrow' | 'widen'>;
  /** Give up every socket of the venue; none may be opened for `forMs`. */
  readonly onOpen: (forMs: number, reason: string) => void;
  readonly onClosed: () => void;
}

const FAILURES = 5;
const WITHIN_MS = 60_000;
const FIRST_MS = 3000;
const CAP_MS = 60_000;

/** After the silence one connection is tried; its first good data frame lets the others follow. */
export function createFrameCircuit(options: FrameCircuitOptions): FrameCircuit {
  const { clock, gate } = options;
  let failedAt: number[] = [];
  /** Times it opened since it last held for a minute. */
  let openings = 0;
  let state: 'closed' | 'open' | 'half-open' = 'closed';
  let closedAt = Number.NEGATIVE_INFINITY;
  let cancel: Undo = () => undefined;

  function open(reason: string): void {
    // What held for a minute after the last time was cured; what did not is worse than it looked.
    openings = state === 'closed' && clock.monotonic() - closedAt > WITHIN_MS ? 1 : openings + 1;
    const forMs = Math.min(FIRST_MS * 2 ** Math.min(openings - 1, 10), CAP_MS);
    state = 'open';
    failedAt = [];
    cancel();
    cancel = clock.after(forMs, () => {
      state = 'half-open';
    });
    gate.silence(forMs);
    gate.narrow();
    options.onOpen(forMs, reason);
  }

  return {
    get isClosed() {
      return state === 'closed';
    },
    failed(reason) {
      const now = clock.monotonic();
      failedAt = [...failedAt.filter((at) => at > now - WITHIN_MS), now];
      if (state === 'half-open' || (state === 'closed' && failedAt.length >= FAILURES)) open(reason);
    },
    passed() {
      if (state !== 'half-open') return;
      state = 'closed';
      closedAt = clock.monotonic();
      failedAt = [];
      gate.widen();
      options.onClosed();
    },
    dispose: () => cancel(),
  };
}
