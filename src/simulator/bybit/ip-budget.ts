import type { Clock } from '#shared/base/clock.ts';

const REQUESTS = 600;
const WINDOW_MS = 5000;
const BAN_MS = 600_000;

/** Requests of all clients together (they share one address): too many within five seconds ban for ten minutes. */
export class IpBudget {
  readonly #clock: Clock;
  /** Monotonic times of the latest requests, oldest first. */
  #times: number[] = [];
  #bannedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False while banned. */
  charge(): boolean {
    const now = this.#clock.monotonic();
    if (now < this.#bannedUntil) return false;
    this.#times.push(now);
    if (this.#times.length <= REQUESTS) return true;
    const oldest = this.#times.shift() as number;
    if (now - oldest > WINDOW_MS) return true;
    this.#bannedUntil = now + BAN_MS;
    this.#times = [];
    return false;
  }
}
