import type { Clock } from '#shared/base/clock.ts';

const WINDOW_MS = 1000;

export interface AccountVerdict {
  readonly isOver: boolean;
  readonly limit: number;
  readonly left: number;
  /** Until there is room again, ms. */
  readonly waitMs: number;
}

/** Requests of each account to each endpoint within the last second of wall time. */
export class AccountBudget {
  readonly #clock: Clock;
  readonly #times = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(account: string, endpoint: string, limit: number): AccountVerdict {
    const now = this.#clock.monotonic();
    const name = `${account} ${endpoint}`;
    const times = (this.#times.get(name) ?? []).filter((time) => now - time < WINDOW_MS);
    this.#times.set(name, times);
    const isOver = times.length >= limit;
    if (!isOver) times.push(now);
    const waitMs = isOver ? WINDOW_MS - (now - (times[0] ?? now)) : 0;
    return { isOver, limit, left: limit - times.length, waitMs };
  }
}
