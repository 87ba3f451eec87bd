/** Counts what happened within the last `windowMs` and says when it was too much. */
export class RateWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #times: number[] = [];

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts one more at `now` (monotonic ms). False when that is one too many; refused ones do not count. */
  take(now: number): boolean {
    this.#forget(now);
    if (this.#times.length >= this.#limit) return false;
    this.#times.push(now);
    return true;
  }

  /** How many more there may be at `now`. */
  left(now: number): number {
    this.#forget(now);
    return this.#limit - this.#times.length;
  }

  #forget(now: number): void {
    if (this.#times.some((time) => now - time >= this.#windowMs)) {
      this.#times = this.#times.filter((time) => now - time < this.#windowMs);
    }
  }
}
