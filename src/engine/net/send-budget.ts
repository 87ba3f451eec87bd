import type { Clock } from '#shared/base/clock.ts';

/** How often frames may be sent on one socket. Everything we send is spent from it, subscriptions and pings alike. */
export interface SendBudget {
  /** Monotonic ms from which the next frame may be sent. */
  nextAt(): number;
  spend(): void;
  /** Frames sent within the venue's window: a minute where it has one, else a second. */
  used(): number;
  /** A fresh socket: nothing was sent there. */
  reset(): void;
}

const MINUTE_MS = 60_000;
/** The venue's minute need not begin where ours does, nor frames arrive as evenly as they left. */
const JITTER_MS = 250;

/** `factor`: how much of the venue's bound may be used just now; absent: all of it. */
export function createSendBudget(
  clock: Pick<Clock, 'monotonic'>,
  limits: { readonly sendsPerSecond: number; readonly sendsPerMinute?: number },
  factor: () => number = () => 1,
): SendBudget {
  const { sendsPerMinute } = limits;
  const windowMs = sendsPerMinute === undefined ? 1000 : MINUTE_MS;
  let sentAt: number[] = [];
  return {
    nextAt() {
      const last = sentAt.at(-1);
      if (last === undefined) return 0;
      const share = factor();
      const perMinute =
        sendsPerMinute === undefined ? undefined : Math.max(1, Math.floor(sendsPerMinute * share));
      const first = perMinute === undefined ? undefined : sentAt[sentAt.length - perMinute];
      return Math.max(
        last + 1000 / (limits.sendsPerSecond * share),
        first === undefined ? 0 : first + MINUTE_MS + JITTER_MS,
      );
    },
    spend() {
      sentAt.push(clock.monotonic());
      const kept = sendsPerMinute ?? Math.ceil(limits.sendsPerSecond) + 1;
      if (sentAt.length > kept * 2) sentAt = sentAt.slice(-kept);
    },
    used() {
      const since = clock.monotonic() - windowMs;
      return sentAt.filter((at) => at > since).length;
    },
    reset() {
      sentAt = [];
    },
  };
}
