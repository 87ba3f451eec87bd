import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

/** Timers that cancel an account's orders in a symbol unless they are wound up again. */
export class Countdowns {
  readonly #clock: Clock;
  readonly #running = new Map<string, Undo>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts it anew; zero stops it. */
  set(account: string, symbol: string, ms: number, cancelAll: () => void): void {
    const name = `${account} ${symbol}`;
    this.#running.get(name)?.();
    this.#running.delete(name);
    if (ms === 0) return;
    const end = () => {
      this.#running.delete(name);
      cancelAll();
    };
    this.#running.set(name, this.#clock.after(ms, end));
  }
}
