import type { Clock } from '#shared/base/clock.ts';

const BURST = 150;
const REFILL_PER_SECOND = 150;

/** A bucket of tokens for each category of endpoints, shared by all clients of one address. */
export class BithumbBudget {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one token and says how many are left; −1 when there was none. */
  charge(category: string): number {
    const now = this.#clock.monotonic();
    const bucket = this.#buckets.get(category) ?? { tokens: BURST, at: now };
    this.#buckets.set(category, bucket);
    bucket.tokens = Math.min(BURST, bucket.tokens + ((now - bucket.at) / 1000) * REFILL_PER_SECOND);
    bucket.at = now;
    if (bucket.tokens < 1) return -1;
    bucket.tokens -= 1;
    return Math.floor(bucket.tokens);
  }

  /** What the venue says about the bucket with every answer. */
  headers(left: number): Record<string, string> {
    return {
      'x-ratelimit-remaining': String(Math.max(0, left)),
      'x-ratelimit-requested-tokens': '1',
      'x-ratelimit-burst-capacity': String(BURST),
      'x-ratelimit-replenish-rate': String(REFILL_PER_SECOND),
    };
  }
}
