import type { Clock } from '#shared/base/clock.ts';

/** How often frames may be sent on one socket. Everything we send is spent from it, subscriptions and pings alike. */
export interface SendBudget {
  /** Monotonic ms from which the next frame may be sent. */
  nextAt(): number;
  spend(): void;
  /** A fresh socket: nothing was sent there. */
  reset(): void;
}

const MINUTE_MS = 60_000;
/** The venue's minute need not begin where ours does, nor frames arrive as evenly as they left. */
const JITTER_MS = 250;

export function createSendBudget(
  clock: Pick<Clock, 'monotonic'>,
  limits: { readonly sendsPerSecond: number; readonly sendsPerMinute?: number },
): SendBudget {
  const spacingMs = 1000 / limits.sendsPerSecond;
  const perMinute = limits.sendsPerMinute;
  let sentAt: number[] = [];
  return {
    nextAt() {
      const last = sentAt.at(-1);
      if (last === undefined) return 0;
      const first = perMinute === undefined ? undefined : sentAt[sentAt.length - perMinute];
      return Math.max(last + spacingMs, first === undefined ? 0 : first + MINUTE_MS + JITTER_MS);
    },
    spend() {
      sentAt.push(clock.monotonic());
      if (sentAt.length > (perMinute ?? 1) * 2) sentAt = sentAt.slice(-(perMinute ?? 1));
    },
    reset() {
      sentAt = [];
    },
  };
}
