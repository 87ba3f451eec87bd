import type { Clock } from '#shared/base/clock.ts';

const WINDOWS = [
  { name: '10s', ms: 10_000, limit: 300, word: '10 SECONDS' },
  { name: '1m', ms: 60_000, limit: 1200, word: '1 MINUTE' },
] as const;

/** Orders by account in ten seconds and in a minute of wall time. */
export class OrderCounts {
  readonly #clock: Clock;
  readonly #counts = new Map<string, { start: number; count: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts them, and says which limit is broken, if one is. */
  charge(account: string, orders: number): string | undefined {
    let broken: string | undefined;
    for (const window of WINDOWS) {
      const counted = this.#of(account, window);
      counted.count += orders;
      if (counted.count > window.limit) broken ??= `${window.limit} orders per ${window.word}`;
    }
    return broken;
  }

  headers(account: string): Record<string, string> {
    return Object.fromEntries(
      WINDOWS.map((window) => [`x-mbx-order-count-${window.name}`, String(this.#of(account, window).count)]),
    );
  }

  #of(account: string, { name, ms }: (typeof WINDOWS)[number]): { start: number; count: number } {
    const start = Math.floor(this.#clock.now() / ms) * ms;
    const key = `${account} ${name}`;
    const found = this.#counts.get(key);
    if (found?.start === start) return found;
    const fresh = { start, count: 0 };
    this.#counts.set(key, fresh);
    return fresh;
  }
}
