import type { Clock } from '#shared/base/clock.ts';
import { type Charged, errorAnswer } from '../korean/error-answer.ts';

/** Requests per second of a category: also the most there may be at once. */
const PUBLIC = 150;
const PRIVATE: Readonly<Record<string, number>> = { order: 140, cancel: 140, other: 140, batch: 20 };

/** A bucket of tokens for each category of endpoints, shared by all clients of one address. */
export class BithumbBudget {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(category: string): Charged {
    return this.#charge(category, PUBLIC);
  }

  chargePrivate(category: string): Charged {
    return this.#charge(`private ${category}`, PRIVATE[category] ?? PUBLIC);
  }

  #charge(category: string, perSecond: number): Charged {
    const now = this.#clock.monotonic();
    const bucket = this.#buckets.get(category) ?? { tokens: perSecond, at: now };
    this.#buckets.set(category, bucket);
    bucket.tokens = Math.min(perSecond, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    const isLeft = bucket.tokens >= 1;
    if (isLeft) bucket.tokens -= 1;
    // What the venue says about the bucket with every answer.
    const headers = {
      'x-ratelimit-remaining': String(isLeft ? Math.floor(bucket.tokens) : 0),
      'x-ratelimit-requested-tokens': '1',
      'x-ratelimit-burst-capacity': String(perSecond),
      'x-ratelimit-replenish-rate': String(perSecond),
    };
    if (isLeft) return { kind: 'taken', headers };
    const answer = errorAnswer(429, 'too_many_requests', 'Too many API requests.');
    return { kind: 'refused', answer: { ...answer, headers } };
  }
}
