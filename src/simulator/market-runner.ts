import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { type Market, SLICE_MS } from './market.ts';

const TICK_MS = 20;
/** Of every tick, at most this much goes into catching up; the rest belongs to the sockets. */
const BUDGET_MS = 14;

export interface MarketRunnerOptions {
  readonly clock: Clock;
  /** All venues' markets: they keep one time. */
  readonly markets: readonly Market[];
  /** ms epoch, the markets' own. */
  readonly startTime: number;
  /** Monotonic time at which it was `startTime`. Making markets takes a while. */
  readonly startedAt: number;
  readonly speed: number;
}

/** Drives all markets along the wall clock, `speed` times as fast. */
export class MarketRunner {
  readonly speed: number;
  readonly #options: MarketRunnerOptions;
  /** How far all markets have come, ms of market time. */
  #reached: number;
  #stop: Undo | undefined;
  #paused = false;

  constructor(options: MarketRunnerOptions) {
    this.#options = options;
    this.speed = options.speed;
    this.#reached = options.startTime;
  }

  /** Steps the markets until stopped. `around` is called with each step, so that its output can be sent at once. */
  start(around: (step: () => void) => void): void {
    this.#stop = this.#options.clock.every(TICK_MS, () => {
      if (!this.#paused) around(() => this.#advance());
    });
  }

  stop(): void {
    this.#stop?.();
  }

  /** Market time, ms: follows the wall even while the markets are paused, and waits for markets that cannot keep up. */
  now(): number {
    const target = this.#target();
    if (this.#paused) return target;
    return Math.min(target, Math.floor(this.#reached + TICK_MS * 5 * this.speed));
  }

  /** How far the markets are behind where they should be, ms of market time. */
  get lagMs(): number {
    return this.#paused ? 0 : Math.max(0, Math.round(this.#target() - this.#reached));
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Nothing more happens in any market; time and sockets go on. */
  pause(): void {
    if (!this.#paused) this.#advance();
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    const target = this.#target();
    for (const market of this.#options.markets) market.skipTo(target);
    this.#reached = target;
    this.#paused = false;
  }

  #target(): number {
    const { startTime, startedAt, clock } = this.#options;
    return Math.floor(startTime + (clock.monotonic() - startedAt) * this.speed);
  }

  /** Slice by slice, all markets in each, so that none runs ahead of the others. */
  #advance(): void {
    const { clock, markets } = this.#options;
    const until = clock.monotonic() + BUDGET_MS;
    const target = this.#target();
    while (this.#reached < target && clock.monotonic() < until) {
      const next = Math.min(target, (Math.floor(this.#reached / SLICE_MS) + 1) * SLICE_MS);
      for (const market of markets) market.advanceTo(next);
      this.#reached = next;
    }
  }
}
