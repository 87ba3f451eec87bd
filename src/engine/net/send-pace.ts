import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { BudgetGauge } from '#shared/domain/metrics.ts';
import { createSlowDown, type SlowDownRule } from './slow-down.ts';

/** How fast frames leave on all sockets of one venue: as fast as it allows, and slower for a while after trouble. */
export interface SendPace {
  /** 1: the venue's own bound; 0.7 after trouble, 0.49 after more. */
  readonly factor: number;
  /** The venue refused a frame or a connection: the third time within a minute, and each after it, slows to 0.7. */
  failed(): void;
  /** A socket that tells how many frames it sent within the venue's window; the undo is for its end. */
  join(used: () => number): Undo;
  /** Of the busiest socket. */
  gauge(): BudgetGauge;
}

export function createSendPace(
  clock: Pick<Clock, 'now' | 'monotonic'>,
  venue: VenueId,
  limits: { readonly sendsPerSecond: number; readonly sendsPerMinute?: number },
  rule?: () => SlowDownRule,
): SendPace {
  const sockets = new Set<() => number>();
  const slowDown = createSlowDown(clock, rule);

  return {
    get factor() {
      return slowDown.factor;
    },
    failed: () => slowDown.failed(),
    join(used) {
      sockets.add(used);
      return () => sockets.delete(used);
    },
    gauge() {
      const { factor, leftMs } = slowDown;
      return {
        venue,
        scope: 'socket',
        used: Math.max(0, ...[...sockets].map((used) => used())),
        capacity: limits.sendsPerMinute ?? limits.sendsPerSecond,
        windowMs: limits.sendsPerMinute === undefined ? 1000 : 60_000,
        // Everything sent on these sockets is a subscription: no cancel ever waits behind one.
        reserve: 0,
        factor,
        state: factor < 1 ? 'reduced' : 'normal',
        ...(factor < 1 ? { until: Math.round(clock.now() + leftMs) } : {}),
      };
    },
  };
}
