import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Market } from './market.ts';

const TICK_MS = 20;
/** Of every tick, at most this much goes into catching up; the rest belongs to the sockets. */
const BUDGET_MS = 14;

/** Drives a market along the wall clock, `speed` times as fast. */
export class MarketRunner {
  readonly speed: number;
  readonly #clock: Clock;
  readonly #market: Market;
  readonly #startTime: number;
  readonly #startedAt: number;
  #stop: Undo | undefined;
  #paused = false;

  /** `startedAt`: monotonic time at which it was the market's start time. Making a market takes a while. */
  constructor(clock: Clock, market: Market, speed: number, startedAt: number) {
    this.speed = speed;
    this.#clock = clock;
    this.#market = market;
    this.#startTime = market.now;
    this.#startedAt = startedAt;
  }

  /** Steps the market until stopped. `around` is called with each step, so that its output can be sent at once. */
  start(around: (step: () => void) => void): void {
    this.#stop = this.#clock.every(TICK_MS, () => {
      if (!this.#paused) around(() => this.#advance());
    });
  }

  stop(): void {
    this.#stop?.();
  }

  /** Market time, ms: follows the wall even while the market is paused, and waits for a market that cannot keep up. */
  now(): number {
    const target = Math.floor(this.#target());
    if (this.#paused) return target;
    return Math.min(target, Math.floor(this.#market.now + TICK_MS * 5 * this.speed));
  }

  /** How far the market is behind where it should be, ms of market time. */
  get lagMs(): number {
    return this.#paused ? 0 : Math.max(0, Math.round(this.#target() - this.#market.now));
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Nothing more happens in the market; time and sockets go on. */
  pause(): void {
    if (!this.#paused) this.#advance();
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#market.skipTo(this.#target());
    this.#paused = false;
  }

  #target(): number {
    return this.#startTime + (this.#clock.monotonic() - this.#startedAt) * this.speed;
  }

  #advance(): void {
    const until = this.#clock.monotonic() + BUDGET_MS;
    this.#market.advanceTo(this.#target(), () => this.#clock.monotonic() < until);
  }
}
