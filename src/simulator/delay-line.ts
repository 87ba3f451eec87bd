import type { Clock } from '#shared/base/clock.ts';

interface Waiting {
  readonly leave: () => void;
  /** Monotonic time it leaves at. */
  readonly at: number;
}

/** Lets things leave late and in the order they came: none overtakes one that is waiting. */
export class DelayLine {
  readonly #clock: Clock;
  readonly #queue: Waiting[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** Calls `leave` after `delayMs`, at once when there is neither a delay nor a queue. */
  pass(delayMs: number | undefined, leave: () => void): void {
    const last = this.#queue.at(-1);
    if (!last && delayMs === undefined) {
      leave();
      return;
    }
    // One timer serves the head: timers of their own may fire in another order.
    this.#queue.push({ leave, at: Math.max(last?.at ?? 0, this.#clock.monotonic() + (delayMs ?? 0)) });
    if (!last) this.#waitForHead();
  }

  #waitForHead(): void {
    const [head] = this.#queue;
    if (!head) return;
    this.#clock.after(Math.max(0, head.at - this.#clock.monotonic()), () => {
      const due = Math.max(head.at, this.#clock.monotonic());
      while (this.#queue[0] && this.#queue[0].at <= due) this.#queue.shift()?.leave();
      this.#waitForHead();
    });
  }
}
